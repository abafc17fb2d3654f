package org.holovitals.mappings;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An Observation of any category but vital-signs. */
public record ResultRow(
        Origin origin,
        @Nullable String category,
        @Nullable String name,
        @Nullable Code code,
        @Nullable PartialDate effective,
        @Nullable BigDecimal value,
        @Nullable String valueText,
        @Nullable String valueType,
        @Nullable String unit,
        @Nullable String unitCode,
        @Nullable Code valueCode,
        @Nullable String referenceRange,
        @Nullable String interpretation,
        String status)
        implements Row {

    static final String TABLE = "patient_results";

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .add("category", category)
                .add("name", name)
                .code(code)
                .date("effective", effective)
                .add("value", value)
                .add("value_text", valueText)
                .add("value_type", valueType)
                .add("unit", unit)
                .add("unit_code", unitCode)
                .code("value", valueCode)
                .add("reference_range", referenceRange)
                .add("interpretation", interpretation)
                .add("status", status)
                .toMap();
    }
}
