package org.holovitals.server.bulk;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an export is to take out.
 *
 * @param patients of whom, when only of some
 * @param group whose members then, or whose members at all when no patients are named
 * @param typeFilters searches such as {@code Observation?category=laboratory}; those of a type are alternatives
 * @param elements to which resources are cut down; they stay whole when empty
 * @param ignored what was asked for and is not done, in words
 */
record ExportTask(
        Level level,
        Set<String> patients,
        @Nullable String group,
        @Nullable Instant since,
        @Nullable Instant until,
        List<String> typeFilters,
        Set<String> elements,
        List<String> ignored) {

    /** Whose resources. */
    enum Level {
        /** Everything. */
        SYSTEM,
        /** The records of all patients. */
        ALL_PATIENTS,
        /** The records of named patients, or of a group's. */
        PATIENTS
    }
}
