package org.holovitals.server.access;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A document of the issuer, asked for at most once a minute whatever callers send; every few seconds until it was read for the first
 * time, since an issuer may start beside this server. While the issuer is down the last one stays in use.
 *
 * @param <T> what the document is read as
 */
final class RemoteDocument<T> {
    private static final Logger log = LoggerFactory.getLogger(RemoteDocument.class);
    static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration PAUSE_AT_FIRST = Duration.ofSeconds(5);
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 1 << 20;
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();

    private final Address address;
    private final Reader<T> reader;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable T current;
    private volatile Instant readAt = Instant.MIN;
    private volatile Instant askedAt = Instant.MIN;

    /** Where the document is; empty when that cannot be told now. */
    interface Address {
        Optional<URI> find();
    }

    /** Makes a value of the text; throws what a wrong text deserves. */
    interface Reader<T> {
        T read(String text) throws IOException;
    }

    RemoteDocument(Address address, Reader<T> reader, Clock clock) {
        this.address = address;
        this.reader = reader;
        this.clock = clock;
    }

    /** The document, asked for anew when it is ten minutes old; who comes meanwhile is given the last one. */
    Optional<T> get() {
        boolean isFresh = !readAt.isBefore(clock.instant().minus(FRESH));
        if (current == null) {
            return renewed();
        }
        if (!isFresh && mayAsk() && fetching.tryLock()) {
            askAndUnlock();
        }
        return Optional.ofNullable(current);
    }

    /** The document, asked for anew unless that was done in the last minute; who comes meanwhile waits for it. */
    Optional<T> renewed() {
        fetching.lock();
        askAndUnlock();
        return Optional.ofNullable(current);
    }

    private void askAndUnlock() {
        try {
            if (mayAsk()) {
                askedAt = clock.instant();
                fetch();
            }
        } finally {
            fetching.unlock();
        }
    }

    private boolean mayAsk() {
        return !askedAt.isAfter(clock.instant().minus(current == null ? PAUSE_AT_FIRST : PAUSE));
    }

    /** The next who wants it has it asked for, however long ago that was done: the issuer has just come up. */
    void askAgain() {
        askedAt = Instant.MIN;
    }

    private void fetch() {
        try {
            Optional<URI> uri = address.find();
            if (uri.isPresent()) {
                current = reader.read(load(uri.get()));
                readAt = clock.instant();
            }
        } catch (IOException e) {
            log.warn("The identity provider does not answer ({})", e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String load(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .build();
        HttpResponse<InputStream> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            byte[] bytes = body.readNBytes(MOST_BYTES + 1);
            if (answer.statusCode() != 200 || bytes.length > MOST_BYTES) {
                throw new IOException("status " + answer.statusCode() + ", " + bytes.length + " bytes");
            }
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
