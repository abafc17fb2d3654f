package org.holovitals.mappings;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the columns of a row in their table's order; a group of columns is there whole, or null whole. */
final class Columns {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    Columns text(String name, @Nullable String value) {
        values.put(name, value);
        return this;
    }

    Columns number(String name, @Nullable BigDecimal value) {
        values.put(name, value);
        return this;
    }

    Columns count(String name, int value) {
        values.put(name, value);
        return this;
    }

    Columns flag(String name, @Nullable Boolean value) {
        values.put(name, value);
        return this;
    }

    /** The main code of a row. */
    Columns code(@Nullable Code code) {
        return code("code_system", "code", "display", code);
    }

    Columns code(String prefix, @Nullable Code code) {
        return code(prefix + "_code_system", prefix + "_code", prefix + "_code_display", code);
    }

    private Columns code(String system, String name, String display, @Nullable Code code) {
        values.put(system, code == null ? null : code.system());
        values.put(name, code == null ? null : code.code());
        values.put(display, code == null ? null : code.display());
        return this;
    }

    /** Value, its digits as written, unit and UCUM code. */
    Columns amount(@Nullable Amount amount) {
        values.put("value", amount == null ? null : amount.value());
        values.put("value_text", amount == null ? null : amount.text());
        values.put("unit", amount == null ? null : amount.unit());
        values.put("unit_code", amount == null ? null : amount.unitCode());
        return this;
    }

    Columns date(String name, @Nullable PartialDate date) {
        values.put(name, date == null ? null : date.text());
        values.put(name + "_precision", date == null ? null : date.precision().word());
        values.put(name + "_low", date == null ? null : date.low());
        values.put(name + "_high", date == null ? null : date.high());
        return this;
    }

    Map<String, @Nullable Object> map() {
        return Collections.unmodifiableMap(values);
    }
}
