package org.holovitals.server.leaks;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.leaks.FhirHttp.Answer;

/** Makes the resources to look for, and takes them away. */
final class Canaries {
    private final FhirContext fhir;
    private final FhirHttp http;
    private final String service;
    private final CanaryResource resources;

    Canaries(FhirContext fhir, FhirHttp http, String service) {
        this.fhir = fhir;
        this.http = http;
        this.service = service;
        this.resources = new CanaryResource(fhir);
    }

    /** One of each type that the server takes. */
    Canary of(String patient, List<String> types) {
        String marker = "canary" + UUID.randomUUID().toString().replace("-", "");
        Set<String> identifiers = identifiers(patient);
        Map<String, String> ids = new TreeMap<>();
        for (String type : types) {
            Answer answer = http.send(service, Probe.send("POST", type, resources.of(type, patient, marker, "")));
            if (answer.isSuccess()) {
                ids.put(type, idOf(answer.location(), type));
            }
        }
        return new Canary(patient, marker, identifiers, Map.copyOf(ids), false);
    }

    private Set<String> identifiers(String patient) {
        Answer answer = http.send(service, Probe.get("Patient/" + patient));
        if (!answer.isSuccess()) {
            throw new IllegalStateException("The patient " + patient + " cannot be read: status " + answer.status());
        }
        return fhir.newJsonParser().parseResource(Patient.class, answer.body()).getIdentifier().stream()
                .map(Identifier::getValue)
                .filter(value -> value != null && value.length() > 5)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String idOf(String location, String type) {
        String rest = location.substring(location.lastIndexOf("/" + type + "/") + type.length() + 2);
        return rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
    }

    /** What is not as it was made. */
    List<String> changed(Canary canary) {
        return canary.ids().entrySet().stream()
                .map(resource -> resource.getKey() + "/" + resource.getValue())
                .filter(path -> !isFirstVersion(http.send(service, Probe.get(path))))
                .toList();
    }

    private boolean isFirstVersion(Answer answer) {
        return answer.isSuccess()
                && fhir.newJsonParser()
                        .parseResource(answer.body())
                        .getMeta()
                        .getVersionId()
                        .equals("1");
    }

    void remove(Canary canary) {
        canary.ids().forEach((type, id) -> http.send(service, new Probe("DELETE", type + "/" + id, null, null, false)));
    }
}
