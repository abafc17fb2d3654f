package org.holovitals.server.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** How many resources of which types an access was about, where the row says it. */
final class Counts {
    /** The detail of a row: an object of interactions and types with their numbers. */
    static final String DETAIL = "written";

    private Counts() {}

    static Map<String, Integer> of(AuditRow row) {
        Map<String, Integer> counts = new TreeMap<>();
        JsonNode types = row.details().get(DETAIL);
        if (types != null) {
            types.properties()
                    .forEach(type -> counts.put(type.getKey(), type.getValue().asInt()));
        }
        return counts;
    }
}
