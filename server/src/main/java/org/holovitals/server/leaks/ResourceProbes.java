package org.holovitals.server.leaks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.PrimitiveType;

/** Every way to read about one resource of another patient that a CapabilityStatement offers for its type. */
final class ResourceProbes {
    private static final List<String> OPERATIONS = List.of(
            "$everything", "$meta", "$diff", "$validate", "$summary", "$graphql?query=" + encoded("{id}"), "$lastn");

    private final CapabilityStatementRestResourceComponent offered;
    private final Canary other;
    private final String type;
    private final String id;

    ResourceProbes(CapabilityStatementRestResourceComponent offered, Canary other, String id) {
        this.offered = offered;
        this.other = other;
        this.type = offered.getType();
        this.id = id;
    }

    Stream<Probe> all() {
        return Stream.of(byId(), searches(), ofRecords(), oracles(), includes()).flatMap(probes -> probes);
    }

    private Stream<Probe> byId() {
        String path = type + "/" + id;
        String twin = type + "/" + UUID.randomUUID();
        return Stream.concat(
                Stream.of("", "/_history", "/_history/1", "?_summary=true", "?_elements=id")
                        .map(rest -> Probe.get(path + rest).withTwin(twin + rest)),
                Stream.concat(
                        OPERATIONS.stream().map(operation -> Probe.get(path + "/" + operation)
                                .withTwin(twin + "/" + operation)),
                        Stream.of(
                                Probe.get(type + "/_history"), Probe.get("Patient/" + other.patient() + "/" + type))));
    }

    private Stream<Probe> searches() {
        Stream<String> queries = Stream.concat(
                offered.getSearchParam().stream().flatMap(this::queries),
                Stream.of(
                        "",
                        "_id=" + id,
                        "_lastUpdated=gt2000",
                        "_sort=_lastUpdated&_count=1000",
                        "_tag=x&_total=accurate",
                        "_text=" + other.marker(),
                        "_content=" + other.marker()));
        return queries.flatMap(query -> Stream.of(
                Probe.get(type + "?" + query),
                Probe.get(type + "?" + query + "&_summary=count"),
                Probe.send("POST", type + "/_search", query)));
    }

    private Stream<String> queries(CapabilityStatementRestResourceSearchParamComponent parameter) {
        String name = parameter.getName();
        return switch (parameter.getType()) {
            case REFERENCE ->
                Stream.of(
                        name + "=Patient/" + other.patient(),
                        name + ":Patient=" + other.patient(),
                        name + ":missing=false");
            case TOKEN ->
                name.equals("_id")
                        ? Stream.empty()
                        : Stream.of(
                                name + "=" + other.marker(),
                                name + "=" + encoded(CanaryResource.SYSTEM + "|" + other.marker()),
                                name + ":not=x");
            case STRING -> Stream.of(name + "=" + other.marker(), name + ":contains=canary");
            case DATE -> Stream.of(name + "=" + CanaryResource.DAY, name + "=ge2000");
            default -> Stream.empty();
        };
    }

    /** Operations on a record, asked of its types. */
    private Stream<Probe> ofRecords() {
        String record = "Patient/" + other.patient();
        Stream<String> parts = Stream.of(
                record + "/$everything?_type=" + type,
                record + "/$everything?_since=2000-01-01T00:00:00Z&_type=Patient," + type);
        Stream<String> latest = type.equals("Observation")
                ? Stream.of("code=" + other.marker(), "code:not=x", "category:not=x&max=100")
                        .map(query -> "Observation/$lastn?patient=" + record + "&" + query)
                : Stream.empty();
        return Stream.concat(parts, latest).map(Probe::get);
    }

    /** Searches whose answer depends on what is not in it. */
    private Stream<Probe> oracles() {
        String identified = "identifier=" + encoded(CanaryResource.SYSTEM + "|" + other.marker());
        return Stream.of(
                        type + "?_has:Provenance:target:_id=x&_id=" + id,
                        type + "?_filter=" + encoded("_id eq " + id),
                        type + "?_list=" + id,
                        type + "?patient.name=a&_id=" + id,
                        type + "?subject:Patient.identifier=" + other.marker(),
                        type + "?patient:Patient.birthdate=gt1900",
                        type + "?_contained=both&_id=" + id,
                        type + "?_includeDeleted=both&_id=" + id,
                        "Patient?_has:" + type + ":patient:_id=" + id,
                        "Patient?_has:" + type + ":subject:" + identified,
                        "?_type=" + type + "&_id=" + id)
                .map(Probe::get);
    }

    private Stream<Probe> includes() {
        Stream<String> included = offered.getSearchInclude().stream()
                .map(PrimitiveType::getValue)
                .map(include -> type + "?_id=" + id + "&_include=" + encoded(include));
        Stream<String> pointing = offered.getSearchRevInclude().stream()
                .map(PrimitiveType::getValue)
                .map(include -> type + "?_id=" + id + "&_revinclude=" + encoded(include));
        return Stream.concat(included, pointing).map(Probe::get);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
