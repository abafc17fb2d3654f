package org.holovitals.server.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.model.ExpungeOptions;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.FamilyMemberHistory;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.mappings.Mappings;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

final class RowProjectorTest extends ServerTest {
    private final JdbcClient jdbc;
    private final DaoRegistry daos;
    private IdType patient = new IdType();

    @Autowired
    RowProjectorTest(Login login, DaoRegistry daos) {
        this.jdbc = asOwner(login);
        this.daos = daos;
    }

    @BeforeEach
    void aPatient() {
        Patient person = new Patient();
        person.addName().setFamily("Rowe").addGiven("Ada").addGiven("May");
        person.setBirthDateElement(new org.hl7.fhir.r4.model.DateType("1990-05"));
        patient = create(person);
    }

    @Test
    void everyMappedColumnStandsInItsTable() {
        Mappings.columnsByTable().forEach((table, columns) -> assertThat(new HashSet<>(
                        jdbc.sql("""
                                        select column_name from information_schema.columns
                                        where table_schema = 'holovitals' and table_name = :table
                                        """).param("table", table).query(String.class).list()))
                .as(table)
                .containsAll(columns));
    }

    @Test
    void aPatientHasARowAndARepository() {
        assertThat(row("select * from holovitals.patients where fhir_id = :id", patient))
                .containsEntry("first_name", "Ada May")
                .containsEntry("last_name", "Rowe")
                .containsEntry("date_of_birth", "1990-05")
                .containsEntry("date_of_birth_precision", "month");
        assertThat(jdbc.sql("""
                                select count(*) from holovitals.patient_repositories r
                                join holovitals.patients p on p.id = r.patient_id where p.fhir_id = :id
                                """)
                        .param("id", patient.getIdPart())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aConditionFollowsItsResourceThroughUpdateDeleteAndUndelete() {
        IdType id = create(condition());
        assertThat(diagnosis(id)).containsEntry("code", "44054006").containsEntry("onset", "2019-05");
        Condition changed = condition();
        changed.setId(id.toUnqualifiedVersionless());
        changed.getCode().getCodingFirstRep().setCode("73211009");
        client().update().resource(changed).execute();
        assertThat(diagnosis(id)).containsEntry("code", "73211009").containsEntry("fhir_version", 2L);
        client().delete().resourceById(id.toUnqualifiedVersionless()).execute();
        assertThat(rows("patient_diagnoses", id)).isZero();
        Long version = client().update().resource(changed).execute().getId().getVersionIdPartAsLong();
        assertThat(diagnosis(id)).containsEntry("fhir_version", version);
    }

    @Test
    void aPatchAndAConditionalDeleteReachTheRows() {
        Condition condition = condition();
        String mrn = UUID.randomUUID().toString();
        condition.addIdentifier().setSystem("urn:c").setValue(mrn);
        IdType id = create(condition);
        var patched = send(HttpRequest.newBuilder(URI.create(base() + "/Condition/" + id.getIdPart()))
                .header("Content-Type", "application/json-patch+json")
                .method(
                        "PATCH",
                        HttpRequest.BodyPublishers.ofString(
                                "[{\"op\":\"add\",\"path\":\"/note\",\"value\":[{\"text\":\"seen\"}]}]")));
        assertThat(patched.statusCode()).isEqualTo(200);
        assertThat(diagnosis(id)).containsEntry("notes", "seen");
        client().delete()
                .resourceConditionalByUrl("Condition?identifier=urn:c|" + mrn)
                .execute();
        assertThat(rows("patient_diagnoses", id)).isZero();
    }

    @Test
    void anObservationMovesBetweenTablesWithItsCategory() {
        Observation observation = heartRate();
        IdType id = create(observation);
        assertThat(row("select * from holovitals.patient_vital_signs where fhir_id = :id", id))
                .containsEntry("value_text", "72.0");
        observation.setId(id.toUnqualifiedVersionless());
        observation.getCategoryFirstRep().getCodingFirstRep().setCode("laboratory");
        client().update().resource(observation).execute();
        assertThat(rows("patient_vital_signs", id)).isZero();
        assertThat(rows("patient_results", id)).isEqualTo(1);
    }

    @Test
    void whatANewVersionDoesNotSayAnyMoreIsGone() {
        FamilyMemberHistory history = new FamilyMemberHistory();
        history.setStatus(FamilyMemberHistory.FamilyHistoryStatus.COMPLETED);
        history.getRelationship().setText("mother");
        history.setPatient(new Reference(patient.toUnqualifiedVersionless()));
        history.addCondition().getCode().setText("asthma");
        history.addCondition().getCode().setText("gout");
        IdType id = create(history);
        assertThat(rows("patient_family_history", id)).isEqualTo(2);
        history.setId(id.toUnqualifiedVersionless());
        history.getCondition().remove(1);
        client().update().resource(history).execute();
        assertThat(rows("patient_family_history", id)).isEqualTo(1);
    }

    @Test
    void aCareTeamThatIsAnothersLeavesTheFirstPatientsRecord() {
        CareTeam team = new CareTeam();
        team.setSubject(new Reference(patient.toUnqualifiedVersionless()));
        IdType id = create(team);
        IdType another = create(new Patient());
        team.setId(id.toUnqualifiedVersionless());
        team.setSubject(new Reference(another.toUnqualifiedVersionless()));
        client().update().resource(team).execute();
        assertThat(row("""
                        select p.fhir_id from holovitals.patient_resources t
                        join holovitals.patient_repositories r on r.id = t.repository_id
                        join holovitals.patients p on p.id = r.patient_id where t.fhir_id = :id
                        """, id)).containsEntry("fhir_id", another.getIdPart());
    }

    @Test
    void aRefusedTransactionLeavesNoRow() {
        Condition good = condition();
        String mrn = UUID.randomUUID().toString();
        good.setId(mrn);
        Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        bundle.addEntry()
                .setResource(good)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PUT)
                .setUrl("Condition/" + mrn);
        Condition bad = condition().setSubject(new Reference("Patient/none"));
        bundle.addEntry()
                .setResource(bad)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("Condition");
        assertThatThrownBy(() -> client().transaction().withBundle(bundle).execute())
                .isInstanceOf(InvalidRequestException.class);
        assertThat(rows("patient_diagnoses", new IdType("Condition", mrn))).isZero();
    }

    @Test
    void aMedicationRowChangesWithItsMedication() {
        Medication medication = new Medication();
        medication.getCode().setText("Aspirin 100 mg");
        IdType medicationId = create(medication);
        MedicationRequest request = new MedicationRequest();
        request.setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE);
        request.setIntent(MedicationRequest.MedicationRequestIntent.ORDER);
        request.setSubject(subject());
        request.setMedication(new Reference(medicationId.toUnqualifiedVersionless()));
        IdType id = create(request);
        assertThat(row("select * from holovitals.patient_medications where fhir_id = :id", id))
                .containsEntry("name", "Aspirin 100 mg");
        medication.setId(medicationId.toUnqualifiedVersionless());
        medication.getCode().setText("Aspirin 75 mg");
        client().update().resource(medication).execute();
        assertThat(row("select * from holovitals.patient_medications where fhir_id = :id", id))
                .containsEntry("name", "Aspirin 75 mg");
    }

