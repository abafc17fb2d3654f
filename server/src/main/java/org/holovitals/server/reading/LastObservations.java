package org.holovitals.server.reading;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.reading.Bundle.Entry;
import org.holovitals.server.reading.Observations.Observed;
import org.holovitals.server.reading.RecordReader.Reading;
import org.holovitals.server.reading.RecordReader.Writing;
import org.holovitals.server.stored.ResourceLine;
import org.holovitals.server.stored.RootElements;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.WholeResource;
import org.jspecify.annotations.Nullable;

/**
 * {@code Observation/$lastn}: the latest of each kind in a patient's record
 * (http://hl7.org/fhir/R4/operation-observation-lastn.html). HAPI's own needs an index in Elasticsearch, so nothing goes on
 * to it from here.
 */
final class LastObservations {
    private static final String TYPE = "Observation";
    private static final String MAX = "max";
    private static final int MOST = 100;
    private static final Set<String> CONTROLS = Set.of("_format", "_pretty", "_elements", MAX);
    private static final Set<String> OF_RESOURCES = Set.of("_id", "_lastUpdated");

    private final SearchGrammar grammar;
    private final Observations observations;
    private final RecordReach reach;

    LastObservations(SearchGrammar grammar, Observations observations, RecordReach reach) {
        this.grammar = grammar;
        this.observations = observations;
        this.reach = reach;
    }

    static boolean isAsked(RequestDetails request) {
        return "$lastn".equals(request.getOperation()) && TYPE.equals(request.getResourceName());
    }

    /** Throws what becomes a 400 that names the parameter, or a 405. */
    Reading of(RequestDetails request, Caller caller) {
        if (request.getRequestType() != RequestTypeEnum.GET) {
            throw new MethodNotAllowedException("Observation/$lastn is asked for by GET", RequestTypeEnum.GET);
        }
        Map<String, String[]> criteria = criteria(request.getParameters());
        Optional<PatientSearch> search = grammar.read(TYPE, Controls.of(request, criteria), criteria, caller);
        if (search.isEmpty()) {
            grammar.requireUnderstood(TYPE, criteria);
        }
        RootElements elements = Controls.of(request)
                .elements()
                .orElseThrow(() -> new InvalidRequestException(
                        "_elements of Observation/$lastn takes names of elements at the root of resources"));
        int max = max(request.getParameters().get(MAX));
        return () -> {
            List<Shown> shown = search.isEmpty() ? List.of() : shown(caller, observations.of(search.get()), max);
            return Optional.of(writing(shown, elements));
        };
    }

    /** What is no control, and of status what was observed, unless the client asks for others. */
    private Map<String, String[]> criteria(Map<String, String[]> given) {
        Map<String, String[]> criteria = new TreeMap<>(given);
        criteria.keySet().removeAll(CONTROLS);
        criteria.keySet().stream()
                .filter(name -> name.startsWith("_") && !OF_RESOURCES.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidRequestException("Observation/$lastn does not take " + name);
                });
        if (criteria.keySet().stream()
                .map(Criteria::bare)
                .noneMatch(Set.of("category", "code", "combo-code")::contains)) {
            throw new InvalidRequestException("Observation/$lastn needs a category or a code");
        }
        if (criteria.keySet().stream().map(Criteria::bare).noneMatch("status"::equals)) {
            criteria.put("status:not", new String[] {"entered-in-error,cancelled"});
        }
        return criteria;
    }

    private static int max(String @Nullable [] given) {
        if (given == null) {
            return 1;
        }
        if (given.length != 1 || !given[0].matches("[1-9]\\d?|" + MOST)) {
            throw new InvalidRequestException("max is " + String.join(", ", given) + "; it may be 1 to " + MOST);
        }
        return Integer.parseInt(given[0]);
    }

    private record Shown(StoredResource stored, WholeResource whole) {}

    /** In place of one that is hidden stands the one before it. */
    private List<Shown> shown(Caller caller, List<Observed> found, int max) throws IOException {
        Collection<List<Observed>> kinds = kinds(found);
        Map<Long, Shown> shown = new LinkedHashMap<>();
        Set<Long> hidden = new HashSet<>();
        while (true) {
            List<Long> latest = kinds.stream()
                    .flatMap(kind -> kind.stream()
                            .map(Observed::id)
                            .filter(id -> !hidden.contains(id))
                            .limit(max))
                    .toList();
            List<Long> unread =
                    latest.stream().filter(id -> !shown.containsKey(id)).toList();
            if (unread.isEmpty()) {
                return latest.stream().map(shown::get).toList();
            }
            Map<Long, StoredResource> stored = observations.current(unread);
            for (Long id : unread) {
                Optional<Shown> visible = visible(caller, stored.get(id));
                visible.ifPresentOrElse(each -> shown.put(id, each), () -> hidden.add(id));
            }
        }
    }

    /** Those of the same thing, the latest first; of the kinds, too, the one that was seen last. */
    private static Collection<List<Observed>> kinds(List<Observed> found) {
        SameCodes same = new SameCodes();
        found.forEach(observed -> same.join(observed.codes()));
        Map<String, List<Observed>> kinds = new LinkedHashMap<>();
        found.stream().sorted(Observed.LATEST_FIRST).forEach(observed -> kinds.computeIfAbsent(
                        same.first(observed.codes().get(0)), code -> new ArrayList<>())
                .add(observed));
        return kinds.values();
    }

    private Optional<Shown> visible(Caller caller, @Nullable StoredResource stored) throws IOException {
        if (stored == null) {
            return Optional.empty();
        }
        WholeResource whole = ResourceLine.of(stored);
        return reach.shows(caller, stored, whole, Interaction.SEARCH)
                ? Optional.of(new Shown(stored, whole))
                : Optional.empty();
    }

    private static Writing writing(List<Shown> shown, RootElements elements) {
        return answer -> {
            List<Entry> entries = new ArrayList<>();
            for (Shown each : shown) {
                String json = elements.of(TYPE, each.whole().json());
                entries.add(new Entry(answer.url(each.stored()), json, "match"));
            }
            answer.bundle((long) entries.size(), null, entries);
        };
    }
}
