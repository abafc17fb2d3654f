package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An Immunization. */
public record ImmunizationRow(
        Origin origin,
        @Nullable String vaccine,
        @Nullable Code code,
        @Nullable PartialDate date,
        @Nullable String dateText,
        @Nullable String doseNumber,
        @Nullable String administeredBy,
        @Nullable String administeredByReference,
        @Nullable String lotNumber,
        String status)
        implements Row {

    static final String TABLE = "patient_immunizations";

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .add("vaccine", vaccine)
                .code(code)
                .date("date", date)
                .add("date_text", dateText)
                .add("dose_number", doseNumber)
                .add("administered_by", administeredBy)
                .add("administered_by_reference", administeredByReference)
                .add("lot_number", lotNumber)
                .add("status", status)
                .toMap();
    }
}
