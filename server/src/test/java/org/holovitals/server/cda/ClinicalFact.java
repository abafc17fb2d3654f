package org.holovitals.server.cda;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a resource says, in the form in which two converters can be compared.
 *
 * @param kind of resource; both of medication are one
 * @param codes all codes that it has, or its text
 * @param fields such as status and date
 */
record ClinicalFact(String kind, Set<String> codes, Map<String, String> fields) {
    private static final int DAY = "2020-01-02".length();
    private static final int MINUTE = "2020-01-02T03:04".length();
    private static final Map<String, String> CODES = Map.of(
            "Condition", "code",
            "AllergyIntolerance", "code",
            "MedicationStatement", "medicationCodeableConcept",
            "MedicationRequest", "medicationCodeableConcept",
            "Immunization", "vaccineCode",
            "Procedure", "code",
            "Encounter", "type",
            "Observation", "code",
            "FamilyMemberHistory", "relationship");

    /** Those of the kinds that both know; parts of an observation are facts of their own. */
    static List<ClinicalFact> of(List<JsonNode> resources) {
        List<ClinicalFact> facts = new ArrayList<>();
        for (JsonNode resource : resources) {
            String type = resource.path("resourceType").asText();
            if (type.equals("Observation") && resource.has("component")) {
                resource.path("component").forEach(part -> facts.add(observation(part, resource)));
            } else if (type.equals("Observation") && !resource.has("hasMember")) {
                facts.add(observation(resource, resource));
            } else if (CODES.containsKey(type) && !type.equals("Observation")) {
                facts.add(other(type, resource));
            }
        }
        return facts;
    }

    private static ClinicalFact observation(JsonNode part, JsonNode whole) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("status", whole.path("status").asText());
        fields.put("date", moment(whole, "effective"));
        fields.put("value", value(part));
        fields.put("interpretation", codes(part.path("interpretation")).toString());
        return new ClinicalFact("Observation", codes(part.path("code")), fields);
    }

    private static ClinicalFact other(String type, JsonNode resource) {
        Map<String, String> fields = new TreeMap<>();
        fields.put(
                "status",
                codes(resource.path("clinicalStatus")) + resource.path("status").asText());
        Set<String> verification = codes(resource.path("verificationStatus"));
        fields.put("verification", verification.contains("refuted") ? "refuted" : "");
        fields.put("date", date(resource));
        fields.put("end", moment(resource, "abatement"));
        fields.put("value", more(resource));
        return new ClinicalFact(
                type.replaceFirst("Medication.*", "Medication"),
                codes(resource.path(String.valueOf(CODES.get(type)))),
                fields);
    }

    private static String date(JsonNode resource) {
        return Stream.of("onset", "effective", "occurrence", "performed", "period")
                .map(name -> moment(resource, name))
                .filter(moment -> !moment.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** To the minute, if it has one: some write the seconds that were not said. */
    private static String moment(JsonNode resource, String name) {
        JsonNode period = resource.has(name + "Period") ? resource.path(name + "Period") : resource.path(name);
        String moment = Stream.of(
                        resource.path(name + "DateTime").asText(""),
                        period.path("start").asText(""),
                        period.path("end").asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return moment.length() > DAY ? minute(moment) : moment;
    }

    private static String minute(String moment) {
        try {
            return OffsetDateTime.parse(moment).toInstant().toString().substring(0, MINUTE);
        } catch (DateTimeParseException e) {
            return moment;
        }
    }

    /** Dose and route of a medication, reactions of an allergy. */
    private static String more(JsonNode resource) {
        JsonNode dosage = resource.has("dosage") ? resource.path("dosage") : resource.path("dosageInstruction");
        JsonNode first = dosage.path(0);
        JsonNode repeat = first.path("timing").path("repeat");
        Set<String> reactions = new TreeSet<>();
        resource.path("reaction").forEach(reaction -> reaction.path("manifestation")
                .forEach(manifestation -> reactions.addAll(codes(manifestation))));
        String dose = quantity(first.path("doseAndRate").path(0).path("doseQuantity"));
        return Stream.of(
                        dose,
                        codes(first.path("route")).toString(),
                        number(repeat.path("period"))
                                + repeat.path("periodUnit").asText(),
                        reactions.toString())
                .filter(text -> !text.isEmpty() && !text.equals("[]"))
                .reduce("", (all, text) -> all + " " + text);
    }

    private static String value(JsonNode part) {
        return Stream.of(
                        quantity(part.path("valueQuantity")),
                        String.join("+", codes(part.path("valueCodeableConcept"))),
                        part.path("valueString").asText(""),
                        number(part.path("valueInteger")),
                        quantity(part.path("valueRange").path("low")),
                        part.path("valueDateTime").asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String quantity(JsonNode quantity) {
        String number = number(quantity.path("value"));
        return number.isEmpty()
                ? ""
                : quantity.path("comparator").asText("") + number + " "
                        + quantity.path("unit").asText("");
    }

    private static String number(JsonNode number) {
        return number.isNumber() ? number.decimalValue().stripTrailingZeros().toPlainString() : "";
    }

    /** The codes of a concept or of several, or what they say. */
    private static Set<String> codes(JsonNode concepts) {
        Set<String> codes = new TreeSet<>();
        Stream.concat(Stream.of(concepts), elements(concepts)).forEach(concept -> {
            elements(concept.path("coding"))
                    .map(coding -> coding.path("code").asText(""))
                    .filter(code -> !code.isEmpty())
                    .forEach(codes::add);
            if (codes.isEmpty() && concept.has("text")) {
                codes.add(concept.path("text").asText().toLowerCase(Locale.ROOT));
            }
        });
        return codes;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        if (array.isArray()) {
            array.forEach(all::add);
        }
        return all.stream();
    }

    String code() {
        return String.join("+", codes);
    }

    /** Whether it is of the same thing. */
    boolean isAbout(ClinicalFact other) {
        return kind.equals(other.kind)
                && (codes.equals(other.codes) || codes.stream().anyMatch(other.codes::contains));
    }

    /** How many fields are the same, and first of all the date. */
    int likeness(ClinicalFact other) {
        int same = (int) fields.entrySet().stream()
                .filter(field -> Objects.equals(field.getValue(), other.fields.get(field.getKey())))
                .count();
        return same + (Objects.equals(fields.get("date"), other.fields.get("date")) ? fields.size() : 0);
    }
}
