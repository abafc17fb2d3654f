package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.migrations.Login;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.SaidConsents;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** Files that come inside of DocumentReferences: they are documents like those that are uploaded. */
final class FhirDocumentsTest extends DocumentFixture {
    private static final byte[] PROGRAM = Arrays.copyOf(new byte[] {'M', 'Z', (byte) 0x90, 0}, 4000);

    private final ApplicationContext context;
    private final SaidConsents consents;

    @Autowired
    FhirDocumentsTest(ApplicationContext context, SaidConsents consents, Login login, Environment environment) {
        super(login, environment);
        this.context = context;
        this.consents = consents;
    }

    private static byte[] note(String about) {
        return utf8(about + " note " + UUID.randomUUID());
    }

    private DocumentReference reference(byte[]... files) {
        DocumentReference reference = new DocumentReference()
                .setStatus(DocumentReferenceStatus.CURRENT)
                .setSubject(new Reference("Patient/" + patient));
        for (byte[] file : files) {
            reference
                    .addContent()
                    .setAttachment(new Attachment().setContentType("text/plain").setData(file));
        }
        return reference;
    }

    private IdType created(DocumentReference reference) {
        return (IdType)
                clientAs(token).create().resource(reference).execute().getId().toUnqualifiedVersionless();
    }

    private DocumentReference read(IdType id) {
        return clientAs(token)
                .read()
                .resource(DocumentReference.class)
                .withId(id.getIdPart())
                .execute();
    }

    private String binary(IdType id) {
        return read(id).getContentFirstRep().getAttachment().getUrl().replace("Binary/", "");
    }

