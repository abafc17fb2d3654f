package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A person, as the demographics of {@code patients}. */
public record PatientRow(
        Origin origin,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable PartialDate dateOfBirth,
        @Nullable String sex)
        implements Row {

    static final String TABLE = "patients";

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .add("first_name", firstName)
                .add("last_name", lastName)
                .date("date_of_birth", dateOfBirth)
                .add("sex", sex)
                .toMap();
    }
}
