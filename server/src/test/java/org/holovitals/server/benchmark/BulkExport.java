package org.holovitals.server.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Exports all patients by FHIR's bulk data access: from the request to the last byte of the last file. */
final class BulkExport {
    static final String NAME = "export";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(200);
    private static final String ASYNC = "Accept: application/fhir+json\r\nPrefer: respond-async\r\n";

    private BulkExport() {}

    static Measurement of(Subject subject) throws IOException {
        Meter meter = Meter.start(subject);
        long began = System.nanoTime();
        long resources;
        try (Client client = subject.client(0)) {
            resources = lines(client, manifest(client));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Measurement(
                NAME, subject.name(), new ClosedLoop.Result(1, resources, seconds), meter.stop(), Optional.empty());
    }

    private static JsonNode manifest(Client client) throws IOException {
        Wire.Answer accepted = client.get(Role.SERVICE, "/fhir/Patient/$export", ASYNC);
        String status = path(accepted.header("content-location"));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Wire.Answer answer = client.get(Role.SERVICE, status, "");
            if (answer.status() == 200) {
                return JSON.readTree(answer.body());
            }
            LockSupport.parkNanos(BETWEEN_POLLS.toNanos());
        }
        throw new IOException("The export did not end within " + PATIENCE);
    }

    private static long lines(Client client, JsonNode manifest) throws IOException {
        long lines = 0;
        for (JsonNode file : manifest.path("output")) {
            String path = path(file.path("url").asText());
            lines += lines(client.get(Role.SERVICE, path, "Accept: application/fhir+ndjson\r\n"));
        }
        if (lines == 0) {
            throw new IOException("The export is empty: " + manifest);
        }
        return lines;
    }

    private static long lines(Wire.Answer file) {
        long lines = 0;
        for (byte each : file.body()) {
            lines += each == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static String path(String address) {
        URI uri = URI.create(address);
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}
