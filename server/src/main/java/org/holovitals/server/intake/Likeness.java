package org.holovitals.server.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.holovitals.server.base.Sha1;
import org.holovitals.server.base.Sha256;

/**
 * By what a resource is known again: its identifiers, the fact that it states, and all of its content. Two of them are like each
 * other when they share any of these.
 *
 * @param identifiers system and value of each
 * @param facts code, time and value of what it states, once for each of its codes; none where it states nothing like that
 * @param moments code and exact time of an observation, which can have one value only
 * @param print SHA-256 of its content without id, meta, narrative and references
 */
record Likeness(Set<String> identifiers, Set<String> facts, Set<String> moments, String print) {
    private static final Set<String> OUTSIDE = Set.of("id", "meta", "text", "implicitRules");
    private static final Set<String> OF_FILES = Set.of("contentType", "data", "hash", "size", "url");
    private static final Set<String> OF_REFERENCES = Set.of("reference", "type", "identifier", "display");

    static Likeness of(ObjectNode resource) {
        return new Likeness(
                identifiers(resource), facts(resource), moments(resource), Sha256.hex(canonical(resource, true)));
    }

    /** Whether both are about the same code, or say of none what they are about. */
    boolean isAbout(Likeness other) {
        return facts.isEmpty()
                || other.facts.isEmpty()
                || facts.stream().anyMatch(fact -> other.facts.stream()
                        .anyMatch(theirs -> subject(fact).equals(subject(theirs))));
    }

    /** Type and code of a fact. */
    private static String subject(String fact) {
        return fact.substring(0, fact.indexOf('|', fact.indexOf('|') + 1));
    }

