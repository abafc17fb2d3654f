package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Denial;
import org.holovitals.server.access.Consents.Grant;
import org.holovitals.server.access.Consents.Part;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a patient grants and denies, on every path that a clinician may take. */
final class ConsentEnforcementTest extends SaidConsentTest {
    private static final Set<Part> WHOLE = EnumSet.of(Part.ALL_PHI);

    /** Made once: the tests that share it only read. */
    @SuppressWarnings("NullAway.Init")
    private static WholeRecord record;

    @BeforeEach
    void oneRecord() {
        if (record == null) {
            record = new WholeRecord(client());
        }
    }

    @Test
    void eachPartOpensItsResourcesAndNoOthers() {
        for (Part part : Part.values()) {
            String subject = UUID.randomUUID().toString();
            consents.grant(subject, record.patient, EnumSet.of(part), Action.READ);
            String token = token(subject, "user/*.cruds", null);
            Set<String> open = record.parts.entrySet().stream()
                    .filter(entry -> part == Part.ALL_PHI || entry.getValue() == part)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            assertThat(readable(token)).as(part + " by id").isEqualTo(open);
            assertThat(found(token)).as(part + " by search").isEqualTo(open);
            assertThat(everything(token)).as(part + " of everything").isEqualTo(open);
            assertThat(at(token, "/Patient/" + record.patient).statusCode())
                    .as(part.name())
                    .isEqualTo(200);
        }
    }

    @Test
    void aDenialHidesExactlyItsPartAndWinsOverEveryGrant() {
        for (Part part :
                List.of(Part.VITAL_SIGNS, Part.TEST_RESULTS, Part.CLINICAL_NOTES, Part.CONDITIONS, Part.ALL_PHI)) {
            String subject = UUID.randomUUID().toString();
            consents.grant(subject, record.patient, WHOLE, Action.values());
            consents.grant(subject, record.patient, EnumSet.of(part), Action.READ);
            consents.deny(subject, record.patient, part);
            String token = token(subject, "user/*.cruds", null);
            Set<String> open = record.parts.entrySet().stream()
                    .filter(entry -> part != Part.ALL_PHI && entry.getValue() != part)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            assertThat(readable(token)).as(part + " by id").isEqualTo(open);
            assertThat(found(token)).as(part + " by search").isEqualTo(open);
            if (part == Part.ALL_PHI) {
                assertThat(at(token, "/Patient/" + record.patient).statusCode()).isEqualTo(404);
                assertThat(at(token, "/Patient/" + record.patient + "/$everything")
                                .statusCode())
                        .isEqualTo(404);
            } else {
                assertThat(everything(token)).as(part + " of everything").isEqualTo(open);
            }
        }
    }

    private Set<String> readable(String token) {
        Bundle batch = new Bundle().setType(BundleType.BATCH);
        record.parts
                .keySet()
                .forEach(path ->
                        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl(path));
        return FHIR
                .newJsonParser()
                .parseResource(Bundle.class, send(token, "POST", "", batch).body())
                .getEntry()
                .stream()
                .filter(Bundle.BundleEntryComponent::hasResource)
                .map(entry -> path(entry.getResource()))
                .collect(Collectors.toSet());
    }

    private Set<String> found(String token) {
        return record.parts.keySet().stream()
                .map(path -> path.substring(0, path.indexOf('/')))
                .distinct()
                .flatMap(type -> {
                    Bundle found = bundle(token, "/" + type + "?_total=accurate");
                    assertThat(found.getTotal()).as(type).isEqualTo(ids(found).size());
                    return found.getEntry().stream().map(entry -> path(entry.getResource()));
                })
                .collect(Collectors.toSet());
    }

    private Set<String> everything(String token) {
        Bundle found = bundle(token, "/Patient/" + record.patient + "/$everything?_count=100");
        assertThat(found.getTotal()).isEqualTo(found.getEntry().size());
        return found.getEntry().stream()
                .map(entry -> path(entry.getResource()))
                .filter(path -> !path.startsWith("Patient/"))
                .collect(Collectors.toSet());
    }

