package org.holovitals.mappings;

import org.jspecify.annotations.Nullable;

/** The one coding of a concept that a row keeps; at least one part is there. */
public record Code(
        @Nullable String system,
        @Nullable String code,
        @Nullable String display) {
    boolean is(String system, String code) {
        return system.equals(this.system) && code.equals(this.code);
    }

    boolean isCoded() {
        return code != null;
    }

    /** A code of that system. */
    boolean isOf(String system) {
        return code != null && system.equals(this.system);
    }

    static @Nullable String displayOf(@Nullable Code code) {
        return code == null ? null : code.display;
    }
}
