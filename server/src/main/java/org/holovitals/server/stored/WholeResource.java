package org.holovitals.server.stored;

import java.util.List;
import java.util.Set;

/**
 * A resource as it is sent.
 *
 * @param json on one line
 * @param references the literal references in it
 * @param categories the codes of its categories, of whatever system
 */
public record WholeResource(String json, List<Mention> references, Set<String> categories) {}
