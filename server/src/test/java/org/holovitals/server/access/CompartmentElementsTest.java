package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.Sample;
import org.holovitals.server.stored.ResourceLine;
import org.holovitals.server.stored.StoredResource;
import org.junit.jupiter.api.Test;

/** Whose a resource is, told from its JSON and from HAPI's model of it. */
final class CompartmentElementsTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private final Compartments compartments = new Compartments(FHIR);

    @Test
    void theElementsOfEveryTypeAreKnown() {
        assertThat(FHIR.getResourceTypes())
                .filteredOn(type -> compartments.elements(type).isEmpty())
                .isEmpty();
    }

    @Test
    void theSampleBelongsToTheSamePatientsByBoth() throws IOException {
        List<Resource> resources = new ArrayList<>();
        for (Path file : Sample.files()) {
            String json = Sample.text(file).replace("urn:uuid:", "Patient/");
            FHIR.newJsonParser().parseResource(Bundle.class, json).getEntry().stream()
                    .map(Bundle.BundleEntryComponent::getResource)
                    .forEach(resources::add);
        }
        assertThat(resources).hasSizeGreaterThan(1000).allSatisfy(this::isTheSame);
    }

    @Test
    void otherRolesAndContainedPatientsAreToldApart() {
        Observation watched = new Observation().addFocus(new Reference("Patient/focus"));
        watched.addPerformer(new Reference("Patient/performer"))
                .setSubject(new Reference("Patient/subject/_history/2"));
        watched.addPerformer(new Reference("http://elsewhere.org/Patient/far"));
        watched.addPerformer(new Reference("Practitioner/1"));
        isTheSame(watched);
        Appointment appointment = new Appointment();
        appointment.addParticipant().setActor(new Reference("Patient/one"));
        appointment.addParticipant().setActor(new Reference("Patient/two"));
        isTheSame(appointment);
        Claim claim = new Claim().setPatient(new Reference("Patient/one"));
        claim.getPayee().setParty(new Reference("Patient/two"));
        isTheSame(claim);
        isTheSame(new Provenance().addTarget(new Reference("Patient/one")));
        Observation contained = new Observation();
        contained.addContained(
                new Observation().setSubject(new Reference("Patient/inner")).setId("inner"));
        contained.addContained(new Patient().setId("person"));
        contained.addHasMember(new Reference("#inner")).setSubject(new Reference("#person"));
        isTheSame(contained);
    }

    private void isTheSame(Resource resource) {
        String type = resource.fhirType();
        String id = resource.hasId() ? resource.getIdElement().getIdPart() : "id";
        resource.setId(id);
        String json = FHIR.newJsonParser().encodeResourceToString(resource);
        try {
            assertThat(compartments.owners(
                            type,
                            id,
                            ResourceLine.of(new StoredResource(type, id, 1, Instant.EPOCH, null, json))
                                    .references()))
                    .as(type + " " + id)
                    .isEqualTo(compartments.owners(resource));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
