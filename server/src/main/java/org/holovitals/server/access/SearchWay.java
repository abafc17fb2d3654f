package org.holovitals.server.access;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Grants.Grant;
import org.holovitals.server.access.SmartScope.Qualifier;

/**
 * What a caller may find of a type: of some patients, what matches all conditions.
 *
 * @param isEverything whether of all patients
 * @param patients otherwise their FHIR ids
 * @param conditions search parameters
 */
record SearchWay(boolean isEverything, Set<String> patients, List<Qualifier> conditions) {
    private static final String CATEGORY = "category";

    /** All of it. */
    boolean isUnlimited() {
        return isEverything && conditions.isEmpty();
    }

    /** The ways that grants come to, those under the same conditions as one. */
    static List<SearchWay> of(List<Grant> grants, String type, boolean isShared) {
        Map<List<Qualifier>, SearchWay> ways = new LinkedHashMap<>();
        grants.stream()
                .flatMap(grant -> isShared || grant.sight().isEverything()
                        ? Stream.of(new SearchWay(true, Set.of(), grant.qualifiers()))
                        : Stream.concat(
                                Stream.of(new SearchWay(false, grant.sight().whole(), grant.qualifiers())),
                                consented(grant, type)))
                .filter(way -> way.isEverything() || !way.patients().isEmpty())
                .forEach(way -> ways.merge(way.conditions(), way, SearchWay::and));
        return List.copyOf(ways.values());
    }

    private SearchWay and(SearchWay other) {
        Set<String> both = new LinkedHashSet<>(patients);
        both.addAll(other.patients);
        return new SearchWay(isEverything || other.isEverything, both, conditions);
    }

    /** Where a patient shows one part of a type only, the part is a condition; {@link #hidden} are its exceptions. */
    private static Stream<SearchWay> consented(Grant grant, String type) {
        Map<List<Qualifier>, Set<String>> patients = new LinkedHashMap<>();
        grant.sight().consented().shown(type).forEach((patient, parts) -> conditions(grant, type, parts)
                .forEach(each -> patients.computeIfAbsent(each, first -> new LinkedHashSet<>())
                        .add(patient)));
        return patients.entrySet().stream().map(way -> new SearchWay(false, way.getValue(), way.getKey()));
    }

    private static Stream<List<Qualifier>> conditions(Grant grant, String type, Set<Part> shown) {
        return shown.contains(rest(type)) || type.equals("Patient")
                ? Stream.of(grant.qualifiers())
                : categories(type, shown).map(category -> with(grant, category));
    }

    private static List<Qualifier> with(Grant grant, Qualifier category) {
        List<Qualifier> all = new ArrayList<>(grant.qualifiers());
        all.add(category);
        return List.copyOf(all);
    }

    /** The part of what no category tells to be another. */
    private static Part rest(String type) {
        return Parts.rows(type).stream()
                .filter(row -> row.category() == null)
                .map(Parts.Row::part)
                .findFirst()
                .orElse(Part.ALL_PHI);
    }

    private static Stream<Qualifier> categories(String type, Set<Part> parts) {
        return Parts.rows(type).stream()
                .filter(row -> parts.contains(row.part()))
                .flatMap(row -> Stream.ofNullable(row.category()))
                .map(category -> new Qualifier(CATEGORY, category));
    }

    /** What the ways of consents find too much: the parts that are told by a category and not shown. */
    static List<SearchWay> hidden(Holdings holdings, String type, Set<String> whole) {
        return Parts.rows(type).stream()
                .flatMap(row -> Stream.ofNullable(row.category())
                        .map(category -> new SearchWay(
                                false,
                                without(shownBut(holdings, type, row.part()), whole),
                                List.of(new Qualifier(CATEGORY, category)))))
                .filter(way -> !way.patients().isEmpty())
                .toList();
    }

    private static Set<String> shownBut(Holdings holdings, String type, Part part) {
        Part rest = rest(type);
        return holdings.shown(type).entrySet().stream()
                .filter(shown ->
                        shown.getValue().contains(rest) && !shown.getValue().contains(part))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** What belongs to somebody, among others, who does not show it. */
    static List<SearchWay> denied(Holdings holdings, String type, Set<String> whole) {
        Set<Part> all = Parts.ofType(type);
        Stream<SearchWay> some = Parts.rows(type).stream().flatMap(row -> Stream.ofNullable(row.category())
                .map(category -> new SearchWay(
                        false,
                        without(holdings.denying(row.part()), whole),
                        List.of(new Qualifier(CATEGORY, category)))));
        SearchWay everything = new SearchWay(
                false,
                without(
                        all.stream()
                                .map(holdings::denying)
                                .reduce((one, two) ->
                                        one.stream().filter(two::contains).collect(Collectors.toSet()))
                                .orElse(Set.of()),
                        whole),
                List.of());
        return Stream.concat(some, Stream.of(everything))
                .filter(way -> !way.patients().isEmpty())
                .toList();
    }

    private static Set<String> without(Set<String> patients, Set<String> whole) {
        return patients.stream().filter(patient -> !whole.contains(patient)).collect(Collectors.toSet());
    }

    /** As queries, one for each search parameter that may name the patients. */
    List<String> queries(List<String> parameters) {
        String condition = conditions.stream()
                .map(qualifier -> query(qualifier.parameter(), qualifier.value()))
                .collect(Collectors.joining("&"));
        return isEverything
                ? List.of(condition)
                : parameters.stream()
                        .map(parameter ->
                                query(parameter, named(parameter)) + (condition.isEmpty() ? "" : "&") + condition)
                        .toList();
    }

    private String named(String parameter) {
        return patients.stream()
                .sorted()
                .map(id -> parameter.equals("_id") ? id : "Patient/" + id)
                .collect(Collectors.joining(","));
    }

    private static String query(String parameter, String value) {
        return parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
