package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code patient_immunizations}.
 *
 * @param dateText when it was given, in words, where no date is known
 */
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
        @Nullable String status)
        implements Row {

    public ImmunizationRow {
        vaccine = Texts.or(vaccine, Code.displayOf(code));
    }

    @Override
    public String table() {
        return "patient_immunizations";
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .text("vaccine", vaccine)
                .code(code)
                .date("date", date)
                .text("date_text", dateText)
                .text("dose_number", doseNumber)
                .text("administered_by", administeredBy)
                .text("administered_by_reference", administeredByReference)
                .text("lot_number", lotNumber)
                .text("status", status)
                .map();
    }
}
