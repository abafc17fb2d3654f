package org.holovitals.server.importing;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

final class ImportFormatsTest extends ImportFixture {

    @Autowired
    ImportFormatsTest(ApplicationContext beans) {
        super(beans);
    }

    @Test
    void linesInAnyOrderOverSeveralFilesAreStored() throws Exception {
        Path observations = lines("a.ndjson", observation("o1", "p1"), "", observation("o2", "p2"), patient("p1"));
        Path patients = file("z.ndjson.gz", gzip(patient("p2") + "\r\n" + patient("p3")));
        ImportReport report = run(observations, patients);
        assertThat(failures(report)).isEmpty();
        assertThat(report.resourcesByType()).isEqualTo(Map.of("Patient", 3L, "Observation", 2L));
        assertThat(report.imported()).isEqualTo(2);
        assertStored("Observation/" + id("o1"), "Observation/" + id("o2"), "Patient/" + id("p3"));
    }

    @Test
    void moreFilesThanTheDatabaseHasConnectionsAreStored() throws Exception {
        for (int i = 0; i < 30; i++) {
            file("many/p" + i + ".ndjson", patient("p" + i));
        }
        ImportReport report = run(folder().resolve("many"));
        assertThat(failures(report)).isEmpty();
        assertThat(report.imported()).isEqualTo(30);
    }

    @Test
    void hospitalsAndPractitionersGivenLastComeFirst() throws Exception {
        Path patients = file("a.json", bundle("transaction", put(patient("p"), "Patient/" + id("p"))));
        Path practitioner = file("b.json", """
                {"resourceType":"Practitioner","id":"%s"}""".formatted(id("d")));
        Path hospital = file("c.json", """
                {"resourceType":"Organization","id":"%s","name":"General"}""".formatted(id("h")));
        assertThat(failures(run(patients, practitioner, hospital))).isEmpty();
        assertThat(jdbc.sql("select res_type from fhir.hfj_resource where fhir_id like ? order by res_id")
                        .param(own + "%")
                        .query(String.class)
                        .list())
                .containsExactly("Organization", "Practitioner", "Patient");
    }

    @Test
    void whatRefersToALaterFileIsTriedAgain() throws Exception {
        file("p.json", patient("p"));
        for (int i = 0; i < 6; i++) {
            String member = i == 5 ? "" : ",\"hasMember\":[{\"reference\":\"Observation/" + id("o" + (i + 1)) + "\"}]}";
            String panel = observation("o" + i, "p");
            String whole = member.isEmpty() ? panel : panel.substring(0, panel.length() - 1) + member;
            file("o" + i + ".json", bundle("transaction", put(whole, "Observation/" + id("o" + i))));
        }
        ImportReport report = run(folder());
        assertThat(failures(report)).isEmpty();
        assertThat(report.resourcesByType()).isEqualTo(Map.of("Patient", 1L, "Observation", 6L));
        assertThat(report.imported()).isEqualTo(7);
    }

