package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code patient_resources}: a resource of the patient's record that has no table of its own.
 *
 * @param date the main date or period of its type
 */
public record ResourceRow(
        Origin origin,
        String resourceType,
        @Nullable Code type,
        @Nullable Code code,
        @Nullable String category,
        @Nullable String categorySystem,
        @Nullable String status,
        @Nullable PartialDate date)
        implements Row {

    @Override
    public String table() {
        return "patient_resources";
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .text("resource_type", resourceType)
                .code("type", type)
                .code(code)
                .text("category", category)
                .text("category_system", categorySystem)
                .text("status", status)
                .date("date", date)
                .map();
    }
}
