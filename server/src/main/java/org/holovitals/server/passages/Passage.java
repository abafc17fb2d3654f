package org.holovitals.server.passages;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A passage of a document.
 *
 * @param page from 1
 * @param text as it stands on the page
 * @param vector of length 1; null where none can be compared with what is looked for
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares passages.
record Passage(UUID document, int page, String text, float @Nullable [] vector) {}
