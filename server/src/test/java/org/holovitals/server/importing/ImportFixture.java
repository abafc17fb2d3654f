package org.holovitals.server.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files for the importer, with ids that no other test has. */
abstract class ImportFixture extends ServerTest {
    /** Stands in the resources where a person's data does: no report may have it. */
    static final String SECRET = "Secretname";

    final String own = "i" + UUID.randomUUID().toString().substring(0, 18);
    final Importer importer;
    final JdbcClient jdbc;
    private Path folder = Path.of("");

    ImportFixture(ApplicationContext beans) {
        this.importer = beans.getBean(Importer.class);
        this.jdbc = asOwner(beans.getBean(Login.class));
    }

    @BeforeEach
    void inAFolder(@TempDir Path made) {
        this.folder = made;
    }

    final Path folder() {
        return folder;
    }

    final ImportReport run(Path... paths) throws IOException, InterruptedException {
        return run(Progress.NONE, paths);
    }

    final ImportReport run(Progress progress, Path... paths) throws IOException, InterruptedException {
        return importer.run(new ImportRequest(List.of(paths), false), progress);
    }

    final ImportReport again(Path... paths) throws IOException, InterruptedException {
        return importer.run(new ImportRequest(List.of(paths), true), Progress.NONE);
    }

    final Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(UTF_8));
    }

    final Path file(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    final Path lines(String name, String... resources) throws IOException {
        return file(name, String.join("\n", resources) + "\n");
    }

    static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** The id of this test's resource with a short name. */
    final String id(String name) {
        return own + "-" + name;
    }

    final String patient(String name) {
        return """
                {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}]}""".formatted(id(name), SECRET);
    }

    /** A patient that gets its id from the server. */
    final String newPatient(String identifier) {
        return """
                {"resourceType":"Patient","identifier":[{"system":"urn:%s","value":"%s"}]}""".formatted(own, identifier);
    }

    final String observation(String name, String subject) {
        return """
                {"resourceType":"Observation","id":"%s","status":"final","code":{"text":"%s"},\
                "subject":{"reference":"Patient/%s"}}""".formatted(id(name), SECRET, id(subject));
    }

    static String bundle(String type, String... entries) {
        return """
                {"resourceType":"Bundle","type":"%s","entry":[%s]}""".formatted(type, String.join(",\n", entries));
    }

    /** An entry that writes a resource under its id. */
    final String put(String resource, String url) {
        return """
                {"resource":%s,"request":{"method":"PUT","url":"%s"}}""".formatted(resource, url);
    }

    static String createUnless(String resource, String condition) {
        return """
                {"resource":%s,"request":{"method":"POST","url":"Patient","ifNoneExist":"%s"}}""".formatted(resource, condition);
    }

    final void assertStored(String... references) {
        for (String reference : references) {
            assertThat(get("/" + reference).statusCode()).as(reference).isEqualTo(200);
        }
    }

    final void assertAbsent(String reference) {
        assertThat(get("/" + reference).statusCode()).as(reference).isEqualTo(404);
    }

    /** How many patients carry identifiers of this test, with how many different values. */
    final List<Integer> patientsAndIdentifiers() {
        return jdbc.sql("""
                        select count(*), count(distinct sp_value) from fhir.hfj_spidx_token
                        where res_type = 'Patient' and sp_name = 'identifier' and sp_system = ?
                        """)
                .param("urn:" + own)
                .query((row, number) -> List.of(row.getInt(1), row.getInt(2)))
                .single();
    }

    /** What was not imported: the file's name, with the entry where there is one, and the reason. */
    static Map<String, String> failures(ImportReport report) {
        Map<String, String> failures = new LinkedHashMap<>();
        for (ImportFailure failure : report.failures()) {
            String file = failure.source().substring(failure.source().lastIndexOf('/') + 1);
            failures.put(failure.entry() == null ? file : file + "#" + failure.entry(), failure.reason());
        }
        assertThat(failures).hasSize((int) report.failureCount());
        assertThat(failures.values()).noneMatch(reason -> reason.contains(SECRET));
        return failures;
    }
}
