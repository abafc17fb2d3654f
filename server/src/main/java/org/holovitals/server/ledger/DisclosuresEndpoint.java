package org.holovitals.server.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.registration.KnownApps;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The accounting of disclosures (45 CFR 164.528): to whom a record was shown within six years, when, and what for. */
@RestController
@ConditionalOnWebApplication
final class DisclosuresEndpoint {
    private static final int YEARS = 6;
    private static final List<String> COLUMNS =
            List.of("first", "last", "count", "recipient", "organization", "apps", "what", "basis", "purpose");

    private final Disclosures disclosures;
    private final Directory directory;
    private final OwnRecord records;
    private final KnownApps apps;
    private final Clock clock;

    DisclosuresEndpoint(Disclosures disclosures, Directory directory, OwnRecord records, KnownApps apps, Clock clock) {
        this.disclosures = disclosures;
        this.directory = directory;
        this.records = records;
        this.apps = apps;
        this.clock = clock;
    }

    /**
     * Of the own record.
     *
     * @param patient FHIR id of a record of which the caller is the proxy
     * @param from a day (UTC) or time, {@code to} likewise; six years unless it is given
     * @param format csv or json
     */
    @GetMapping("/api/me/disclosures")
    @CalledBy(Kind.PATIENT)
    ResponseEntity<Table> own(
            @RequestParam(required = false) @Nullable String patient,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String format,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "") String accept,
            Caller caller) {
        name(caller);
        LogQuery query = LogQuery.of("from", from, "to", to, "format", format);
        return answer(records.require(caller, patient), query, accept);
    }

    /**
     * Of any patient, for one who asked on paper.
     *
     * @param patient FHIR id
     */
    @GetMapping("/api/disclosures")
    @CalledBy(Kind.COMPLIANCE)
    ResponseEntity<Table> of(
            @RequestParam String patient,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String format,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "") String accept,
            Caller caller) {
        name(caller);
        OwnRecord.note(caller, patient);
        return answer(patient, LogQuery.of("from", from, "to", to, "format", format), accept);
    }

    private static void name(Caller caller) {
        caller.call().record().action("read-disclosures");
        caller.call().record().resource("disclosures", null);
    }

    private ResponseEntity<Table> answer(String patient, LogQuery query, String accept) {
        Instant now = clock.instant();
        Instant earliest = now.atOffset(ZoneOffset.UTC).minusYears(YEARS).toInstant();
        Instant from = query.from().orElse(earliest);
        if (from.isBefore(earliest)) {
            throw new Problem(ProblemType.INVALID_REQUEST, "The accounting goes back " + YEARS + " years at most");
        }
        List<Disclosures.Group> groups =
                disclosures.of(patient, from, query.to().orElse(now));
        Map<String, Directory.Person> people = directory.of(groups.stream()
                .map(Disclosures.Group::fhirUser)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        Function<String, String> names = apps.names();
        return new Table(
                        COLUMNS,
                        groups.stream().map(group -> row(group, people, names)).toList())
                .answer(query.text("format").orElse(""), accept, "disclosures");
    }

    private static Map<String, Object> row(
            Disclosures.Group group, Map<String, Directory.Person> people, Function<String, String> names) {
        Directory.Person person = group.fhirUser() == null
                ? Directory.Person.UNKNOWN
                : people.getOrDefault(group.fhirUser(), Directory.Person.UNKNOWN);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("first", group.first().toString());
        row.put("last", group.last().toString());
        row.put("count", group.number());
        row.put("recipient", recipient(group, person.name(), names));
        row.put("organization", person.organization() == null ? "" : person.organization());
        row.put("apps", group.apps().stream().map(names).toList());
        row.put("what", group.isBulk() ? List.of("all records") : group.what());
        row.put("basis", basis(group));
        row.put("purpose", purpose(group));
        return row;
    }

    private static String recipient(Disclosures.Group group, @Nullable String known, Function<String, String> names) {
        String service = group.service() == null ? null : names.apply(group.service());
        return java.util.stream.Stream.of(group.name(), known, group.fhirUser(), service)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("unknown");
    }

    private static String basis(Disclosures.Group group) {
        if (group.service() != null) {
            return "service";
        }
        return group.kind() == null ? "none" : group.kind();
    }

    private static String purpose(Disclosures.Group group) {
        if (group.reason() != null && !group.reason().isBlank()) {
            return group.reason();
        }
        return switch (basis(group)) {
            case "clinician" -> "treatment";
            case "break-glass" -> "an emergency";
            case "proxy" -> "on behalf of the patient";
            case "service" -> "a service that the operator of the server registered";
            default -> "not stated";
        };
    }
}
