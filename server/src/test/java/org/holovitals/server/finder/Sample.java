package org.holovitals.server.finder;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;

/**
 * A patient of the sample as a record of its own: what bills and organizes is left out, and so are identifiers, by which
 * other tests' copies would be met. A resource is named as in the sample's files.
 */
public final class Sample {
    private static final Set<String> KEPT = Set.of(
            "Patient",
            "Encounter",
            "Condition",
            "Observation",
            "Procedure",
            "Immunization",
            "AllergyIntolerance",
            "MedicationRequest",
            "Medication",
            "DiagnosticReport",
            "DocumentReference");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Map<String, Sample> SHARED = new ConcurrentHashMap<>();

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, JsonNode> written = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private final String patient;

    private Sample(IGenericClient client, String name, String familyName) throws IOException {
        ObjectNode bundle =
                JSON.createObjectNode().put("resourceType", "Bundle").put("type", "transaction");
        ArrayNode entries = bundle.putArray("entry");
        String subject = "urn:uuid:" + UUID.randomUUID();
        for (JsonNode entry : read("3-patient-" + name + ".json.gz", true).path("entry")) {
            if (KEPT.contains(entry.path("resource").path("resourceType").asText())) {
                boolean isPatient =
                        entry.path("resource").path("resourceType").asText().equals("Patient");
                add(
                        entries,
                        entry,
                        isPatient ? entry.path("fullUrl").asText() : "",
                        entry.path("resource").path("id").asText());
                subject = isPatient ? entry.path("fullUrl").asText() : subject;
            }
        }
        for (JsonNode entry :
                read("4-family-history-goals-coverage.json", false).path("entry")) {
            JsonNode resource = entry.path("resource");
            if (resource.path("resourceType").asText().equals("FamilyMemberHistory")
                    && resource.path("patient").path("display").asText().startsWith(familyName)) {
                ((ObjectNode) resource.path("patient")).put("reference", subject);
                add(
                        entries,
                        entry,
                        "",
                        resource.path("identifier").path(0).path("value").asText());
            }
        }
        Bundle answer = client.transaction()
                .withBundle(FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, bundle.toString()))
                .execute();
        String found = "";
        for (int i = 0; i < entries.size(); i++) {
            IdType id = new IdType(answer.getEntry().get(i).getResponse().getLocation());
            names.put(id.getResourceType() + "/" + id.getIdPart(), order.get(i));
            found = id.getResourceType().equals("Patient") ? id.getIdPart() : found;
        }
        patient = found;
    }

    /** Rafael or Imelda, stored once for all tests of a process. */
    public static Sample shared(IGenericClient client, String name) {
        return SHARED.computeIfAbsent(name, key -> store(client, key, key.equals("rafael") ? "Rafael" : "Imelda"));
    }

    /** Stores it. */
    public static Sample store(IGenericClient client, String name, String familyName) {
        try {
            return new Sample(client, name, familyName);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void add(ArrayNode entries, JsonNode entry, String fullUrl, String name) {
        ObjectNode resource = ((ObjectNode) entry.path("resource")).deepCopy();
        resource.remove("identifier");
        resource.remove("id");
        withoutConditionalReferences(resource);
        written.put(name, resource);
        order.add(name);
        ObjectNode added = entries.addObject();
        added.put("fullUrl", fullUrl.isEmpty() ? entry.path("fullUrl").asText() : fullUrl);
        added.set("resource", resource);
        added.putObject("request")
                .put("method", "POST")
                .put("url", resource.path("resourceType").asText());
    }

    /** Of attachments the words do not matter here, and the organizations are not there. */
    private static void withoutConditionalReferences(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("reference").asText().contains("?")) {
                object.remove("reference");
            }
            if (object.has("contentType") && object.has("data")) {
                object.put("data", "bm90ZQ==");
            }
        }
        node.forEach(Sample::withoutConditionalReferences);
    }

    private static JsonNode read(String name, boolean isZipped) throws IOException {
        try (InputStream file = Objects.requireNonNull(Sample.class.getResourceAsStream("/sample/" + name), name)) {
            return JSON.readTree(isZipped ? new GZIPInputStream(file) : file);
        }
    }

    /** FHIR id of the Patient. */
    public String patient() {
        return patient;
    }

    /** What a stored resource is called in the sample. */
    public String name(String reference) {
        return names.getOrDefault(reference, "of nobody");
    }

    /** Whether a value stands anywhere in a resource of the sample. */
    boolean has(String name, String value) {
        JsonNode resource = written.get(name);
        return resource != null && has(resource, value);
    }

    private static boolean has(JsonNode node, String value) {
        if (node.isValueNode()) {
            return node.isNumber() ? isSameNumber(node, value) : node.asText().equals(value);
        }
        for (JsonNode child : node) {
            if (has(child, value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSameNumber(JsonNode node, String value) {
        try {
            return node.decimalValue().compareTo(new java.math.BigDecimal(value)) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static ObjectMapper json() {
        return JSON;
    }
}
