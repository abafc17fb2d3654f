package org.holovitals.server.importing;

import org.jspecify.annotations.Nullable;

/**
 * Something that was not imported.
 *
 * @param source the file, or the archive with the entry in it
 * @param entry the entry of the bundle or the line, counted from 0; null when it is the source as a whole
 * @param reason why, without values from the resource other than ids
 */
public record ImportFailure(String source, @Nullable Integer entry, String reason) {}
