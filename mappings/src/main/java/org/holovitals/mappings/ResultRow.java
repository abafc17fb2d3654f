package org.holovitals.mappings;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of {@code patient_results}: an Observation that is no vital sign. */
public record ResultRow(
        Origin origin,
        @Nullable String category,
        @Nullable String name,
        @Nullable Code code,
        @Nullable PartialDate effective,
        @Nullable ResultValue value,
        @Nullable String referenceRange,
        @Nullable String interpretation,
        @Nullable String status)
        implements Row {

    public ResultRow {
        name = Texts.or(name, Code.displayOf(code));
    }

    @Override
    public String table() {
        return "patient_results";
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .text("category", category)
                .text("name", name)
                .code(code)
                .date("effective", effective)
                .number("value", number())
                .text("value_text", value == null ? null : value.text())
                .text("value_type", value == null ? null : value.type().word())
                .text("unit", value == null ? null : value.unit())
                .text("unit_code", value == null ? null : value.unitCode())
                .code("value", value == null ? null : value.code())
                .text("reference_range", referenceRange)
                .text("interpretation", interpretation)
                .text("status", status)
                .map();
    }

    private @Nullable BigDecimal number() {
        return value == null ? null : value.number();
    }
}
