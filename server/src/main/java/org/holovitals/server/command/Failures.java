package org.holovitals.server.command;

import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Says why a command failed in a line, without a stack trace. */
final class Failures {
    private Failures() {}

    static int report(Exception thrown, CommandLine line, ParseResult parsed) {
        line.getErr().println(line.getColorScheme().errorText("holovitals: " + reason(thrown)));
        return line.getCommandSpec().exitCodeOnExecutionException();
    }

    /** Spring wraps what our own code says; the innermost of our messages is the one that helps. */
    private static String reason(Throwable thrown) {
        String said = String.valueOf(thrown.getMessage());
        for (Throwable next = thrown.getCause(); next != null; next = next.getCause()) {
            if (next instanceof IllegalStateException && next.getMessage() != null) {
                said = next.getMessage();
            }
        }
        return said;
    }
}
