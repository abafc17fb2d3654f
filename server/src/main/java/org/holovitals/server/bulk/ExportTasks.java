package org.holovitals.server.bulk;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.IdType;
import org.holovitals.server.access.LogReach;
import org.holovitals.server.bulk.ExportTask.Level;
import org.holovitals.server.fhir.InstantParameter;
import org.holovitals.server.stored.RootElements;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an export is to take out, and refuses what it cannot
 * (http://hl7.org/fhir/uv/bulkdata/STU2/export.html#query-parameters).
 */
final class ExportTasks {
    /** The audit log is read by searches, which show each reader the rows that are his. */
    private static final String LOG = LogReach.TYPE;

    /** Left out unless it is named: HAPI keeps large contents in it, as text. */
    static final String BINARY = "Binary";

    private static final Set<String> FORMATS = Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");
    private static final Set<String> PARAMETERS =
            Set.of("_outputFormat", "_since", "_until", "_type", "_typeFilter", "_elements");
    private static final String PATIENT = "patient";

    private final FhirContext fhir;
    private final TypeFilters filters;
    private final PatientLists lists;

    ExportTasks(FhirContext fhir, TypeFilters filters, PatientLists lists) {
        this.fhir = fhir;
        this.filters = filters;
        this.lists = lists;
    }

    /** The types that are never taken out, or only by name. */
    static Set<String> except(Set<String> types) {
        return types.contains(BINARY) ? Set.of(LOG) : Set.of(LOG, BINARY);
    }

    /** The types that are meant when none is named. */
    Set<String> known() {
        Set<String> known = new TreeSet<>(fhir.getResourceTypes());
        known.removeAll(Set.of(LOG, BINARY));
        return known;
    }

    /** The types that are asked for; none when it is all. */
    Set<String> types(Asked asked) {
        Set<String> types = new TreeSet<>();
        for (String type : asked.words("_type")) {
            if (type.equals(LOG)) {
                asked.refuse("AuditEvents are not exported; they are searched");
            } else if (fhir.getResourceTypes().contains(type)) {
                types.add(type);
            } else {
                asked.refuse("_type names " + type + ", which is no resource type of FHIR R4");
            }
        }
        if (types.isEmpty() && !asked.words("_type").isEmpty()) {
            throw new InvalidRequestException("_type names no type that can be exported");
        }
        return types;
    }

    ExportTask ofEverything(Asked asked, Set<String> types) {
        asked.allowOnly(PARAMETERS);
        return task(asked, types, Level.SYSTEM, Set.of(), null);
    }

    /** Of all patients, or of those that the request names. */
    ExportTask ofPatients(Asked asked, Set<String> types) {
        asked.allowOnly(withPatient());
        Set<String> named = named(asked);
        Set<String> unknown = lists.unknown(named);
        if (!unknown.isEmpty()) {
            throw new InvalidRequestException("There is no Patient with the id " + String.join(", ", unknown));
        }
        return task(asked, types, named.isEmpty() ? Level.ALL_PATIENTS : Level.PATIENTS, named, null);
    }

    ExportTask ofPatient(Asked asked, Set<String> types, IdType patient) {
        asked.allowOnly(PARAMETERS);
        if (!lists.unknown(Set.of(patient.getIdPart())).isEmpty()) {
            throw unknown(patient);
        }
        return task(asked, types, Level.PATIENTS, Set.of(patient.getIdPart()), null);
    }

    /** Of all members, or of those that the request names. */
    ExportTask ofGroup(Asked asked, Set<String> types, IdType group) {
        asked.allowOnly(withPatient());
        Set<String> members = lists.members(group.getIdPart()).orElseThrow(() -> unknown(group));
        Set<String> others = new TreeSet<>(named(asked));
        others.removeAll(members);
        if (!others.isEmpty()) {
            throw new InvalidRequestException(
                    "The Group has no active member with the id " + String.join(", ", others));
        }
        return task(asked, types, Level.PATIENTS, named(asked), group.getIdPart());
    }

    private static Set<String> withPatient() {
        Set<String> all = new TreeSet<>(PARAMETERS);
        all.add(PATIENT);
        return all;
    }

    private static ResourceNotFoundException unknown(IdType id) {
        return new ResourceNotFoundException(
                "Resource " + id.toUnqualifiedVersionless().getValue() + " is not known");
    }

    private static Set<String> named(Asked asked) {
        Set<String> ids = new TreeSet<>();
        for (String reference : asked.words(PATIENT)) {
            IdType id = new IdType(reference);
            if (!id.hasIdPart()
                    || (id.hasResourceType() && !id.getResourceType().equals("Patient"))) {
                throw new InvalidRequestException("The parameter patient takes references such as Patient/1");
            }
            ids.add(id.getIdPart());
        }
        return ids;
    }

    private ExportTask task(Asked asked, Set<String> types, Level level, Set<String> patients, @Nullable String group) {
        String format = asked.one("_outputFormat");
        // A plus sign in a URL is a blank.
        if (format != null && !FORMATS.contains(format.replace(' ', '+'))) {
            throw new InvalidRequestException(
                    "_outputFormat may be application/fhir+ndjson, application/ndjson or ndjson");
        }
        List<String> searches = searches(asked, types);
        return new ExportTask(
                level,
                patients,
                group,
                instant(asked, "_since"),
                instant(asked, "_until"),
                searches,
                elements(asked),
                asked.ignored());
    }

    private static @Nullable Instant instant(Asked asked, String name) {
        String text = asked.one(name);
        return text == null ? null : InstantParameter.read(name, text);
    }

    private List<String> searches(Asked asked, Set<String> types) {
        List<String> searches = new ArrayList<>();
        for (String filter : asked.all("_typeFilter")) {
            String type = TypeFilters.typeOf(filter);
            if (!types.isEmpty() && fhir.getResourceTypes().contains(type) && !types.contains(type)) {
                asked.refuse("A _typeFilter is about " + type + ", which is not exported");
            } else {
                filters.problem(filter).ifPresentOrElse(asked::refuse, () -> searches.add(filter));
            }
        }
        return searches;
    }

    private Set<String> elements(Asked asked) {
        Set<String> elements = new TreeSet<>();
        for (String word : asked.words("_elements")) {
            try {
                var unused = new RootElements(fhir, Set.of(word));
                elements.add(word);
            } catch (IllegalArgumentException e) {
                asked.refuse(String.valueOf(e.getMessage()));
            }
        }
        return elements;
    }
}
