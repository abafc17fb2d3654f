package org.holovitals.server.texts;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a file that is to be seen.
 *
 * @param page from 1
 * @param box left, top, width and height as fractions of the page; empty for all of it
 */
public record Place(int page, List<Double> box) {
    private static final int NUMBERS = 4;

    /** A box has four numbers, or none. */
    public Place {
        if (!box.isEmpty() && box.size() != NUMBERS) {
            throw new IllegalArgumentException("a box has four numbers");
        }
    }

    /** As arguments of a process. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(page)));
        box.forEach(number -> arguments.add(Double.toString(number)));
        return arguments;
    }

    static Place of(List<String> arguments) {
        return new Place(
                Integer.parseInt(arguments.get(0)),
                arguments.stream().skip(1).map(Double::valueOf).toList());
    }
}
