package org.holovitals.server.reading;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.holovitals.server.fhir.InstantParameter;
import org.holovitals.server.stored.StoredResource;
import org.jspecify.annotations.Nullable;

/**
 * What of everything is asked for (http://hl7.org/fhir/R4/operation-patient-everything.html).
 *
 * @param since only what was stored at or after it; null for all
 * @param types none for all
 */
record Extract(@Nullable Instant since, Set<String> types) {
    private static final String SINCE = "_since";
    private static final String TYPE = "_type";

    /** The parameters that ask for less. */
    static final Set<String> PARAMETERS = Set.of(SINCE, TYPE);

    /** Throws what becomes a 400 that names the parameter. */
    static Extract of(FhirContext fhir, Map<String, String[]> given) {
        String[] since = given.getOrDefault(SINCE, new String[0]);
        if (since.length > 1) {
            throw new InvalidRequestException(SINCE + " is given more than once");
        }
        Set<String> types = new TreeSet<>();
        for (String value : given.getOrDefault(TYPE, new String[0])) {
            types.addAll(List.of(value.split(",", -1)));
        }
        for (String type : types) {
            if (!fhir.getResourceTypes().contains(type)) {
                throw new InvalidRequestException(TYPE + " names " + type + ", which is not a resource type");
            }
        }
        return new Extract(since.length == 0 ? null : InstantParameter.read(SINCE, since[0]), types);
    }

    boolean isWhole() {
        return since == null && types.isEmpty();
    }

    boolean has(StoredResource stored) {
        return (types.isEmpty() || types.contains(stored.type()))
                && (since == null || !stored.lastUpdated().isBefore(since));
    }

    /** Holds of a candidate that is asked for. */
    Sql criterion() {
        List<Sql> conditions = new ArrayList<>(List.of(Sql.of("u.res_id = c.res_id")));
        if (!types.isEmpty()) {
            conditions.add(Sql.of("u.res_type = any (?)", (Object) types.toArray(String[]::new)));
        }
        if (since != null) {
            conditions.add(
                    Sql.of("u.res_updated >= (?::timestamptz at time zone 'UTC')", since.atOffset(ZoneOffset.UTC)));
        }
        return Sql.of("select from fhir.hfj_resource u where ")
                .and(Sql.all(conditions))
                .exists();
    }
}
