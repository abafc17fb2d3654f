package org.holovitals.server.stored;

/**
 * A text in a resource that says what the resource is about.
 *
 * @param path the names of the elements that lead to it, without its own and without indexes, such as {@code
 *     participant.actor} of a reference or {@code category.coding} of a code
 * @param text a literal reference, or a code
 */
public record Mention(String path, String text) {}
