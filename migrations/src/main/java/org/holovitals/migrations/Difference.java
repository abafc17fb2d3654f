package org.holovitals.migrations;

import org.jspecify.annotations.Nullable;

/** Where the database is not what this release expects; {@code null} stands for an object that is not there. */
public record Difference(
        String object, @Nullable String expected, @Nullable String actual) {
    @Override
    public String toString() {
        return object + ": expected " + (expected == null ? "nothing" : expected) + ", found "
                + (actual == null ? "nothing" : actual);
    }
}
