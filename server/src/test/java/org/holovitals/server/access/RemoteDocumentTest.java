package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RemoteDocumentTest {
    /** Held by a test while the server shall not answer. */
    private final Semaphore slowness = new Semaphore(1);

    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server = start();
    private volatile int status = 200;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final RemoteDocument<String> document = new RemoteDocument<>(
            () -> Optional.of(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/")),
            text -> text,
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            });

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void itIsAskedForOnceAMinuteHoweverOftenItIsWanted() {
        for (int i = 0; i < 100; i++) {
            assertThat(document.renewed()).hasValue("1");
        }
        now = now.plus(Duration.ofSeconds(59));
        assertThat(document.renewed()).hasValue("1");
        now = now.plus(Duration.ofSeconds(1));
        assertThat(document.renewed()).hasValue("2");
        assertThat(requests).hasValue(2);
    }

    @Test
    void whatIsTenMinutesOldIsAskedForAnew() {
        assertThat(document.get()).hasValue("1");
        now = now.plus(Duration.ofMinutes(9));
        assertThat(document.get()).hasValue("1");
        now = now.plus(Duration.ofMinutes(2));
        assertThat(document.get()).hasValue("2");
    }

    @Test
    void theLastOneStaysWhileTheServerFails() {
        assertThat(document.get()).hasValue("1");
        status = 500;
        now = now.plus(Duration.ofHours(1));
        assertThat(document.get()).hasValue("1");
        assertThat(document.renewed()).hasValue("1");
        assertThat(requests).hasValue(2);
    }

    @Test
    void aServerThatWasNeverReachedIsAskedAgainAfterFiveSecondsOrWhenItIsUp() {
        status = 503;
        assertThat(document.get()).isEmpty();
        assertThat(document.get()).isEmpty();
        assertThat(requests).hasValue(1);
        document.askAgain();
        assertThat(document.get()).isEmpty();
        assertThat(requests).hasValue(2);
        status = 200;
        now = now.plus(Duration.ofSeconds(5));
        assertThat(document.get()).hasValue("3");
    }

    @Test
    void whoeverComesWhileItIsFetchedWaitsForIt() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(20);
        try {
            slowness.acquire();
            List<Future<Optional<String>>> callers = IntStream.range(0, 20)
                    .mapToObj(i -> pool.submit(document::get))
                    .toList();
            await().until(() -> requests.get() == 1);
            slowness.release();
            for (Future<Optional<String>> caller : callers) {
                assertThat(caller.get()).hasValue("1");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private HttpServer start() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.createContext("/", exchange -> {
                byte[] body = String.valueOf(requests.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
                slowness.acquireUninterruptibly();
                slowness.release();
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            made.start();
            return made;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
