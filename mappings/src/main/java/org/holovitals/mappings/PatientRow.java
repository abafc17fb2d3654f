package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of {@code patients}: who the record is about. Its origin names the patient itself. */
public record PatientRow(
        Origin origin,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable PartialDate dateOfBirth,
        @Nullable String sex)
        implements Row {

    @Override
    public String table() {
        return "patients";
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .text("first_name", firstName)
                .text("last_name", lastName)
                .date("date_of_birth", dateOfBirth)
                .text("sex", sex)
                .map();
    }
}
