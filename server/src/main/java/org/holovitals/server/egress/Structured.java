package org.holovitals.server.egress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A resource as codes, values, units and dates. What somebody wrote in words is left out, and so is all that is not known to
 * be no words: narratives, notes, names, references, identifiers, extensions.
 */
final class Structured {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final JsonMapper JSON = new JsonMapper();

    /** Code systems that everybody names the same; of others the code alone says nothing. */
    private static final Map<String, String> SYSTEMS = Map.of(
            "http://loinc.org", "LOINC",
            "http://snomed.info/sct", "SNOMED CT",
            "http://www.nlm.nih.gov/research/umls/rxnorm", "RxNorm",
            "http://hl7.org/fhir/sid/icd-10-cm", "ICD-10-CM",
            "http://hl7.org/fhir/sid/icd-10", "ICD-10",
            "http://hl7.org/fhir/sid/cvx", "CVX",
            "http://unitsofmeasure.org", "UCUM");

    /** Elements of closed sets of codes. */
    private static final Set<String> CODES =
            Set.of("status", "intent", "priority", "criticality", "severity", "comparator");

    /** Elements that lead to codes, values and dates. */
    private static final Set<String> BRANCHES = set("""
            code valueCodeableConcept valueQuantity valueRange valueRatio low high numerator denominator
            component interpretation referenceRange clinicalStatus verificationStatus severity category
            medicationCodeableConcept vaccineCode relationship condition onsetAge reaction manifestation
            substance reasonCode doseAndRate doseQuantity dosageInstruction dosage timing repeat type class
            period performedPeriod effectivePeriod onsetPeriod protocolApplied targetDisease bodySite route
            method outcome statusReason
            """);

    private static final Set<String> DATES = set("""
            effectiveDateTime effectiveInstant issued onsetDateTime abatementDateTime recordedDate authoredOn
            occurrenceDateTime performedDateTime start end date created dateAsserted lastOccurrence onset
            """);

    private static final Set<String> NUMBERS = set("""
            value valueInteger valueBoolean doseNumberPositiveInt frequency period count rank
            """);

    private static final Set<String> UNITS = Set.of("unit", "periodUnit");
    private static final int LONGEST_UNIT = 20;

    private Structured() {}

    private static Set<String> set(String list) {
        return SPACE.splitAsStream(list.strip()).collect(Collectors.toUnmodifiableSet());
    }

    /** Such as {@code Observation status final; code Ferritin (LOINC 2276-4); effectiveDateTime 2019-04-01; …}. */
    static String of(String type, String json) {
        List<String> said = new ArrayList<>();
        try {
            walk("", JSON.readTree(json), said);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("only JSON is stored", e);
        }
        return type + " " + String.join("; ", said);
    }

    private static void walk(String name, JsonNode node, List<String> said) {
        if (node.isArray()) {
            node.forEach(each -> walk(name, each, said));
        } else if (node.has("coding")) {
            node.path("coding").forEach(coding -> coding(name, coding, said));
        } else if (node.has("code") && node.path("code").isTextual() && node.has("system") && !node.has("value")) {
            coding(name, node, said);
        } else if (node.isObject()) {
            quantity(name, node, said);
            node.properties().forEach(field -> field(name, field.getKey(), field.getValue(), said));
        }
    }

    private static void field(String parent, String name, JsonNode value, List<String> said) {
        boolean isQuantity = value.isValueNode() && (name.equals("value") || UNITS.contains(name));
        if (isQuantity) {
            return;
        }
        if (value.isTextual() && CODES.contains(name)) {
            said.add(words(name) + " " + code(value.asText()));
        } else if (value.isTextual() && DATES.contains(name)) {
            said.add(words(parent.isEmpty() ? name : parent + " " + name) + " " + date(value.asText()));
        } else if ((value.isNumber() || value.isBoolean()) && NUMBERS.contains(name)) {
            said.add(words(name) + " " + value.asText());
        } else if (value.isContainerNode() && BRANCHES.contains(name)) {
            walk(name, value, said);
        }
    }

    private static void quantity(String name, JsonNode node, List<String> said) {
        if (node.path("value").isNumber()) {
            String unit = node.path("unit").asText(node.path("code").asText(""));
            boolean isUnit = unit.length() <= LONGEST_UNIT;
            said.add((words(name) + " " + code(node.path("comparator").asText(""))
                            + node.path("value").asText() + (isUnit ? " " + unit : ""))
                    .strip());
        }
    }

    private static void coding(String name, JsonNode coding, List<String> said) {
        String system = SYSTEMS.get(coding.path("system").asText());
        String display = coding.path("display").asText("");
        String code = coding.path("code").asText("");
        if (system != null) {
            said.add(words(name) + " " + (display.isEmpty() ? "" : display + " ") + "(" + system + " " + code(code)
                    + ")");
        } else if (coding.path("system").asText().startsWith("http://terminology.hl7.org/")) {
            said.add(words(name) + " " + code(code));
        }
    }

    /** What is no code is not said. */
    private static String code(String text) {
        return text.matches("[A-Za-z0-9./%<>=+-]{0,40}") ? text : Masking.MASK;
    }

    private static String date(String text) {
        return text.matches("\\d{4}(-\\d{2}(-\\d{2}(T[0-9:.+Z-]*)?)?)?")
                ? (text.length() == 4 ? "in " + text : text)
                : Masking.MASK;
    }

    private static String words(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
