package org.holovitals.server.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** HAPI's jobs that pass none of the hooks by which the rows are kept. */
final class JobsTest extends ServerTest {
    private final JdbcClient jdbc;

    @Autowired
    JobsTest(Login login) {
        this.jdbc = asOwner(login);
    }

    @Test
    void aDeleteExpungeTakesTheRowsOfWhatItDeletesAndNoOthers() {
        String mrn = UUID.randomUUID().toString();
        IdType gone = condition(mrn);
        IdType stays = condition(UUID.randomUUID().toString());

        start("/$delete-expunge", "{\"name\":\"url\",\"valueString\":\"Condition?identifier=urn:jobs|" + mrn + "\"}");

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> rows(gone).isEmpty());
        assertThat(jdbc.sql("select count(*) from fhir.hfj_resource where fhir_id = :id")
                        .param("id", gone.getIdPart())
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(rows(stays)).hasSize(1);
    }

    @Test
    void aReindexChangesNoRow() {
        IdType id = condition(UUID.randomUUID().toString());
        List<Map<String, Object>> before = rows(id);

        String job = start("/$reindex", "{\"name\":\"url\",\"valueString\":\"Condition?_id=" + id.getIdPart() + "\"}");

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> jdbc.sql(
                        "select stat from fhir.bt2_job_instance where id = :job")
                .param("job", job)
                .query(String.class)
                .single()
                .equals("COMPLETED"));
        assertThat(rows(id)).isEqualTo(before).hasSize(1);
    }

    /** The id of the job. */
    private String start(String operation, String parameter) {
        HttpResponse<String> answer = post(
                operation,
                "application/fhir+json",
                ("{\"resourceType\":\"Parameters\",\"parameter\":[" + parameter + "]}").getBytes(UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body().replaceAll("(?s).*?([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}).*", "$1");
    }

    private IdType condition(String mrn) {
        IdType patient = (IdType) client().create()
                .resource(new Patient().setActive(true))
                .execute()
                .getId();
        Condition condition = new Condition().setSubject(new Reference(patient.toUnqualifiedVersionless()));
        condition.addIdentifier().setSystem("urn:jobs").setValue(mrn);
        condition.setCode(new CodeableConcept().setText("Gout"));
        return (IdType) client().create().resource(condition).execute().getId();
    }

    private List<Map<String, Object>> rows(IdType id) {
        return jdbc.sql("select * from holovitals.patient_diagnoses where fhir_id = :id")
                .param("id", id.getIdPart())
                .query()
                .listOfRows();
    }
}
