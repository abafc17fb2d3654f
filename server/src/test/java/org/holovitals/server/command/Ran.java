package org.holovitals.server.command;

import java.util.List;

/** What a command did. */
public record Ran(int code, String out, String err) {
    /** The lines that it printed. */
    public List<String> lines() {
        return out.lines().toList();
    }
}
