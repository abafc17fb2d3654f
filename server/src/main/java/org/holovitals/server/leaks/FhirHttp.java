package org.holovitals.server.leaks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sends probes. */
final class FhirHttp {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String base;
    private final AtomicInteger sent = new AtomicInteger();

    FhirHttp(URI base) {
        String text = base.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * What came back.
     *
     * @param location of what a create made, or where to ask for an answer later
     */
    record Answer(int status, String body, String location) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** How many probes were sent until now. */
    int sent() {
        return sent.get();
    }

    Answer send(String token, Probe probe) {
        return send(token, probe, HttpRequest.newBuilder(uri(probe)));
    }

    /** Asks for an answer later. */
    Answer sendAsync(String token, Probe probe) {
        return send(token, probe, HttpRequest.newBuilder(uri(probe)).header("Prefer", "respond-async"));
    }

    private Answer send(String token, Probe probe, HttpRequest.Builder builder) {
        sent.incrementAndGet();
        @Nullable String body = probe.body();
        HttpRequest request = builder.timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/fhir+json, application/json")
                .header("Content-Type", probe.contentType())
                .method(
                        probe.method(),
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.body(),
                    answer.headers()
                            .firstValue("Location")
                            .or(() -> answer.headers().firstValue("Content-Location"))
                            .orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(Probe probe) {
        return probe.isApi()
                ? URI.create(base).resolve(probe.path())
                : URI.create(base + (probe.path().isEmpty() ? "" : "/" + probe.path()));
    }
}
