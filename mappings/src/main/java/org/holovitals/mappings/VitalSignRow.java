package org.holovitals.mappings;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code patient_vital_signs}: one reading. The typed columns beside the two pressures follow from the code and
 * the amount.
 *
 * @param panelSystolic mm[Hg], from a component of a blood-pressure panel
 * @param panelDiastolic mm[Hg], likewise
 */
public record VitalSignRow(
        Origin origin,
        @Nullable Code code,
        @Nullable String name,
        @Nullable PartialDate date,
        @Nullable Amount amount,
        @Nullable String status,
        @Nullable BigDecimal panelSystolic,
        @Nullable BigDecimal panelDiastolic)
        implements Row {

    public VitalSignRow {
        name = Texts.or(name, Code.displayOf(code));
    }

    @Override
    public String table() {
        return "patient_vital_signs";
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .code(code)
                .text("name", name)
                .date("date", date)
                .amount(amount)
                .text("status", status)
                .number("blood_pressure_systolic", panelSystolic != null ? panelSystolic : as(VitalSign.SYSTOLIC))
                .number("blood_pressure_diastolic", panelDiastolic != null ? panelDiastolic : as(VitalSign.DIASTOLIC))
                .number("heart_rate", as(VitalSign.HEART_RATE))
                .number("temperature", as(VitalSign.TEMPERATURE))
                .number("weight", as(VitalSign.WEIGHT))
                .number("height", as(VitalSign.HEIGHT))
                .number("bmi", as(VitalSign.BMI))
                .number("oxygen_saturation", as(VitalSign.OXYGEN_SATURATION))
                .map();
    }

    private @Nullable BigDecimal as(VitalSign sign) {
        return amount != null && sign.isNamedBy(code) ? Ucum.in(sign.unit(), amount) : null;
    }
}
