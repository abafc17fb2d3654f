package org.holovitals.server.stored;

/**
 * A literal reference in a resource.
 *
 * @param path the names of the elements that lead to it, without its own and without indexes, such as {@code
 *     participant.actor}
 */
public record Mention(String path, String text) {}
