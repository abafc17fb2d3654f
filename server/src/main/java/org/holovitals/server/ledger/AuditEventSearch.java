package org.holovitals.server.ledger;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.QualifiedParamList;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.LogReach;

/**
 * The parameters of a search for AuditEvents as conditions on the log. Of each, one of the values with commas between has
 * to match. Who reads some patients' rows only is answered as if the others did not stand in them.
 */
final class AuditEventSearch {
    /** Parameters that are conditions, with their types. */
    static final Map<String, String> PARAMETERS = Map.of(
            "_id", "token",
            "_lastUpdated", "date",
            "date", "date",
            "patient", "reference",
            "agent", "reference",
            "entity", "reference",
            "action", "token",
            "outcome", "token",
            "type", "token",
            "subtype", "token");

    /** Parameters that say how to answer. */
    static final Set<String> CONTROLS =
            Set.of("_count", "_sort", "_total", "_summary", "_elements", "_format", "_pretty");

    private static final String PATIENT = "Patient/";
    private static final int MOST = 100;

    private final FhirContext fhir;
    private final LogReach reach;
    private final Where where = new Where();
    private int count;

    private AuditEventSearch(FhirContext fhir, LogReach reach) {
        this.fhir = fhir;
        this.reach = reach;
    }

    /** The rows within the reach that match; throws what becomes a 400 that names the parameter. */
    static Where of(FhirContext fhir, Map<String, List<String>> parameters, LogReach reach) {
        AuditEventSearch search = new AuditEventSearch(fhir, reach);
        if (!reach.isEverything()) {
            search.where.about(reach.patients());
        }
        parameters.forEach((name, each) -> {
            if (!CONTROLS.contains(name)) {
                each.forEach(value -> search.add(name, value));
            }
        });
        return search.where;
    }

    /** Whether the newest come first: as long as nobody asks for the oldest. */
    static boolean isNewestFirst(Map<String, List<String>> parameters) {
        String sort = parameters.getOrDefault("_sort", List.of("-date")).get(0);
        if (!sort.equals("date") && !sort.equals("-date")) {
            throw new InvalidRequestException("AuditEvents are sorted by date or -date only");
        }
        return sort.equals("-date");
    }

    /** The patients who are asked for. */
    static Set<String> patients(Map<String, List<String>> parameters) {
        return parameters.getOrDefault("patient", List.of()).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(AuditEventSearch::patient)
                .filter(patient -> patient.matches("[A-Za-z0-9\\-.]{1,64}"))
                .collect(Collectors.toSet());
    }

    private static String patient(String value) {
        return value.startsWith(PATIENT) ? value.substring(PATIENT.length()) : value;
    }

    private void add(String name, String text) {
        List<String> values = QualifiedParamList.splitQueryStringByCommasIgnoreEscape(null, text).stream()
                .filter(value -> !value.isBlank())
                .toList();
        if (values.isEmpty()) {
            return;
        }
        count += values.size();
        if (count > MOST) {
            throw new InvalidRequestException("A search for AuditEvents has at most " + MOST + " values");
        }
        switch (name) {
            case "_id" -> ids(values);
            case "_lastUpdated" -> any(values, value -> TimeClause.of(fhir, "a.created_at", name, value));
            case "date" -> any(values, value -> TimeClause.of(fhir, "a.timestamp", name, value));
            case "patient" -> patients(values);
            case "agent" -> agents(values);
            case "agent:identifier" -> identified(values);
            case "entity" -> entities(values);
            case "action" -> any(values, value -> CodeClause.action(Token.of(value)));
            case "outcome" -> outcomes(values);
            case "type" -> any(values, value -> CodeClause.type(Token.of(value)));
            case "subtype" -> any(values, value -> CodeClause.subtype(Token.of(value)));
            default ->
                throw new InvalidRequestException("AuditEvent has no search parameter " + name + "; it has "
                        + String.join(
                                ", ", PARAMETERS.keySet().stream().sorted().toList()) + " and agent:identifier");
        }
    }

    private void ids(List<String> values) {
        List<UUID> ids = new ArrayList<>();
        for (String value : values) {
            AuditEventProvider.uuid(value).ifPresent(ids::add);
        }
        where.and("a.id = any(?)", (Object) ids.toArray(UUID[]::new));
    }

    /** A row about everybody names nobody; who sees some patients only is shown it as one of hers. */
    private void patients(List<String> values) {
        List<String> asked = values.stream()
                .map(AuditEventSearch::patient)
                .filter(this::isWithin)
                .toList();
        if (reach.isEverything()) {
            where.and("a.patients <> '{}' and a.patients && ?::text[]", (Object) asked.toArray(String[]::new));
        } else if (asked.isEmpty()) {
            where.nothing();
        } else {
            where.about(asked);
        }
    }

    private boolean isWithin(String patient) {
        return reach.isEverything() || reach.patients().contains(patient);
    }

    /** Which record is a viewer's own is not shown to other patients, so nothing is found by it. */
    private void agents(List<String> values) {
        String[] users = values.stream()
                .map(value -> value.contains("/") ? value : "Practitioner/" + value)
                .filter(user -> !user.startsWith(PATIENT) || isWithin(patient(user)))
                .toArray(String[]::new);
        where.and("a.user_id in (select u.id from holovitals.users u where u.fhir_user = any(?))", (Object) users);
    }

    /** A user by the row, an app by its name, as the events spell them. */
    private void identified(List<String> values) {
        List<Clause> clauses = new ArrayList<>();
        for (String value : values) {
            Token token = Token.of(value);
            if (token.isOf(AuditEvents.CLIENT)) {
                clauses.add(new Clause("a.client_id = ?", List.of(token.code())));
            }
            if (token.isOf(AuditEvents.USER)) {
                AuditEventProvider.uuid(token.code())
                        .ifPresent(user -> clauses.add(new Clause("a.user_id = ?", List.of(user))));
            }
        }
        where.anyOf(clauses);
    }

    /** Of a row about several patients somebody who sees one of them is not told which resource it was. */
    private void entities(List<String> values) {
        List<Clause> clauses = new ArrayList<>();
        for (String value : values) {
            int slash = value.indexOf('/');
            if (slash < 1) {
                throw new InvalidRequestException(
                        "entity is " + value + "; it has to be a reference such as Patient/1");
            }
            String type = value.substring(0, slash);
            String id = value.substring(slash + 1);
            if (type.equals("Patient") && isWithin(id)) {
                clauses.add(new Clause(
                        "a.patients <> '{}' and a.patients && ?::text[]", List.of((Object) new String[] {id})));
            }
            clauses.add(
                    reach.isEverything()
                            ? new Clause("a.resource = ? and a.resource_id = ?", List.of(type, id))
                            : new Clause(
                                    "a.resource = ? and a.resource_id = ? and a.patients <@ ?::text[] and not a.is_about_everyone",
                                    List.of(type, id, reach.patients().toArray(String[]::new))));
        }
        where.anyOf(clauses);
    }

    private void outcomes(List<String> values) {
        String[] outcomes = values.stream()
                .map(Token::of)
                .flatMap(token -> AuditCodes.outcomeOf(token.code()).stream())
                .toArray(String[]::new);
        where.and("a.outcome = any(?)", (Object) outcomes);
    }

    private void any(List<String> values, Function<String, Clause> clause) {
        where.anyOf(values.stream().map(clause).toList());
    }
}
