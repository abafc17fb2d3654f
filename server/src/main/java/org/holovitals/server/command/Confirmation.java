package org.holovitals.server.command;

import java.io.Console;

/** A question at the terminal; where there is none the answer is no. */
final class Confirmation {
    private Confirmation() {}

    /** Whether somebody typed exactly the expected word. */
    @SuppressWarnings("SystemConsoleNull") // from Java 22 on a console without a terminal reads end of file: no
    static boolean asks(String question, String expected) {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        return expected.equals(console.readLine("%s", question));
    }
}
