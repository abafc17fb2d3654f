package org.holovitals.mappings;

import org.jspecify.annotations.Nullable;

/** A code as its system names it. Absent parts are null; the code as a whole is null where nothing is known. */
public record Code(
        @Nullable String system,
        @Nullable String code,
        @Nullable String display) {

    boolean is(String otherSystem, String otherCode) {
        return otherSystem.equals(system) && otherCode.equals(code);
    }
}
