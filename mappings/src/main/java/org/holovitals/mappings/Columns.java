package org.holovitals.mappings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a row's columns in table order. */
final class Columns {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    Columns add(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    Columns code(@Nullable Code code) {
        return codeGroup("code_system", "code", "display", code);
    }

    Columns code(String prefix, @Nullable Code code) {
        return codeGroup(prefix + "_code_system", prefix + "_code", prefix + "_code_display", code);
    }

    private Columns codeGroup(String system, String code, String display, @Nullable Code value) {
        return add(system, value == null ? null : value.system())
                .add(code, value == null ? null : value.code())
                .add(display, value == null ? null : value.display());
    }

    Columns date(String name, @Nullable PartialDate date) {
        return add(name, date == null ? null : date.text())
                .add(name + "_precision", date == null ? null : date.precision().column())
                .add(name + "_low", date == null ? null : date.low())
                .add(name + "_high", date == null ? null : date.high());
    }

    Map<String, @Nullable Object> toMap() {
        return Collections.unmodifiableMap(values);
    }
}