    private static String path(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }

    @Test
    void aHiddenPartIsNotThereOnAnyPath() {
        consents.grant(clinician, record.patient, WHOLE, Action.values());
        consents.deny(clinician, record.patient, Part.VITAL_SIGNS);
        for (String scopes : List.of("user/*.cruds", "user/Observation.cruds user/*.rs", "user/*.cruds user/*.rs")) {
            String token = token(scopes);
            String path = "/Observation/" + record.vital;
            for (String tail : List.of("", "/_history/1", "/_history", "?_summary=true", "/$validate")) {
                HttpResponse<String> hidden = at(token, path + tail);
                HttpResponse<String> missing = at(token, "/Observation/missing" + tail);
                assertThat(hidden.statusCode()).as(tail).isEqualTo(missing.statusCode());
                assertThat(hidden.body().replace(record.vital, "missing")).isEqualTo(missing.body());
            }
            for (String search : List.of(
                    "/Observation",
                    "/Observation?patient=" + record.patient,
                    "/Observation?subject=Patient/" + record.patient + "&_count=1",
                    "/Observation?_id=" + record.vital + "," + record.result,
                    "/Observation?category=vital-signs,laboratory",
                    "/Observation?encounter=Encounter/" + record.encounter,
                    "/Observation?code:not=x")) {
                assertThat(bundle(token, search).getTotal()).as(search).isEqualTo(1);
                assertThat(at(token, search).body()).contains(record.result);
                assertThat(bundle(token, search + (search.contains("?") ? "&" : "?") + "_summary=count")
                                .getTotal())
                        .as(search)
                        .isEqualTo(1);
            }
            for (String search : List.of(
                    "/DiagnosticReport?_include=DiagnosticReport:result",
                    "/Observation?_include=Observation:derived-from&_include:iterate=Observation:derived-from",
                    "/Encounter?_revinclude=Observation:encounter",
                    "/Patient?_revinclude=Observation:subject")) {
                assertThat(ids(bundle(token, search)))
                        .as(search)
                        .contains(record.result)
                        .doesNotContain(record.vital);
            }
            assertThat(bundle(token, "/Observation?category=vital-signs").getTotal())
                    .isZero();
        }
        HttpResponse<String> summary = at(token(), "/Patient/" + record.patient + "/$summary");
        assertThat(summary.statusCode()).as(summary.body()).isEqualTo(200);
        assertThat(summary.body()).doesNotContain(record.vital, "c-vital-signs");
    }

    @Test
    void aHiddenPartCannotBeWrittenOrFoundOutByWriting() {
        String patient = patient();
        Observation vital = WholeRecord.observation(new Reference("Patient/" + patient), "vital-signs");
        vital.addIdentifier().setSystem("urn:x").setValue(UUID.randomUUID().toString());
        String condition = "identifier=urn:x|" + vital.getIdentifierFirstRep().getValue();
        String id = id(vital);
        consents.grant(clinician, patient, WHOLE, Action.values());
        consents.deny(clinician, patient, Part.VITAL_SIGNS);
        Observation result = WholeRecord.observation(new Reference("Patient/" + patient), "laboratory");
        result.addIdentifier(vital.getIdentifierFirstRep());
        assertThat(send(token(), "POST", "/Observation", vital).statusCode()).isEqualTo(403);
        for (String there : List.of(id, "missing")) {
            vital.setId(there);
            assertThat(send(token(), "PUT", "/Observation/" + there, vital).statusCode())
                    .isEqualTo(404);
            assertThat(send(token(), "DELETE", "/Observation/" + there, null).statusCode())
                    .isEqualTo(404);
        }
        assertThat(send(token(), "DELETE", "/Observation?" + condition, null).statusCode())
                .isIn(200, 204, 404);
        HttpResponse<String> made = sendAs(
                token(),
                HttpRequest.newBuilder(URI.create(base() + "/Observation"))
                        .header("Content-Type", "application/fhir+json")
                        .header("If-None-Exist", condition.replace("|", "%7C"))
                        .POST(HttpRequest.BodyPublishers.ofString(
                                FHIR.newJsonParser().encodeResourceToString(result))));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        Observation pointing = WholeRecord.observation(new Reference("Patient/" + patient), "laboratory");
        HttpResponse<String> hidden =
                send(token(), "POST", "/Observation", pointing.addDerivedFrom(new Reference("Observation/" + id)));
        pointing.getDerivedFromFirstRep().setReference("Observation/missing");
        HttpResponse<String> missing = send(token(), "POST", "/Observation", pointing);
        assertThat(hidden.statusCode()).isEqualTo(missing.statusCode());
        assertThat(hidden.body().replace(id, "missing")).isEqualTo(missing.body());
        assertThat(at(TestIssuer.system(), "/Observation/" + id).body()).contains("\"versionId\":\"1\"");
    }

