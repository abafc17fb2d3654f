package org.holovitals.server.reading;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search of one patient's record.
 *
 * @param candidates selects {@code res_id} of the resources that refer to the patient
 * @param criterion holds of those that are found
 * @param order null for the order of storing
 * @param count resources on a page; 0 when they are only to be counted
 * @param isCounted whether the answer says how many there are
 * @param companions each selects {@code res_id} of what comes with the resources of {@code page}
 */
record PatientSearch(
        Sql candidates, Sql criterion, @Nullable Order order, int count, boolean isCounted, List<Sql> companions) {

    /**
     * What it is sorted by; what has no such date comes last, and ties are in the order of storing.
     *
     * @param key the date, of a candidate
     */
    record Order(Sql key, boolean isDescending) {}
}
