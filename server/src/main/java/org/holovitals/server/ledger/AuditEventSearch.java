package org.holovitals.server.ledger;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.QualifiedParamList;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ParamPrefixEnum;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
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

    private final FhirContext fhir;
    private final LogReach reach;
    private final Where where = new Where();

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

    private void add(String name, String text) {
        List<String> values = QualifiedParamList.splitQueryStringByCommasIgnoreEscape(null, text).stream()
                .filter(value -> !value.isBlank())
                .toList();
        if (values.isEmpty()) {
            return;
        }
        switch (name) {
            case "_id" -> ids(values);
            case "_lastUpdated" -> times("a.created_at", name, values);
            case "date" -> times("a.timestamp", name, values);
            case "patient" -> patients(values);
            case "agent" -> agents(values);
            case "agent:identifier" -> identified(values);
            case "entity" -> entities(values);
            case "action" -> any(values, this::action);
            case "outcome" -> outcomes(values);
            case "type" -> any(values, this::type);
            case "subtype" -> any(values, this::subtype);
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

    /** An AuditEvent shows milliseconds: a row is within one when its beginning is. */
    private void times(String column, String name, List<String> values) {
        List<Clause> clauses = new ArrayList<>();
        for (String value : values) {
            DateParam date = new DateParam();
            try {
                date.setValueAsQueryToken(fhir, name, null, value);
            } catch (RuntimeException e) {
                throw new InvalidRequestException(name + " is " + value + ", which is not a date such as ge2026-11-28");
            }
            clauses.add(time(column, name, date));
        }
        anyOf(clauses);
    }

    private static Clause time(String column, String name, DateParam date) {
        ParamPrefixEnum prefix = date.getPrefix() == null ? ParamPrefixEnum.EQUAL : date.getPrefix();
        if (prefix == ParamPrefixEnum.APPROXIMATE) {
            throw new InvalidRequestException(name + " has no prefix ap");
        }
        boolean isNegated = prefix == ParamPrefixEnum.NOT_EQUAL;
        if (isNegated) {
            date.setPrefix(ParamPrefixEnum.EQUAL);
        }
        DateRangeParam range = new DateRangeParam(date);
        List<String> sql = new ArrayList<>(List.of("true"));
        List<Object> parameters = new ArrayList<>();
        Date lower = range.getLowerBoundAsInstant();
        Date upper = range.getUpperBoundAsInstant();
        if (lower != null) {
            sql.add(column + " >= ?");
            parameters.add(lower.toInstant().atOffset(ZoneOffset.UTC));
        }
        if (upper != null) {
            sql.add(column + " < ?");
            parameters.add(afterMillisecond(upper.toInstant()).atOffset(ZoneOffset.UTC));
        }
        String both = String.join(" and ", sql);
        return new Clause(isNegated ? "not (" + both + ")" : both, parameters);
    }

    private static Instant afterMillisecond(Instant last) {
        return last.plusMillis(1);
    }

    /** A row about everybody names nobody; who sees some patients only is shown it as one of hers. */
    private void patients(List<String> values) {
        List<String> asked = values.stream()
                .map(value -> value.startsWith("Patient/") ? value.substring("Patient/".length()) : value)
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

    private void agents(List<String> values) {
        String[] users = values.stream()
                .map(value -> value.contains("/") ? value : "Practitioner/" + value)
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
        anyOf(clauses);
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
        anyOf(clauses);
    }

    private Clause action(Token token) {
        AuditEventAction letter;
        try {
            letter = AuditEventAction.fromCode(token.code());
        } catch (org.hl7.fhir.exceptions.FHIRException e) {
            throw new InvalidRequestException("action is " + token.code() + "; it may be C, R, U, D or E");
        }
        return letter == AuditEventAction.E
                ? new Clause("a.action <> all(?)", List.of((Object) array(AuditCodes.actionsBesideE())))
                : new Clause("a.action = any(?)", List.of((Object) array(AuditCodes.actionsOf(letter))));
    }

    private void outcomes(List<String> values) {
        String[] outcomes = values.stream()
                .map(Token::of)
                .flatMap(token -> AuditCodes.outcomeOf(token.code()).stream())
                .toArray(String[]::new);
        where.and("a.outcome = any(?)", (Object) outcomes);
    }

    private Clause type(Token token) {
        if (token.isOf(AuditCodes.REST) && token.code().equals("rest")) {
            return new Clause("a.resource <> ?", List.of(AuditCodes.ACCOUNT));
        }
        return token.isOf(AuditCodes.DICOM) && token.code().equals("110114")
                ? new Clause("a.resource = ?", List.of(AuditCodes.ACCOUNT))
                : Clause.NEVER;
    }

    private Clause subtype(Token token) {
        if (token.isOf(AuditCodes.INTERACTIONS) && token.code().equals("operation")) {
            return new Clause("a.action like '$%'", List.of());
        }
        return new Clause("a.action = any(?)", List.of((Object)
                array(AuditCodes.actionsWithSubtype(token.system(), token.code()))));
    }

    private void any(List<String> values, java.util.function.Function<Token, Clause> clause) {
        anyOf(values.stream().map(Token::of).map(clause).toList());
    }

    private void anyOf(List<Clause> clauses) {
        List<Clause> some = clauses.isEmpty() ? List.of(Clause.NEVER) : clauses;
        where.and(
                some.stream()
                        .map(clause -> "(" + clause.sql() + ")")
                        .collect(java.util.stream.Collectors.joining(" or ")),
                some.stream().flatMap(clause -> clause.parameters().stream()).toArray());
    }

    private static String[] array(Collection<String> texts) {
        return texts.stream().sorted().toArray(String[]::new);
    }

    private record Clause(String sql, List<?> parameters) {
        static final Clause NEVER = new Clause("false", List.of());
    }

    /** {@code system|code}; the system is empty where any may be meant. */
    private record Token(String system, String code) {
        static Token of(String value) {
            int bar = value.indexOf('|');
            return bar < 0 ? new Token("", value) : new Token(value.substring(0, bar), value.substring(bar + 1));
        }

        boolean isOf(String other) {
            return system.isEmpty() || system.equals(other);
        }
    }
}