    @Test
    void eachActionPermitsItsWritesAndNoOthers() {
        String patient = patient();
        Reference subject = new Reference("Patient/" + patient);
        DocumentReference note = WholeRecord.document(subject)
                .addCategory(new CodeableConcept().addCoding(new Coding().setCode("clinical-note")));
        for (Action action : Action.values()) {
            String subjectOfToken = UUID.randomUUID().toString();
            consents.grant(subjectOfToken, patient, WHOLE, Action.READ, action);
            String token = token(subjectOfToken, "user/*.cruds", null);
            boolean writes = action == Action.WRITE;
            assertWrites(
                    token, WholeRecord.observation(subject, "laboratory"), writes, writes || action == Action.CORRECT);
            assertWrites(token, WholeRecord.observation(subject, "vital-signs"), writes, writes);
            assertWrites(token, note, writes || action == Action.ANNOTATE, writes || action == Action.ANNOTATE);
            assertWrites(token, WholeRecord.document(subject), writes, writes);
        }
    }

    private void assertWrites(String token, Resource resource, boolean creates, boolean updates) {
        String type = "/" + resource.fhirType();
        Resource copy = resource.copy();
        copy.setLanguage("en");
        String id = id(copy);
        Resource changed = resource.copy();
        changed.setId(id);
        changed.setLanguage("de");
        boolean deletes = creates && updates && !type.equals("/DocumentReference");
        String tag = UUID.randomUUID().toString();
        String condition = type + "?identifier=urn:x|" + tag;
        assertThat(send(token, "POST", type, resource.copy()).statusCode()).isEqualTo(creates ? 201 : 403);
        assertThat(send(token, "PUT", condition, tagged(resource.copy(), tag)).statusCode())
                .as("a new resource by a condition")
                .isIn(creates ? List.of(201) : List.of(400, 403));
        assertThat(send(token, "PUT", type + "/" + id, changed).statusCode()).isEqualTo(updates ? 200 : 404);
        if (!creates || deletes) {
            assertThat(send(token, "DELETE", type + "/" + id, null).statusCode())
                    .isEqualTo(deletes ? 200 : 404);
        }
    }

    private static Resource tagged(Resource resource, String tag) {
        if (resource instanceof Observation observation) {
            observation.addIdentifier().setSystem("urn:x").setValue(tag);
        } else if (resource instanceof DocumentReference document) {
            document.addIdentifier().setSystem("urn:x").setValue(tag);
        }
        return resource;
    }

