package org.holovitals.server.fhir;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An exception's classes and frames without its messages, which may quote a record. */
final class Frames {
    private static final int MOST = 12;

    private Frames() {}

    static String of(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (@Nullable Throwable next = thrown; next != null; next = next.getCause()) {
            text.append(text.isEmpty() ? "" : " | caused by ")
                    .append(next.getClass().getName())
                    .append(" at ")
                    .append(Arrays.stream(next.getStackTrace())
                            .limit(MOST)
                            .map(StackTraceElement::toString)
                            .collect(Collectors.joining(" < ")));
        }
        return text.toString();
    }
}
