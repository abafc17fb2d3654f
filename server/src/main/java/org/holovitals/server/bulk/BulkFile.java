package org.holovitals.server.bulk;

import java.util.Set;

/**
 * A row of {@code bulk_files}.
 *
 * @param type of the resources in it
 * @param patients of whose records something is in it, where they were named
 * @param isAboutEveryone whether it was made of the records of all patients
 */
record BulkFile(
        Kind kind,
        String type,
        String name,
        long resources,
        long bytes,
        Set<String> patients,
        boolean isAboutEveryone) {

    /** Where the manifest lists a file. */
    enum Kind {
        OUTPUT,
        DELETED,
        ERROR
    }
}
