package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code patient_procedures}.
 *
 * @param date when it was done, or its start; a period where the end is open
 * @param endDate the end of a period
 */
public record ProcedureRow(
        Origin origin,
        @Nullable String name,
        @Nullable Code code,
        @Nullable PartialDate date,
        @Nullable PartialDate endDate,
        @Nullable String performedBy,
        @Nullable String performedByReference,
        @Nullable String location,
        @Nullable String locationReference,
        @Nullable String notes,
        @Nullable String status)
        implements Row {

    public ProcedureRow {
        name = Texts.or(name, Code.displayOf(code));
    }

    @Override
    public String table() {
        return "patient_procedures";
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .text("name", name)
                .code(code)
                .date("date", date)
                .date("end_date", endDate)
                .text("performed_by", performedBy)
                .text("performed_by_reference", performedByReference)
                .text("location", location)
                .text("location_reference", locationReference)
                .text("notes", notes)
                .text("status", status)
                .map();
    }
}
