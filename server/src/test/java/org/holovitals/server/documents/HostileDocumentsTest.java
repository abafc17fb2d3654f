package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.holovitals.migrations.Login;
import org.holovitals.server.Heap;
import org.holovitals.server.Spoiler;
import org.holovitals.server.cda.CdaContents;
import org.holovitals.server.passages.IndexedTexts;
import org.holovitals.server.texts.TestPages;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** Spoiled files, from the upload to the search in what was read of them. */
final class HostileDocumentsTest extends DocumentFixture {
    private static final Logger log = LoggerFactory.getLogger(HostileDocumentsTest.class);

    /** Of so many of those that take a process of their own one is read; its reader is tried by itself, too. */
    private static final int READ = 25;

    private final ApplicationContext context;

    @Autowired
    HostileDocumentsTest(ApplicationContext context, Login login, Environment environment) {
        super(login, environment);
        this.context = context;
    }

    /** Some of each kind, or a thousand with -Dholovitals.fuzz=1000. */
    @Test
    void spoiledFilesOfEachKindAreTakenOrRefusedAndReadOrNot() throws IOException {
        int rounds = Integer.getInteger("holovitals.fuzz", 3);
        long before = Heap.used();
        for (Map.Entry<String, byte[]> kind : wholeFiles().entrySet()) {
            aPatient();
            readOnly(List.of());
            Spoiler spoiler = new Spoiler(kind.getKey().hashCode());
            Map<String, Integer> outcomes = new TreeMap<>();
            List<UUID> toRead = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                HttpResponse<String> answer = upload(token, spoiler.spoil(kind.getValue()), "file", "");
                assertThat(answer.statusCode())
                        .as(kind.getKey() + " round " + round + " " + answer.body())
                        .isIn(200, 201, 400, 415);
                boolean isNew = answer.statusCode() == 201;
                if (isNew && (round % READ == READ - 1 || kind.getKey().equals("text"))) {
                    toRead.add(UUID.fromString(json(answer, 201).path("id").asText()));
                }
                outcomes.merge(answer.statusCode() >= 400 ? problem(answer) : "taken", 1, Integer::sum);
            }
            readOnly(toRead);
            readTexts(context);
            IndexedTexts.index(context);
            toRead.forEach(id -> outcomes.merge("read: " + state(id), 1, Integer::sum));
            log.info("{} spoiled files of {}: {}", rounds, kind.getKey(), outcomes);
        }
        log.info("{} MB of heap before, {} MB after", before, Heap.used());
    }

    /** Leaves nothing else to be read. */
    private void readOnly(List<UUID> ids) {
        owner.sql("""
                        update holovitals.documents set status = 'failed', failure = 'broken', claimed_until = null
                        where status in ('pending', 'processing') and id <> all (?)
                        """).param(ids.toArray(UUID[]::new)).update();
    }

    private String state(UUID id) {
        String state = json(call(token, "GET", "/api/documents/" + id), 200)
                .path("failure")
                .asText("complete");
        assertThat(call(token, "GET", "/api/documents/" + id + "/text").statusCode())
                .isEqualTo(200);
        assertThat(call(token, "GET", "/api/documents/" + id + "/values").statusCode())
                .isEqualTo(200);
        return state;
    }

    private static Map<String, byte[]> wholeFiles() throws IOException {
        List<String> lines = List.of("Laboratory report of Zebra Hospital", "Potassium 3.4 mmol/L L 3.5 - 5.1");
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("pdf", TestPages.pdf(lines));
        files.put("png", TestPages.file(TestPages.picture(lines), "png"));
        files.put("jpeg", TestPages.file(TestPages.picture(lines), "jpg"));
        files.put("tiff", TestPages.file(TestPages.picture(lines), "tiff"));
        files.put("text", utf8(String.join("\n", lines)));
        files.put("rtf", utf8("{\\rtf1\\ansi{\\b Findings}\\par Gr\\'f6\\'dfe 180 cm\\par " + lines + "}"));
        files.put(
                "html",
                utf8("<!DOCTYPE html><html><head><title>Letter</title></head><body><h1>Findings</h1><table><tr><td>"
                        + String.join("</td><td>", lines) + "</td></tr></table></body></html>"));
        try (InputStream in = Objects.requireNonNull(CdaContents.class.getResourceAsStream("summary.xml"))) {
            files.put("c-cda", in.readAllBytes());
        }
        files.put(
                "fhir",
                utf8("{\"resourceType\":\"DiagnosticReport\",\"conclusion\":\"No fracture\",\"text\":{\"div\":"
                        + "\"<div xmlns='http://www.w3.org/1999/xhtml'><p>" + String.join("<br/>", lines)
                        + "</p></div>\"}}"));
        return files;
    }
}
