package org.holovitals.server.exporting;

import java.util.Set;

/**
 * A finished file.
 *
 * @param kind of its lines
 * @param patients whom its lines are about, as far as it was said of them
 */
public record WrittenFile(String kind, String name, long lines, long bytes, Set<String> patients) {}
