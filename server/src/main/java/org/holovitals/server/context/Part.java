package org.holovitals.server.context;

import java.util.List;

/**
 * A part of a text that does not fit a window.
 *
 * @param id among the parts of the text
 * @param ordinal place in the order, from 0
 * @param isOutline whether it sums up what follows and is none of the text itself
 * @param content what is read
 * @param tokens of the content, at most the window
 * @param dependencies ids of the parts that are done before it
 * @param isCut whether it has a piece of a sentence or row that is longer than the window by itself
 */
public record Part(
        String id,
        int ordinal,
        boolean isOutline,
        String content,
        long tokens,
        List<String> dependencies,
        boolean isCut) {}
