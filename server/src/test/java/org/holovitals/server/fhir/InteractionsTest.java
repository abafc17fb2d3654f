package org.holovitals.server.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;

final class InteractionsTest extends ServerTest {
    private static final String SYSTEM = "urn:example:mrn";

    @Test
    void aResourceLivesThroughItsVersions() {
        IGenericClient client = client();
        Patient patient =
                (Patient) client.create().resource(patient()).execute().getResource();
        assertThat(UUID.fromString(patient.getIdPart())).isNotNull();
        patient.setActive(true);
        MethodOutcome updated = client.update().resource(patient).execute();
        assertThat(updated.getId().getVersionIdPart()).isEqualTo("2");
        client.delete().resource(patient).execute();
        assertThatThrownBy(() -> client.read()
                        .resource(Patient.class)
                        .withId(patient.getIdPart())
                        .execute())
                .isInstanceOf(ResourceGoneException.class);
        assertThat(client.read()
                        .resource(Patient.class)
                        .withIdAndVersion(patient.getIdPart(), "1")
                        .execute()
                        .getActive())
                .isFalse();
    }

    @Test
    void aResourceThatIsWrittenBackUnchangedKeepsItsVersion() {
        IGenericClient client = client();
        Patient read = client.read()
                .resource(Patient.class)
                .withId(client.create().resource(patient()).execute().getId().toUnqualifiedVersionless())
                .execute();
        assertThat(client.update().resource(read).execute().getId().getVersionIdPart())
                .isEqualTo("1");
        read.setMeta(null);
        assertThat(client.update().resource(read).execute().getId().getVersionIdPart())
                .isEqualTo("1");
        read.setActive(true);
        assertThat(client.update().resource(read).execute().getId().getVersionIdPart())
                .isEqualTo("2");
    }

    @Test
    void aTransactionResolvesItsOwnReferences() {
        Patient patient = patient();
        Bundle bundle = transaction();
        add(bundle, patient).setFullUrl("urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a");
        Observation observation = observation("urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a");
        add(bundle, observation);
        Bundle answer = client().transaction().withBundle(bundle).execute();
        String patientId = new IdType(answer.getEntryFirstRep().getResponse().getLocation())
                .toUnqualifiedVersionless()
                .getValue();
        Bundle found = client().search()
                .forResource(Observation.class)
                .where(Observation.PATIENT.hasId(patientId))
                .returnBundle(Bundle.class)
                .execute();
        assertThat(found.getEntry()).hasSize(1);
    }

    @Test
    void oneBadEntryRefusesTheWholeTransaction() {
        Patient patient = patient();
        Bundle bundle = transaction();
        add(bundle, patient);
        add(bundle, observation("Patient/none"));
        assertThatThrownBy(() -> client().transaction().withBundle(bundle).execute())
                .isInstanceOf(InvalidRequestException.class);
        assertThat(count(patient)).isZero();
    }

    @Test
    void duplicateConditionalCreatesInOneBundleAreNamed() {
        Patient patient = patient();
        Bundle bundle = transaction();
        String condition =
                "identifier=" + SYSTEM + "|" + patient.getIdentifierFirstRep().getValue();
        add(bundle, patient).getRequest().setIfNoneExist(condition);
        add(bundle, patient.copy().setActive(true)).getRequest().setIfNoneExist(condition);
        assertThatThrownBy(() -> client().transaction().withBundle(bundle).execute())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Bundle.entry(0) and Bundle.entry(1)");
    }

    @Test
    void aHugeDecimalKeepsItsDigits() {
        String digits = "0." + "1234567890".repeat(4);
        String body = "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
                + "\"valueQuantity\":{\"value\":" + digits + "}}";
        var created =
                post("/Observation", "application/fhir+json", body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(created.statusCode()).isEqualTo(201);
        String path = created.headers().firstValue("Location").orElseThrow().replace(base(), "");
        assertThat(get(path).body()).contains(digits);
    }

    @Test
    void theCapabilityStatementNamesUsCore() {
        CapabilityStatement statement =
                client().capabilities().ofType(CapabilityStatement.class).execute();
        assertThat(statement.getInstantiates().get(0).getValue())
                .isEqualTo("http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server");
        assertThat(statement.getRestFirstRep().getResource())
                .filteredOn(resource -> resource.getType().equals("CareTeam"))
                .singleElement()
                .satisfies(careTeam -> assertThat(careTeam.getSearchParam())
                        .extracting(parameter -> parameter.getName())
                        .contains("role", "patient", "status"));
    }

    @Test
    void theSearchesOfHapiWork() {
        IGenericClient client = client();
        Patient patient =
                (Patient) client.create().resource(patient()).execute().getResource();
        client.create().resource(observation("Patient/" + patient.getIdPart())).execute();
        for (String query : List.of(
                "Observation?patient.family=Test&subject=Patient/" + patient.getIdPart(),
                "Patient?_has:Observation:patient:status=final&_id=" + patient.getIdPart(),
                "Patient?_filter=family%20eq%20%22Test%22&_id=" + patient.getIdPart(),
                "Patient?_id=" + patient.getIdPart() + "&_revinclude=Observation:patient",
                "Patient/" + patient.getIdPart() + "/$everything",
                "Patient/" + patient.getIdPart() + "/_history")) {
            Bundle found = client.search()
                    .byUrl(base() + "/" + query)
                    .returnBundle(Bundle.class)
                    .execute();
            assertThat(found.getEntry()).as(query).isNotEmpty();
        }
        assertThat(get("/Patient/" + patient.getIdPart() + "/$summary").body()).contains("\"type\":\"document\"");
    }

    @Test
    void theOldJsonMediaTypeIsAccepted() {
        var answer = send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(base() + "/metadata"))
                .header("Accept", "application/json+fhir"));
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json+fhir");
    }

    private int count(Patient patient) {
        return client().search()
                .forResource(Patient.class)
                .where(Patient.IDENTIFIER
                        .exactly()
                        .identifier(patient.getIdentifierFirstRep().getValue()))
                .returnBundle(Bundle.class)
                .execute()
                .getEntry()
                .size();
    }

    private static Patient patient() {
        Patient patient = new Patient();
        patient.addIdentifier().setSystem(SYSTEM).setValue(UUID.randomUUID().toString());
        patient.addName().setFamily("Test").addGiven("Ada");
        return patient;
    }

    private static Observation observation(String subject) {
        Observation observation = new Observation();
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.getCode().setText("test");
        observation.setSubject(new Reference(subject));
        return observation;
    }

    private static Bundle transaction() {
        return new Bundle().setType(Bundle.BundleType.TRANSACTION);
    }

    private static Bundle.BundleEntryComponent add(Bundle bundle, org.hl7.fhir.r4.model.Resource resource) {
        Bundle.BundleEntryComponent entry = bundle.addEntry().setResource(resource);
        entry.getRequest().setMethod(Bundle.HTTPVerb.POST).setUrl(resource.fhirType());
        return entry;
    }
}
