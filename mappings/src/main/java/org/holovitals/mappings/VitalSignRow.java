package org.holovitals.mappings;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An Observation of the category vital-signs. */
public record VitalSignRow(
        Origin origin,
        @Nullable Code code,
        @Nullable String name,
        @Nullable PartialDate date,
        @Nullable BigDecimal value,
        @Nullable String valueText,
        @Nullable String unit,
        @Nullable String unitCode,
        String status,
        @Nullable BigDecimal bloodPressureSystolic,
        @Nullable BigDecimal bloodPressureDiastolic,
        @Nullable BigDecimal heartRate,
        @Nullable BigDecimal temperature,
        @Nullable BigDecimal weight,
        @Nullable BigDecimal height,
        @Nullable BigDecimal bmi,
        @Nullable BigDecimal oxygenSaturation)
        implements Row {

    static final String TABLE = "patient_vital_signs";

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .code(code)
                .add("name", name)
                .date("date", date)
                .add("value", value)
                .add("value_text", valueText)
                .add("unit", unit)
                .add("unit_code", unitCode)
                .add("status", status)
                .add("blood_pressure_systolic", bloodPressureSystolic)
                .add("blood_pressure_diastolic", bloodPressureDiastolic)
                .add("heart_rate", heartRate)
                .add("temperature", temperature)
                .add("weight", weight)
                .add("height", height)
                .add("bmi", bmi)
                .add("oxygen_saturation", oxygenSaturation)
                .toMap();
    }
}
