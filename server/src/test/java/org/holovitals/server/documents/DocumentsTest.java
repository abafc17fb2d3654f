package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.migrations.Login;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.SaidConsents;
import org.holovitals.server.vault.KeyCare;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Files over HTTP: what is taken and kept, who may have it, and that nothing is left of what was refused. */
final class DocumentsTest extends DocumentFixture {
    private static final String SECRET = "Potassium 3.4 mmol/l of Zebra";

    private final SaidConsents consents;
    private final KeyCare care;
    private final BlobStore store;
    private final NewDocuments.Rows rows;

    @Autowired
    DocumentsTest(
            SaidConsents consents,
            KeyCare care,
            BlobStore store,
            NewDocuments.Rows rows,
            Login login,
            Environment environment) {
        super(login, environment);
        this.consents = consents;
        this.care = care;
        this.store = store;
        this.rows = rows;
    }

    private static byte[] pdf(int size) {
        byte[] file = new byte[size];
        new Random(size).nextBytes(file);
        byte[] start = utf8("%PDF-1.7\n");
        System.arraycopy(start, 0, file, 0, start.length);
        return file;
    }

    private static byte[] form(String boundary, byte[] file, String name, String end) throws IOException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        out.write(
                utf8("--" + boundary + "\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/pdf\r\n\r\n"));
        out.write(file);
        out.write(utf8(end));
        return out.toByteArray();
    }

    private HttpResponse<String> post(byte[] form) {
        return sendAs(
                token,
                at("/api/documents")
                        .header("Content-Type", "multipart/form-data; boundary=bOuNd")
                        .POST(BodyPublishers.ofByteArray(form)));
    }

    @Test
    void aFileIsKeptSealedAndComesBackAsItWas() throws Exception {
        byte[] file = pdf(300_000);
        HttpResponse<String> answer =
                upload(token, file, "../lab/Befund.pdf", "?documentType=Lab+report&documentDate=2026-03-04");
        JsonNode view = json(answer, 201);
        String id = view.path("id").asText();
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/documents/" + id);
        assertThat(view.path("patient").asText()).isEqualTo(patient);
        assertThat(view.path("type").asText()).isEqualTo("application/pdf");
        assertThat(view.path("size").asLong()).isEqualTo(300_000);
        assertThat(view.path("documentType").asText()).isEqualTo("Lab report");
        assertThat(view.path("documentDate").asText()).isEqualTo("2026-03-04");
        assertThat(json(call(token, "GET", "/api/documents/" + id), 200).path("sha256"))
                .isEqualTo(view.path("sha256"));

        HttpResponse<byte[]> content = download(token, "/api/documents/" + id + "/content");
        assertThat(content.body()).isEqualTo(file);
        assertThat(content.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(content.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(content.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("sandbox");
        assertThat(content.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment;")
                .contains(".pdf")
                .doesNotContain("lab/");
        String tag = content.headers().firstValue("ETag").orElse("");
        assertThat(tag).isEqualTo("\"" + view.path("sha256").asText() + "\"");
        assertThat(download(token, "/api/documents/" + id + "/content", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
        HttpResponse<String> head = call(token, "HEAD", "/api/documents/" + id + "/content");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).hasValue("300000");

        byte[] sealed = Files.readAllBytes(blob(id));
        assertThat(sealed.length).isGreaterThan(file.length);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("%PDF");
    }

    @Test
    void aFormIsTakenAsItComes() throws IOException {
        byte[] file = pdf(200_000);
        JsonNode view = json(post(form("bOuNd", file, "Größe.pdf", "\r\n--bOuNd--\r\n")), 201);
        assertThat(view.path("name").asText()).isEqualTo("Größe.pdf");
        assertThat(view.path("size").asLong()).isEqualTo(200_000);
    }

    @Test
    void theSameBytesAreOneDocumentOfAPatient() {
        byte[] file = utf8(SECRET + UUID.randomUUID());
        String id = json(upload(token, file, "a.txt", ""), 201).path("id").asText();
        int blobs = blobs().size();
        assertThat(json(upload(token, file, "b.txt", ""), 200).path("id").asText())
                .isEqualTo(id);
        assertThat(blobs()).hasSize(blobs);
        List<CompletableFuture<HttpResponse<String>>> atOnce = new ArrayList<>();
        byte[] other = utf8("at once " + UUID.randomUUID());
        for (int i = 0; i < 4; i++) {
            atOnce.add(CompletableFuture.supplyAsync(() -> upload(token, other, "c.txt", "")));
        }
        List<Integer> statuses = atOnce.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::statusCode)
                .sorted()
                .toList();
        assertThat(statuses).containsExactly(200, 200, 200, 201);
        assertThat(blobs()).hasSize(blobs + 1);

        String another =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        json(upload(patientsToken(another, ALL), file, "a.txt", ""), 201);
    }

    @Test
    void whatIsRefusedLeavesNothing() throws Exception {
        int blobs = blobs().size();
        long rows = rows();
        assertThat(problem(upload(token, new byte[0], "a.pdf", ""))).isEqualTo("upload-empty 400");
        byte[] program = Arrays.copyOf(new byte[] {'M', 'Z', (byte) 0x90, 0}, 4000);
        HttpResponse<String> refused = upload(token, program, "lab.pdf", "");
        assertThat(problem(refused)).isEqualTo("upload-type-unsupported 415");
        assertThat(refused.body()).contains("This is an executable program, whatever its name says");
        for (byte[] other : List.of(
                utf8("PK\u0003\u0004 an archive, in which another may be"),
                utf8(
                        "<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><ClinicalDocument xmlns='urn:hl7-org:v3'/>"))) {
            assertThat(problem(upload(token, other, "lab.pdf", ""))).isEqualTo("upload-type-unsupported 415");
        }
        assertThat(problem(post(form("bOuNd", pdf(100_000), "a.pdf", "")))).isEqualTo("upload-incomplete 400");
        assertThat(problem(post(utf8("no form at all")))).isEqualTo("invalid-request 400");
        assertThat(problem(post(utf8("--bOuNd--\r\n")))).isEqualTo("invalid-request 400");
        assertThat(problem(sendAs(
                        token,
                        at("/api/documents")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(pdf(100))))))
                .isEqualTo("upload-type-unsupported 415");
        assertThat(cutOff()).contains("HTTP/1.1 400").contains("a Content-Length that is not the body's");
        assertThat(blobs()).hasSize(blobs);
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void aFileThatIsTooLargeLeavesNothing() {
        int blobs = blobs().size();
        assertThat(problem(sendAs(token, at("/api/documents").POST(BodyPublishers.ofInputStream(() -> of(60 << 20))))))
                .isEqualTo("upload-too-large 413");
        assertThat(problem(sendAs(
                        token,
                        at("/api/documents")
                                .POST(BodyPublishers.fromPublisher(
                                        BodyPublishers.ofInputStream(() -> of(60 << 20)), 60 << 20)))))
                .isEqualTo("upload-too-large 413");
        assertThat(blobs()).hasSize(blobs);
    }

    /** A PDF of as many bytes, which are never all there at once. */
    private static InputStream of(int size) {
        return new SequenceInputStream(new java.io.ByteArrayInputStream(pdf(1000)), new InputStream() {
            private int left = size - 1000;

            @Override
            public int read() {
                return left-- > 0 ? 7 : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int count = Math.min(length, left);
                left -= count;
                Arrays.fill(bytes, offset, offset + Math.max(0, count), (byte) 7);
                return count > 0 ? count : -1;
            }
        });
    }

    /** The client says 1,000 bytes, sends 100 and hangs up its half. */
    private String cutOff() throws IOException {
        URI server = URI.create(base());
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(utf8("POST /api/documents HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                    + "\r\nContent-Length: 1000\r\n\r\n"));
            out.write(pdf(100));
            out.flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aDocumentIsSeenByWhomTheRecordIsOpenTo() {
        String id = uploaded(SECRET + UUID.randomUUID());
        String content = "/api/documents/" + id + "/content";
        String other =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        String doctor = UUID.randomUUID().toString();
        for (String who : List.of(patientsToken(other, ALL), clinician(doctor))) {
            for (String path : List.of("/api/documents/" + id, content, "/api/documents?patient=" + patient)) {
                assertThat(problem(call(who, "GET", path))).as(path).isEqualTo("not-found 404");
            }
            assertThat(problem(call(who, "DELETE", "/api/documents/" + id))).isEqualTo("not-found 404");
            assertThat(problem(upload(who, utf8("x"), "x.txt", "?patient=" + patient)))
                    .isEqualTo("not-found 404");
            assertThat(call(who, "GET", "/fhir/Binary/" + id).statusCode())
                    .as("as for one that is not there")
                    .isEqualTo(call(who, "GET", "/fhir/Binary/" + UUID.randomUUID())
                            .statusCode())
                    .isGreaterThanOrEqualTo(400);
        }
        consents.grant(doctor, patient, EnumSet.of(Part.MEDICATIONS), Action.READ);
        assertThat(problem(call(clinician(doctor), "GET", content))).isEqualTo("not-found 404");
        consents.grant(doctor, patient, EnumSet.of(Part.DOCUMENTS), Action.READ);
        assertThat(call(clinician(doctor), "GET", content).body()).startsWith(SECRET);
        assertThat(call(clinician(doctor), "GET", "/fhir/Binary/" + id).body()).startsWith(SECRET);
        assertThat(json(call(clinician(doctor), "GET", "/api/documents?patient=" + patient), 200)
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(problem(call(clinician(doctor), "DELETE", "/api/documents/" + id)))
                .isEqualTo("forbidden 403");
        assertThat(problem(upload(clinician(doctor), utf8("x"), "x.txt", "?patient=" + patient)))
                .isEqualTo("forbidden 403");
        consents.grant(doctor, patient, EnumSet.of(Part.DOCUMENTS), Action.WRITE);
        json(upload(clinician(doctor), utf8("x" + doctor), "x.txt", "?patient=" + patient), 201);
        consents.deny(doctor, patient, Part.DOCUMENTS);
        assertThat(problem(call(clinician(doctor), "GET", content))).isEqualTo("not-found 404");
    }

    @Test
    void scopesBoundWhatAnAppMayDo() {
        String id = uploaded("scoped " + UUID.randomUUID());
        String reads = patientsToken(patient, "patient/DocumentReference.r");
        assertThat(call(reads, "GET", "/api/documents/" + id + "/content").statusCode())
                .isEqualTo(200);
        assertThat(problem(call(reads, "GET", "/api/documents"))).isEqualTo("forbidden 403");
        assertThat(problem(upload(reads, utf8("y"), "y.txt", ""))).isEqualTo("forbidden 403");
        assertThat(problem(call(reads, "DELETE", "/api/documents/" + id))).isEqualTo("forbidden 403");
        assertThat(call(reads, "GET", "/fhir/Binary/" + id).statusCode()).isEqualTo(403);
        String others = patientsToken(patient, "patient/Observation.cruds");
        assertThat(problem(call(others, "GET", "/api/documents/" + id))).isEqualTo("not-found 404");
    }

    @Test
    void eachAccessLeavesARowAboutThePatient() {
        String id = uploaded("audited " + UUID.randomUUID());
        call(token, "GET", "/api/documents/" + id + "/content");
        call(token, "GET", "/fhir/Binary/" + id);
        call(token, "DELETE", "/api/documents/" + id);
        assertThat(owner.sql("""
                                select action || ' ' || outcome from holovitals.audit_logs
                                where resource_id = ? and ? = any (patients) order by timestamp, id
                                """).params(id, patient).query(String.class).list())
                .containsExactly(
                        "upload-document success",
                        "download-document success",
                        "read success",
                        "delete-document success");
    }

    @Test
    void itIsADocumentReferenceAndABinary() throws Exception {
        byte[] file = utf8(SECRET + UUID.randomUUID());
        String id = json(upload(token, file, "lab.txt", "?documentType=Lab&documentDate=2026-03-04"), 201)
                .path("id")
                .asText();
        DocumentReference reference = clientAs(token)
                .read()
                .resource(DocumentReference.class)
                .withId(id)
                .execute();
        assertThat(reference.getSubject().getReference()).isEqualTo("Patient/" + patient);
        assertThat(reference.getType().getText()).isEqualTo("Lab");
        var attachment = reference.getContentFirstRep().getAttachment();
        assertThat(attachment.getUrl()).isEqualTo("Binary/" + id);
        assertThat(attachment.getContentType()).isEqualTo("text/plain");
        assertThat(attachment.getSize()).isEqualTo(file.length);
        assertThat(attachment.getTitle()).isEqualTo("lab.txt");
        assertThat(attachment.getCreationElement().getValueAsString()).isEqualTo("2026-03-04");
        assertThat(attachment.getHash())
                .isEqualTo(MessageDigest.getInstance("SHA-1").digest(file));

        Binary binary = clientAs(token).read().resource(Binary.class).withId(id).execute();
        assertThat(binary.getContent()).isEqualTo(file);
        assertThat(binary.getContentType()).isEqualTo("text/plain");
        assertThat(binary.getSecurityContext().getReference()).isEqualTo("DocumentReference/" + id);
        HttpResponse<byte[]> raw = download(token, "/fhir/Binary/" + id, "Accept", "text/plain");
        assertThat(raw.body()).isEqualTo(file);
        assertThat(raw.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
        assertThat(new String(
                        download(token, "/fhir/Binary/" + id + "?_format=xml").body(), StandardCharsets.UTF_8))
                .startsWith("<Binary xmlns=");
        assertThat(call(token, "GET", "/fhir/DocumentReference?patient=" + patient)
                        .body())
                .contains(id);
    }

    @Test
    void oneEndsWithTheOther() {
        String first = uploaded("first " + UUID.randomUUID());
        String second = uploaded("second " + UUID.randomUUID());
        assertThat(call(token, "DELETE", "/api/documents/" + first).statusCode())
                .isEqualTo(204);
        assertThat(call(token, "DELETE", "/fhir/DocumentReference/" + second).statusCode())
                .isEqualTo(200);
        for (String id : List.of(first, second)) {
            assertThat(call(token, "GET", "/fhir/DocumentReference/" + id).statusCode())
                    .isEqualTo(404);
            assertThat(problem(call(token, "GET", "/api/documents/" + id))).isEqualTo("not-found 404");
            assertThat(call(token, "GET", "/fhir/Binary/" + id).statusCode()).isGreaterThanOrEqualTo(403);
            assertThat(blob(id)).doesNotExist();
        }
    }

    @Test
    void aDocumentDoesNotMoveToAnotherPatient() {
        String id = uploaded("stays " + UUID.randomUUID());
        String other =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        DocumentReference reference =
                client().read().resource(DocumentReference.class).withId(id).execute();
        reference.setSubject(new Reference("Patient/" + other));
        assertThatThrownBy(() -> client().update().resource(reference).execute())
                .isInstanceOf(UnprocessableEntityException.class);
        reference.setSubject(new Reference("Patient/" + patient)).setDescription("A note");
        client().update().resource(reference).execute();
        assertThat(call(token, "GET", "/api/documents/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void aListHasPagesAndConditions() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(uploaded("page " + i + UUID.randomUUID()));
        }
        json(upload(token, pdf(2000 + new Random().nextInt(9999)), "a.pdf", ""), 201);
        Collections.reverse(ids);
        List<String> found = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json(call(token, "GET", "/api/documents?type=text/plain&count=2" + next), 200);
            page.path("items").forEach(item -> found.add(item.path("id").asText()));
            next = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asText();
        } while (!next.isEmpty());
        assertThat(found).isEqualTo(ids);
        assertThat(problem(call(token, "GET", "/api/documents?status=lost"))).isEqualTo("invalid-request 400");
        assertThat(problem(call(token, "GET", "/api/documents?count=0"))).isEqualTo("invalid-request 400");
    }

    @Test
    void aListAsksAsMuchHoweverLongItIs() {
        uploaded("asked of " + UUID.randomUUID());
        Runnable list = () -> json(call(token, "GET", "/api/documents"), 200);
        assertThat(statements("hfj_res_ver", list)).isEqualTo(1);
        long ofOne = statements("select", list);
        for (int i = 0; i < 4; i++) {
            uploaded("asked of " + i + UUID.randomUUID());
        }
        assertThat(statements("select", list)).isEqualTo(ofOne);
    }

    @Test
    void documentsOfAPatientAreLinked() {
        String one = uploaded("one " + UUID.randomUUID());
        String two = uploaded("two " + UUID.randomUUID());
        String path = "/api/documents/" + one + "/links/" + two;
        HttpRequest.Builder put = at(path).header("Content-Type", "application/json");
        JsonNode linked = json(sendAs(token, put.copy().PUT(BodyPublishers.ofString("{\"type\": \"replaces\"}"))), 200);
        assertThat(linked.path("links").toString())
                .isEqualTo("[{'source':'%s','target':'%s','relationship':'replaces'}]"
                        .formatted(one, two)
                        .replace('\'', '"'));
        assertThat(json(call(token, "GET", "/api/documents/" + two), 200).path("links"))
                .isEqualTo(linked.path("links"));
        assertThat(problem(sendAs(token, put.copy().PUT(BodyPublishers.ofString("{\"type\": \"eats\"}")))))
                .isEqualTo("invalid-request 400");
        String other =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        String theirs = json(upload(patientsToken(other, ALL), utf8("z" + other), "z.txt", ""), 201)
                .path("id")
                .asText();
        assertThat(problem(sendAs(
                        token,
                        at("/api/documents/" + one + "/links/" + theirs)
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"type\": \"related\"}")))))
                .isEqualTo("not-found 404");
        assertThat(call(token, "DELETE", path).statusCode()).isEqualTo(204);
        assertThat(problem(call(token, "DELETE", path))).isEqualTo("not-found 404");
    }

    @Test
    void aDamagedFileIsHandedOutByNoneAndReported() throws IOException {
        String changed =
                json(upload(token, pdf(250_000), "a.pdf", ""), 201).path("id").asText();
        byte[] sealed = Files.readAllBytes(blob(changed));
        sealed[200_000] ^= 1;
        Files.write(blob(changed), sealed);
        String lost = uploaded("lost " + UUID.randomUUID());
        Files.delete(blob(lost));
        String replaced = uploaded("replaced " + UUID.randomUUID());
        Files.copy(
                blob(uploaded("another " + UUID.randomUUID())),
                blob(replaced),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        for (String id : List.of(changed, lost, replaced)) {
            assertThat(problem(call(token, "GET", "/api/documents/" + id + "/content")))
                    .isEqualTo("document-unreadable 410");
            assertThat(call(token, "GET", "/fhir/Binary/" + id).statusCode()).isEqualTo(410);
            assertThat(owner.sql("""
                                    select severity || ' ' || (occurrences > 1) from holovitals.security_alerts
                                    where action = 'document-damaged' and details->>'document' = ?
                                    """).param(id).query(String.class).single()).isEqualTo("critical true");
        }
    }

    @Test
    void nothingIsReadAfterTheKeyIsDestroyed() {
        String id = uploaded("shredded " + UUID.randomUUID());
        care.shred(patient);
        assertThat(problem(call(token, "GET", "/api/documents/" + id + "/content")))
                .isEqualTo("document-unreadable 410");
        assertThat(problem(upload(token, utf8("more"), "more.txt", ""))).isEqualTo("conflict 409");
    }

    @Test
    void filesWithoutADocumentAreSweptWhenTheyAreOld() throws IOException {
        String kept = uploaded("kept " + UUID.randomUUID());
        UUID orphan = UUID.randomUUID();
        store.put(orphan, out -> out.write(1));
        Path file = blob(orphan.toString());
        new BlobSweep(store, rows, Clock.systemUTC(), Duration.ofHours(1)).once();
        assertThat(file).exists();
        new BlobSweep(store, rows, Clock.offset(Clock.systemUTC(), Duration.ofHours(2)), Duration.ofHours(1)).once();
        assertThat(file).doesNotExist();
        assertThat(blob(kept)).exists();
    }
}