    @Test
    void xmlIsReadLikeJson() throws Exception {
        String patient = """
                <Patient xmlns="http://hl7.org/fhir"><id value="%s"/><active value="true"/></Patient>""";
        Path single = file("p.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + patient.formatted(id("p")));
        Path bundle = file("b.xml", """
                <Bundle xmlns="http://hl7.org/fhir"><type value="batch"/><entry><resource>%s</resource>
                <request><method value="PUT"/><url value="Patient/%s"/></request></entry></Bundle>""".formatted(patient.formatted(id("q")), id("q")));
        Path wide = file("w.json", ("\uFEFF" + patient("w")).getBytes(UTF_16LE));
        assertThat(failures(run(single, bundle, wide))).isEmpty();
        assertStored("Patient/" + id("p"), "Patient/" + id("q"), "Patient/" + id("w"));
    }

    @Test
    void theResourcesOfACollectionStillReferToEachOther() throws Exception {
        String observation = """
                {"fullUrl":"urn:uuid:%s","resource":{"resourceType":"Observation","status":"final",\
                "identifier":[{"system":"urn:%s","value":"%s"}],"code":{"text":"x"},"subject":{"reference":"%s"}}}""";
        String moved = "http://former.example/fhir/Patient/" + id("p");
        String unnamed = "urn:uuid:6fd0b3e2-4a4a-4d0e-9a8f-0d9dfb4a8f10";
        Path collection = file(
                "collection.json",
                bundle(
                        "collection",
                        observation.formatted("6fd0b3e2-4a4a-4d0e-9a8f-0d9dfb4a8f11", own, "one", unnamed),
                        observation.formatted("6fd0b3e2-4a4a-4d0e-9a8f-0d9dfb4a8f12", own, "two", moved),
                        "{\"fullUrl\":\"" + unnamed + "\",\"resource\":" + newPatient("a") + "}",
                        "{\"fullUrl\":\"" + moved + "\",\"resource\":" + patient("p") + "}"));
        assertThat(failures(run(collection))).isEmpty();
        assertThat(subjectOf("two")).isEqualTo("Patient/" + id("p"));
        assertThat(get("/" + subjectOf("one")).body()).contains("urn:" + own);
    }

    private String subjectOf(String observation) {
        Bundle found = client().search()
                .byUrl(base() + "/Observation?identifier=urn:" + own + "|" + observation)
                .returnBundle(Bundle.class)
                .execute();
        return ((Observation) found.getEntryFirstRep().getResource())
                .getSubject()
                .getReference();
    }

    @Test
    void foldersAndArchivesAreSearchedForFhirFiles() throws Exception {
        file("deep/er/p1.json", patient("p1"));
        file("deep/notes.txt", "no FHIR, and by its name nobody says so");
        file("manifest.json", "{}");
        file(
                "all.zip",
                zip(Map.of(
                        "x/p2.ndjson", patient("p2").getBytes(UTF_8),
                        "p3.json.gz", gzip(patient("p3")),
                        "readme.md", "text".getBytes(UTF_8))));
        ImportReport report = run(folder());
        assertThat(failures(report)).isEmpty();
        assertThat(report.imported()).isEqualTo(3);
        assertStored("Patient/" + id("p1"), "Patient/" + id("p2"), "Patient/" + id("p3"));
    }

    @Test
    void everyClinicalResourceHasItsRow() throws Exception {
        String subject = "\"subject\":{\"reference\":\"Patient/" + id("p") + "\"}";
        ImportReport report = run(lines(
                "rows.ndjson",
                patient("p"),
                clinical("Condition", "c1", subject),
                clinical("Condition", "c2", subject),
                // Refused: its whole group is stored again in halves.
                observation("lost", "nobody"),
                clinical("Procedure", "s", "\"status\":\"completed\"," + subject),
                clinical("AllergyIntolerance", "a", subject.replace("subject", "patient")),
                clinical(
                        "Immunization",
                        "i",
                        "\"status\":\"completed\",\"vaccineCode\":{\"text\":\"x\"},\"occurrenceString\":\"once\","
                                + subject.replace("subject", "patient")),
                clinical(
                        "MedicationRequest",
                        "m",
                        "\"status\":\"active\",\"intent\":\"order\",\"medicationCodeableConcept\":{\"text\":\"x\"},"
                                + subject),
                clinical(
                        "Observation",
                        "v",
                        "\"status\":\"final\",\"code\":{\"text\":\"x\"},"
                                + "\"category\":[{\"coding\":[{\"system\":"
                                + "\"http://terminology.hl7.org/CodeSystem/observation-category\","
                                + "\"code\":\"vital-signs\"}]}]," + subject),
                observation("l", "p"),
                clinical("Encounter", "e", "\"status\":\"finished\",\"class\":{\"code\":\"AMB\"}," + subject)));
        assertThat(failures(report)).containsOnlyKeys("rows.ndjson#3");
        Map.of(
                        "patients", 1,
                        "patient_diagnoses", 2,
                        "patient_procedures", 1,
                        "patient_allergies", 1,
                        "patient_immunizations", 1,
                        "patient_medications", 1,
                        "patient_vital_signs", 1,
                        "patient_results", 1,
                        "patient_resources", 1)
                .forEach((table, rows) -> assertThat(
                                jdbc.sql("select count(*) from holovitals." + table + " where fhir_id like ?")
                                        .param(own + "%")
                                        .query(Integer.class)
                                        .list())
                        .as(table)
                        .isEqualTo(List.of(rows)));
    }

    private String clinical(String type, String name, String content) {
        return "{\"resourceType\":\"" + type + "\",\"id\":\"" + id(name) + "\"," + content + "}";
    }
}
