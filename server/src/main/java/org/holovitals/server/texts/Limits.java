package org.holovitals.server.texts;

import java.time.Duration;
import java.util.List;

/**
 * What a file may ask of its reader.
 *
 * @param pages of a file
 * @param pixels of an image, and of a page that is made one
 * @param deadline for all of it
 */
record Limits(int pages, long pixels, Duration deadline) {
    /** Characters of a page. */
    static final int CHARACTERS = 1_000_000;

    /** The same for somebody who waits for the answer. */
    Limits atMost(Duration time) {
        return new Limits(pages, pixels, deadline.compareTo(time) < 0 ? deadline : time);
    }

    /** As arguments of a process. */
    List<String> arguments() {
        return List.of(Integer.toString(pages), Long.toString(pixels), Long.toString(deadline.toMillis()));
    }

    static Limits of(List<String> arguments) {
        return new Limits(
                Integer.parseInt(arguments.get(0)),
                Long.parseLong(arguments.get(1)),
                Duration.ofMillis(Long.parseLong(arguments.get(2))));
    }
}
