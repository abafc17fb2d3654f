package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any other resource of the patient compartment. */
public record ResourceRow(
        Origin origin,
        String resourceType,
        @Nullable Code typeCode,
        @Nullable Code code,
        @Nullable String category,
        @Nullable String categorySystem,
        @Nullable String status,
        @Nullable PartialDate date)
        implements Row {

    static final String TABLE = "patient_resources";

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .add("resource_type", resourceType)
                .code("type", typeCode)
                .code(code)
                .add("category", category)
                .add("category_system", categorySystem)
                .add("status", status)
                .date("date", date)
                .toMap();
    }
}
