package org.holovitals.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A small FHIR package: one profile, by which a Patient must have a gender. */
public final class TestPackage {
    public static final String PROFILE = "http://example.org/StructureDefinition/gendered-patient";
    private static final String DEFINITION = """
            {"resourceType":"StructureDefinition","id":"gendered-patient","url":"%s","name":"GenderedPatient",
             "status":"active","fhirVersion":"4.0.1","kind":"resource","abstract":false,"type":"Patient",
             "baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient","derivation":"constraint",
             "differential":{"element":[{"id":"Patient","path":"Patient"},
               {"id":"Patient.gender","path":"Patient.gender","min":1}]}}""".formatted(PROFILE);

    private TestPackage() {}

    /** Writes it to a new file below a directory. */
    public static Path in(Path directory) {
        return in(directory, "4.0.1");
    }

    public static Path in(Path directory, String fhirVersion) {
        return write(
                directory,
                Map.of(
                        "package/package.json",
                        "{\"name\":\"org.example.test\",\"version\":\"1.0.0\",\"fhirVersions\":[\"" + fhirVersion
                                + "\"]}",
                        "package/StructureDefinition-gendered-patient.json",
                        DEFINITION));
    }

    public static Path write(Path directory, Map<String, String> files) {
        try {
            Path file = Files.createTempFile(directory, "package", ".tgz");
            try (OutputStream out = Files.newOutputStream(file);
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
                for (Map.Entry<String, String> each : files.entrySet()) {
                    byte[] content = each.getValue().getBytes(UTF_8);
                    TarArchiveEntry entry = new TarArchiveEntry(each.getKey());
                    entry.setSize(content.length);
                    tar.putArchiveEntry(entry);
                    tar.write(content);
                    tar.closeArchiveEntry();
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