    /** The shelf as /api shows it. */
    private List<String> shelf() {
        List<String> ids = new ArrayList<>();
        json(call(token, "GET", "/api/documents"), 200)
                .path("items")
                .forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    private String bytes(String who, String binary) {
        HttpResponse<String> answer = call(who, "GET", "/fhir/Binary/" + binary);
        return answer.statusCode() == 200 ? answer.body() : String.valueOf(answer.statusCode());
    }

    private static Bundle bundle(BundleType type, Resource... resources) {
        Bundle bundle = new Bundle().setType(type);
        for (Resource resource : resources) {
            String own = resource.getIdElement().getValue();
            bundle.addEntry()
                    .setFullUrl(own)
                    .setResource(resource)
                    .getRequest()
                    .setMethod(HTTPVerb.POST)
                    .setUrl(resource.fhirType());
        }
        return bundle;
    }

    /** As the library fhirclient does. */
    private HttpResponse<String> send(String who, Bundle bundle) {
        return sendAs(
                who,
                at("/fhir")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                FhirContext.forR4Cached().newJsonParser().encodeResourceToString(bundle))));
    }

    private boolean isInTheClear(byte[] file) {
        return owner.sql("select exists (select from fhir.hfj_res_ver where res_text_vc like ?)")
                .param("%" + Base64.getEncoder().encodeToString(file) + "%")
                .query(Boolean.class)
                .single();
    }

    @Test
    void aFileInsideOfADocumentReferenceIsADocument() throws Exception {
        byte[] file = note("Potassium 3.4 mmol/l of");
        DocumentReference written = reference(file);
        written.getType().setText("Lab note");
        written.getContentFirstRep().getAttachment().setTitle("../lab.txt").setContentType("application/pdf");
        IdType id = created(written);

        Attachment attachment = read(id).getContentFirstRep().getAttachment();
        String binary = attachment.getUrl().replace("Binary/", "");
        assertThat(attachment.hasData()).isFalse();
        assertThat(attachment.getSize()).isEqualTo(file.length);
        assertThat(attachment.getContentType()).as("what it is").isEqualTo("text/plain");
        assertThat(attachment.getHash())
                .isEqualTo(MessageDigest.getInstance("SHA-1").digest(file));
        assertThat(isInTheClear(file)).isFalse();
        assertThat(blob(binary)).exists();

        JsonNode view = json(call(token, "GET", "/api/documents/" + binary), 200);
        assertThat(view.path("name").asText()).isEqualTo("lab.txt");
        assertThat(view.path("documentType").asText()).isEqualTo("Lab note");
        assertThat(shelf()).containsExactly(binary);
        assertThat(call(token, "GET", "/api/documents/" + binary + "/content").body())
                .isEqualTo(new String(file, StandardCharsets.UTF_8));
        assertThat(bytes(token, binary)).isEqualTo(new String(file, StandardCharsets.UTF_8));
        Binary resource =
                clientAs(token).read().resource(Binary.class).withId(binary).execute();
        assertThat(resource.getContent()).isEqualTo(file);
        assertThat(resource.getIdElement().getIdPart()).isEqualTo(binary);
        assertThat(resource.getSecurityContext().getReference()).isEqualTo(id.getValue());
        readTexts(context);
        assertThat(call(token, "GET", "/api/documents/" + binary + "/text").body())
                .contains("Potassium 3.4");
        assertThat(owner.sql("select action from holovitals.audit_logs where resource_id = ? order by timestamp, id")
                        .param(id.getIdPart())
                        .query(String.class)
                        .list())
                .startsWith("create");
    }

    @Test
    void ofABundleEachFileIsKeptAndABinaryOfItIsAnsweredInItsPlace() {
        byte[] file = note("Bundled");
        Binary binary = new Binary().setContentType("text/plain").setData(file);
        binary.setId("urn:uuid:" + UUID.randomUUID());
        Patient newborn = new Patient();
        newborn.setId("urn:uuid:" + UUID.randomUUID());
        DocumentReference reference = reference().setSubject(new Reference(newborn.getId()));
        reference.addContent().getAttachment().setUrl(binary.getId());
        JsonNode answer = json(
                send(
                        org.holovitals.server.TestIssuer.system(),
                        bundle(BundleType.TRANSACTION, newborn, binary, reference)),
                200);
        List<String> places = new ArrayList<>();
        answer.path("entry")
                .forEach(entry ->
                        places.add(entry.path("response").path("location").asText()));
        assertThat(places.stream().map(place -> place.replaceFirst("/.*", "")))
                .containsExactly("Patient", "Binary", "DocumentReference");
        String baby = new IdType(places.get(0)).getIdPart();
        String id = new IdType(places.get(1)).getIdPart();
        assertThat(bytes(patientsToken(baby, ALL), id)).isEqualTo(new String(file, StandardCharsets.UTF_8));
        assertThat(bytes(token, id)).isEqualTo(bytes(token, UUID.randomUUID().toString()));
        assertThat(isInTheClear(file)).isFalse();

        byte[] other = note("Of the patient's own app");
        Binary theirs = new Binary().setContentType("text/plain").setData(other);
        theirs.setId("urn:uuid:" + UUID.randomUUID());
        DocumentReference own = reference();
        own.addContent().getAttachment().setUrl(theirs.getId());
        json(send(token, bundle(BundleType.TRANSACTION, own, theirs)), 200);
        json(send(token, bundle(BundleType.BATCH, reference(note("In a batch")))), 200);
        assertThat(shelf()).hasSize(2);
        assertThat(send(token, bundle(BundleType.TRANSACTION, theirs)).statusCode())
                .as("a Binary of nobody")
                .isEqualTo(403);
    }

    @Test
    void whatIsRefusedLeavesNothing() {
        int blobs = blobs().size();
        long rows = rows();
        assertThatThrownBy(() -> created(reference(note("fine"), PROGRAM)))
                .isInstanceOfSatisfying(BaseServerResponseException.class, refused -> {
                    assertThat(refused.getStatusCode()).isEqualTo(415);
                    assertThat(refused.getResponseBody()).contains("OperationOutcome", "an executable program");
                });
        Observation dangling = new Observation();
        dangling.setSubject(new Reference("Patient/" + UUID.randomUUID()));
        assertThat(send(token, bundle(BundleType.TRANSACTION, reference(note("lost")), dangling))
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(blobs()).hasSize(blobs);
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void theSameBytesAreOneDocumentUntilTheLastThatHasThemEnds() {
        byte[] file = note("Twice");
        IdType first = created(reference(file));
        IdType second = created(reference(file, file));
        String document = binary(first);
        assertThat(shelf()).containsExactly(document);
        assertThat(json(upload(token, file, "again.txt", ""), 200).path("id").asText())
                .isEqualTo(document);
        String alias = binary(second);
        assertThat(alias).isNotEqualTo(document);
        clientAs(token).delete().resourceById(first).execute();
        assertThat(shelf()).containsExactly(document);
        assertThat(bytes(token, alias)).isEqualTo(new String(file, StandardCharsets.UTF_8));
        assertThat(bytes(token, document)).isEqualTo(bytes(token, alias));
        clientAs(token).delete().resourceById(second).execute();
        assertThat(shelf()).isEmpty();
        assertThat(blob(document)).doesNotExist();
    }

    @Test
    void aNewVersionDecidesWhatIsOnTheShelf() {
        byte[] file = note("First");
        IdType id = created(reference(file));
        String first = binary(id);
        DocumentReference again = reference(file);
        again.setId(id);
        assertThat(clientAs(token).update().resource(again).execute().getId().getVersionIdPart())
                .as("the same is no new version")
                .isEqualTo("1");
        DocumentReference changed = reference(note("Second"));
        changed.setId(id);
        clientAs(token).update().resource(changed).execute();
        String second = binary(id);
        assertThat(shelf()).containsExactly(second).doesNotContain(first);
        assertThat(bytes(token, first)).as("history").isEqualTo(new String(file, StandardCharsets.UTF_8));

        DocumentReference mistaken = read(id).setStatus(DocumentReferenceStatus.ENTEREDINERROR);
        clientAs(token).update().resource(mistaken).execute();
        assertThat(shelf()).isEmpty();
        assertThat(problem(call(token, "GET", "/api/documents/" + second))).isEqualTo("not-found 404");
        clientAs(token)
                .update()
                .resource(read(id).setStatus(DocumentReferenceStatus.CURRENT))
                .execute();
        assertThat(shelf()).containsExactly(second);
        String other =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        assertThatThrownBy(() -> client().update()
                        .resource(read(id).setSubject(new Reference("Patient/" + other)))
                        .execute())
                .hasMessageContaining("cannot be changed");
    }

    @Test
    void aBinaryOfItsOwnWaitsForTheDocumentReferenceThatNamesIt() throws Exception {
        byte[] file = note("Alone");
        HttpResponse<String> answer = sendAs(
                token, at("/fhir/Binary").header("Content-Type", "text/plain").POST(BodyPublishers.ofByteArray(file)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String binary = new IdType(answer.headers().firstValue("Location").orElse("")).getIdPart();
        assertThat(bytes(token, binary))
                .isEqualTo(bytes(token, UUID.randomUUID().toString()));
        assertThat(isInTheClear(file)).isFalse();
        DocumentReference naming = reference();
        naming.addContent().getAttachment().setUrl("Binary/" + binary);
        String other =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        client().create()
                .resource(naming.copy().setSubject(new Reference("Patient/" + other)))
                .execute();
        assertThat(shelf()).as("named for another patient").isEmpty();
        Attachment attachment = read(created(naming)).getContentFirstRep().getAttachment();
        assertThat(List.of(attachment.getUrl(), attachment.getSize(), attachment.getContentType()))
                .isEqualTo(List.of("Binary/" + binary, file.length, "text/plain"));
        assertThat(attachment.getHash())
                .isEqualTo(MessageDigest.getInstance("SHA-1").digest(file));
        assertThat(shelf()).containsExactly(binary);
        assertThat(bytes(token, binary)).isEqualTo(new String(file, StandardCharsets.UTF_8));

        Binary resource = new Binary().setContentType("text/plain").setData(note("With a context"));
        resource.setSecurityContext(new Reference("Patient/" + patient));
        assertThat(client().create().resource(resource).execute().getId().getIdPart())
                .hasSize(36);
        assertThat(sendAs(
                                token,
                                at("/fhir/Binary")
                                        .header("Content-Type", "application/pdf")
                                        .POST(BodyPublishers.ofByteArray(PROGRAM)))
                        .statusCode())
                .isEqualTo(415);
        assertThat(sendAs(
                                clinician(UUID.randomUUID().toString()),
                                at("/fhir/Binary")
                                        .header("Content-Type", "text/plain")
                                        .header("X-Security-Context", "Patient/" + patient)
                                        .POST(BodyPublishers.ofByteArray(file)))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void itIsSeenByWhomItsDocumentReferenceIsOpenTo() {
        byte[] file = note("Seen");
        String binary = binary(created(reference(file)));
        String doctor = UUID.randomUUID().toString();
        String others = patientsToken(
                client().create().resource(new Patient()).execute().getId().getIdPart(), ALL);
        for (String who : List.of(clinician(doctor), others)) {
            assertThat(bytes(who, binary))
                    .isEqualTo(bytes(who, UUID.randomUUID().toString()));
            assertThat(problem(call(who, "GET", "/api/documents/" + binary))).isEqualTo("not-found 404");
        }
        consents.grant(doctor, patient, EnumSet.of(Part.DOCUMENTS), Action.READ);
        assertThat(bytes(clinician(doctor), binary)).isEqualTo(new String(file, StandardCharsets.UTF_8));
    }

    /** Imports go past HTTP, and have no caller. */
    @Test
    void anImportedOneIsADocumentToo() throws Exception {
        byte[] file = note("Imported");
        @SuppressWarnings("unchecked")
        IFhirSystemDao<Bundle, Meta> system = context.getBean(IFhirSystemDao.class);
        system.transaction(new SystemRequestDetails(), bundle(BundleType.TRANSACTION, reference(file)));
        assertThat(shelf()).hasSize(1);
        assertThat(isInTheClear(file)).isFalse();
        owner.sql("delete from holovitals.document_attachments where document_id = ?")
                .param(UUID.fromString(shelf().get(0)))
                .update();
        String document = owner.sql("select d.id from holovitals.documents d join holovitals.patient_keys k"
                        + " on k.id = d.patient_id where k.fhir_id = ?")
                .param(patient)
                .query(String.class)
                .single();
        assertThat(shelf()).as("as after an expunge").isEmpty();
        new BlobSweep(
                        context.getBean(BlobStore.class),
                        context.getBean(NewDocuments.Rows.class),
                        Clock.offset(Clock.systemUTC(), Duration.ofHours(2)),
                        Duration.ofHours(1))
                .once();
        assertThat(blob(document)).doesNotExist();
    }
}