    private static Set<String> identifiers(ObjectNode resource) {
        return elements(resource.path("identifier"))
                .filter(identifier -> identifier.path("value").isTextual())
                .map(identifier ->
                        type(resource) + "|" + identifier.path("system").asText() + "|"
                                + identifier.path("value").asText())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> facts(ObjectNode resource) {
        return switch (type(resource)) {
            case "Observation" ->
                facts(
                        resource,
                        resource.path("code"),
                        begin(resource, "effective"),
                        value(resource) + components(resource));
            case "Condition" -> facts(resource, resource.path("code"), begin(resource, "onset", "recordedDate"), "");
            case "AllergyIntolerance" -> facts(resource, resource.path("code"), "", "");
            case "MedicationRequest" -> facts(resource, medication(resource), begin(resource, "authoredOn"), "");
            case "MedicationStatement", "MedicationAdministration" ->
                facts(resource, medication(resource), begin(resource, "effective", "dateAsserted"), "");
            case "MedicationDispense" ->
                facts(resource, medication(resource), begin(resource, "whenHandedOver", "whenPrepared"), "");
            case "Procedure" -> facts(resource, resource.path("code"), begin(resource, "performed"), "");
            case "Immunization" -> facts(resource, resource.path("vaccineCode"), begin(resource, "occurrence"), "");
            case "DiagnosticReport" ->
                facts(resource, resource.path("code"), begin(resource, "effective", "issued"), "");
            case "FamilyMemberHistory" ->
                facts(
                        resource,
                        resource.path("relationship"),
                        resource.path("name").asText(),
                        elements(resource.path("condition"))
                                .map(condition -> codes(condition.path("code")).toString())
                                .sorted()
                                .collect(Collectors.joining(",")));
            case "Encounter" ->
                facts(
                        resource,
                        resource.path("type").path(0),
                        begin(resource, "period"),
                        resource.path("class").path("code").asText());
            default -> Set.of();
        };
    }

    private static Set<String> facts(ObjectNode resource, JsonNode concept, String when, String what) {
        boolean needsTime =
                Set.of("Observation", "Encounter", "DiagnosticReport").contains(type(resource));
        if (needsTime && when.isEmpty()) {
            return Set.of();
        }
        return codes(concept).stream()
                .map(code -> String.join("|", type(resource), code, when, what))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> moments(ObjectNode resource) {
        String when = begin(resource, "effective");
        return type(resource).equals("Observation") && when.contains("T")
                ? codes(resource.path("code")).stream()
                        .map(code -> code + "|" + when)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static String type(ObjectNode resource) {
        return resource.path("resourceType").asText();
    }

    /** The code of a medication, also of one that is within the resource. */
    private static JsonNode medication(ObjectNode resource) {
        String inside = resource.path("medicationReference").path("reference").asText();
        return elements(resource.path("contained"))
                .filter(contained -> inside.equals("#" + contained.path("id").asText()))
                .findFirst()
                .map(contained -> contained.path("code"))
                .orElseGet(() -> resource.path("medicationCodeableConcept"));
    }

    private static Set<String> codes(JsonNode concept) {
        Set<String> codes = elements(concept.path("coding"))
                .filter(coding -> coding.path("code").isTextual())
                .map(coding -> coding.path("system").asText() + "#"
                        + coding.path("code").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        if (codes.isEmpty() && concept.path("text").isTextual()) {
            codes.add(concept.path("text").asText().trim().toLowerCase(Locale.ROOT));
        }
        return codes;
    }

    /** The first of some elements that is there, of whatever type; an exact time in one zone. */
    private static String begin(ObjectNode resource, String... names) {
        return Stream.of(names)
                .flatMap(name -> fields(
                        resource,
                        field -> field.equals(name)
                                || (field.startsWith(name)
                                        && field.matches(".*(DateTime|Instant|Period|String|Age|Range)"))))
                .map(node -> node.isObject() ? node.path("start").asText(canonical(node, false)) : node.asText())
                .findFirst()
                .map(Likeness::instant)
                .orElse("");
    }

    private static Stream<JsonNode> fields(ObjectNode resource, Predicate<String> name) {
        return resource.properties().stream()
                .filter(field -> name.test(field.getKey()))
                .map(java.util.Map.Entry::getValue);
    }

    private static String instant(String time) {
        try {
            return time.contains("T") ? OffsetDateTime.parse(time).toInstant().toString() : time;
        } catch (DateTimeException e) {
            return time;
        }
    }

    private static String value(JsonNode observation) {
        return observation.properties().stream()
                .filter(field -> field.getKey().startsWith("value"))
                .map(field -> value(field.getKey(), field.getValue()))
                .collect(Collectors.joining());
    }

    private static String value(String name, JsonNode value) {
        return switch (name) {
            case "valueQuantity" ->
                number(value.path("value")) + " "
                        + value.path("code").asText(value.path("unit").asText());
            case "valueCodeableConcept" -> codes(value).toString();
            default -> canonical(value, false);
        };
    }

    private static String components(JsonNode observation) {
        return elements(observation.path("component"))
                .map(component -> codes(component.path("code")) + "=" + value(component))
                .sorted()
                .collect(Collectors.joining(";"));
    }

    private static String number(JsonNode value) {
        return value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.asText();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** In one order; what only says where something else is stands for itself. */
    private static String canonical(JsonNode node, boolean isResource) {
        if (node instanceof ObjectNode object) {
            return isReference(object) ? "reference" : canonical(object, isResource);
        } else if (node instanceof ArrayNode) {
            List<String> parts =
                    elements(node).map(element -> canonical(element, false)).toList();
            return parts.toString();
        }
        return node.isNumber() ? number(node) : node.toString();
    }

    private static String canonical(ObjectNode object, boolean isResource) {
        TreeMap<String, String> fields = new TreeMap<>();
        String file = file(object);
        object.properties().stream()
                .filter(field -> !isResource || !OUTSIDE.contains(field.getKey()))
                .filter(field -> file.isEmpty() || !OF_FILES.contains(field.getKey()))
                .forEach(field -> fields.put(field.getKey(), canonical(field.getValue(), false)));
        if (!file.isEmpty()) {
            fields.put("hash", file);
        }
        return fields.toString();
    }

    /** The hash of an attachment's file, which is inside of it in a file and in a Binary of its own in the record. */
    private static String file(ObjectNode attachment) {
        if (attachment.path("data").isTextual()) {
            try {
                byte[] file =
                        Base64.getMimeDecoder().decode(attachment.path("data").asText());
                return Base64.getEncoder().encodeToString(Sha1.digest().digest(file));
            } catch (IllegalArgumentException e) {
                return "";
            }
        }
        boolean isKept = attachment.path("url").asText().startsWith("Binary/");
        return isKept ? attachment.path("hash").asText() : "";
    }

    private static boolean isReference(ObjectNode object) {
        boolean isOnly = object.properties().stream().allMatch(field -> OF_REFERENCES.contains(field.getKey()));
        return isOnly && (object.has("reference") || object.path("identifier").isObject());
    }
}