    @Test
    void aCorrectionStaysWithinItsPartAndItsPatient() {
        String patient = patient();
        String other = patient();
        String id = id(WholeRecord.observation(new Reference("Patient/" + patient), "laboratory"));
        consents.grant(clinician, patient, EnumSet.of(Part.TEST_RESULTS), Action.READ, Action.CORRECT);
        consents.grant(clinician, other, EnumSet.of(Part.TEST_RESULTS), Action.READ, Action.CORRECT);
        Observation vital = WholeRecord.observation(new Reference("Patient/" + patient), "vital-signs");
        vital.setId(id);
        assertThat(send(token(), "PUT", "/Observation/" + id, vital).statusCode())
                .isEqualTo(403);
        Observation moved = WholeRecord.observation(new Reference("Patient/" + other), "laboratory");
        moved.setId(id);
        assertThat(send(token(), "PUT", "/Observation/" + id, moved).statusCode())
                .isEqualTo(403);
        Observation shared = WholeRecord.observation(new Reference("Patient/" + patient), "laboratory");
        shared.addPerformer(new Reference("Patient/" + other)).setId(id);
        assertThat(send(token(), "PUT", "/Observation/" + id, shared).statusCode())
                .isEqualTo(403);
    }

    @Test
    void consentsAreAskedForOnceInEachRequest() {
        consents.grant(clinician, record.patient, WHOLE, Action.READ);
        String token = token();
        Bundle batch = new Bundle().setType(BundleType.BATCH);
        for (String url : List.of("Observation", "Encounter?_revinclude=*", "Patient/" + record.patient)) {
            batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl(url);
        }
        int before = consents.questions();
        send(token, "POST", "", batch);
        assertThat(consents.questions() - before).isEqualTo(1);
        at(token, "/Patient/" + record.patient + "/$everything?_count=50");
        at(token, "/Observation");
        assertThat(consents.questions() - before).isEqualTo(3);
        at(TestIssuer.patient(record.patient, "patient/*.cruds"), "/Observation");
        at(TestIssuer.system(), "/Observation?patient=" + record.patient);
        assertThat(consents.questions() - before).isEqualTo(3);
    }

    @Test
    void theNextRequestSeesWhatChanged() {
        String token = token();
        assertThat(at(token, "/Observation/" + record.result).statusCode()).isEqualTo(404);
        consents.grant(clinician, record.patient, EnumSet.of(Part.TEST_RESULTS), Action.READ);
        assertThat(at(token, "/Observation/" + record.result).statusCode()).isEqualTo(200);
        consents.end(clinician);
        assertThat(at(token, "/Observation/" + record.result).statusCode()).isEqualTo(404);
        assertThat(bundle(token, "/Observation").getTotal()).isZero();
    }

    @Test
    void whoWritesTheLogIsToldWhichConsentsAreInPlay() {
        Grant grant = consents.grant(clinician, record.patient, EnumSet.of(Part.TEST_RESULTS), Action.READ);
        Denial denial = consents.deny(clinician, record.patient, Part.VITAL_SIGNS);
        Caller caller = caller("user/*.rs");
        assertThat(records.grantsFor(caller, Set.of(record.patient, "other"))).containsExactly(grant.id());
        assertThat(records.grantsFor(caller("openid"), Set.of(record.patient))).isEmpty();
        assertThat(records.heldOf(caller, record.patient)).containsExactlyInAnyOrder(grant.id(), denial.id());
        assertThat(records.isConsented(caller("openid"), record.patient)).isTrue();
        assertThat(records.owners("Observation", record.vital)).containsExactly(record.patient);
        assertThat(records.mayRead(caller, "Observation", record.result, record.patient))
                .isTrue();
        assertThat(records.mayRead(caller, "Observation", record.vital, record.patient))
                .isFalse();
    }

    private Caller caller(String scopes) {
        return new Caller(
                clinician,
                "app",
                null,
                null,
                null,
                null,
                Set.of(Caller.ROLE_CLINICIAN),
                SmartScopes.parse(scopes, FHIR.getResourceTypes()),
                false,
                Call.from(null));
    }

    @org.springframework.beans.factory.annotation.Autowired
    @SuppressWarnings("NullAway.Init")
    private VisibleRecords records;
}
