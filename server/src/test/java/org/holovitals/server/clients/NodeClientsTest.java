package org.holovitals.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.Test;

/** fhirclient and fhir-kit-client from npm, with a patient's token. */
final class NodeClientsTest extends ServerTest {

    @Test
    void theClientsReadSearchPageWriteAndOperate() throws IOException, InterruptedException {
        Path folder = NodeModules.ready();
        String patient = patientWithObservations(5);
        String output = NodeModules.run(
                folder,
                List.of("node", "clients.cjs", base(), TestIssuer.patient(patient, "patient/*.cruds"), patient));
        assertThat(output).as("output").startsWith("{");
        JsonNode answer = new ObjectMapper().readTree(output);
        assertThat(answer.path("fhirclient")).hasToString(json("""
                        {'read':'%1$s','pages':5,'resolved':'%1$s','version':'2','patched':'corrected','gone':404}""".formatted(patient)));
        assertThat(answer.path("kit")).hasToString(json("""
                        {'version':'4.0.1','token':'%s/token','first':2,'next':2,'posted':5,'updated':'2',\
                        'patched':'corrected','versions':3,'batch':'200 OK','everything':7,'unknown':404}""".formatted(TestIssuer.name())));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private String patientWithObservations(int count) {
        String id = client().create()
                .resource(new Patient().setActive(true))
                .execute()
                .getId()
                .getIdPart();
        for (int i = 0; i < count; i++) {
            client().create()
                    .resource(new Observation()
                            .setStatus(Observation.ObservationStatus.FINAL)
                            .setCode(new CodeableConcept().setText("pulse"))
                            .setSubject(new Reference("Patient/" + id)))
                    .execute();
        }
        return id;
    }
}