    @Test
    void anExpungeTakesTheRowsAlong() {
        IdType id = create(condition());
        client().delete().resourceById(id.toUnqualifiedVersionless()).execute();
        create(condition());
        daos.getResourceDao("Condition")
                .expunge(
                        id.toUnqualifiedVersionless(),
                        new ExpungeOptions().setExpungeDeletedResources(true).setExpungeOldVersions(true),
                        new SystemRequestDetails());
        assertThat(rows("patient_diagnoses", id)).isZero();
        assertThat(post("/Condition", "application/fhir+json", "{}".getBytes(UTF_8))
                        .statusCode())
                .isEqualTo(400);
    }

    private Condition condition() {
        Condition condition = new Condition();
        condition.setSubject(subject());
        condition.setCode(new CodeableConcept(new Coding("http://snomed.info/sct", "44054006", "Diabetes type 2")));
        condition.setOnset(new DateTimeType("2019-05"));
        return condition;
    }

    private Observation heartRate() {
        Observation observation = new Observation();
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation
                .addCategory()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/observation-category")
                .setCode("vital-signs");
        observation.setCode(new CodeableConcept(new Coding("http://loinc.org", "8867-4", "Heart rate")));
        observation.setSubject(subject());
        observation.setEffective(new DateTimeType("2024-01-01T10:00:00Z"));
        observation.setValue(new Quantity()
                .setValue(new java.math.BigDecimal("72.0"))
                .setUnit("/min")
                .setSystem("http://unitsofmeasure.org")
                .setCode("/min"));
        return observation;
    }

    private Reference subject() {
        return new Reference(patient.toUnqualifiedVersionless());
    }

    private IdType create(Resource resource) {
        IGenericClient client = client();
        return new IdType(client.create().resource(resource).execute().getId().getValue());
    }

    private Map<String, Object> diagnosis(IdType id) {
        return row("select * from holovitals.patient_diagnoses where fhir_id = :id", id);
    }

    private Map<String, Object> row(String sql, IdType id) {
        List<Map<String, Object>> found =
                jdbc.sql(sql).param("id", id.getIdPart()).query().listOfRows();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private int rows(String table, IdType id) {
        return jdbc.sql("select count(*) from holovitals." + table + " where fhir_id = :id")
                .param("id", id.getIdPart())
                .query(Integer.class)
                .single();
    }
}
