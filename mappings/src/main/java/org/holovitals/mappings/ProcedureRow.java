package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Procedure. */
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
        String status)
        implements Row {

    static final String TABLE = "patient_procedures";

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .add("name", name)
                .code(code)
                .date("date", date)
                .date("end_date", endDate)
                .add("performed_by", performedBy)
                .add("performed_by_reference", performedByReference)
                .add("location", location)
                .add("location_reference", locationReference)
                .add("notes", notes)
                .add("status", status)
                .toMap();
    }
}
