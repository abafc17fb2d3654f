package org.holovitals.server.health;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Fetches a public document of a component, as a client does. */
final class HttpProbe implements Probe {
    private static final int SERVER_ERROR = 500;
    private static final int OK = 200;

    private final Component component;
    private final Supplier<Optional<URI>> address;
    private final Duration timeout;
    private final Clock clock;
    private final HttpClient http;

    HttpProbe(Component component, Supplier<Optional<URI>> address, Duration timeout, Clock clock) {
        this.component = component;
        this.address = address;
        this.timeout = timeout;
        this.clock = clock;
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    @Override
    public Component component() {
        return component;
    }

    @Override
    public Reading read() throws IOException, InterruptedException {
        Optional<URI> uri = address.get();
        if (uri.isEmpty()) {
            return Reading.of(Status.DOWN, "Its address is not known");
        }
        Instant begin = clock.instant();
        int status = http.send(
                        HttpRequest.newBuilder(uri.get()).timeout(timeout).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
        Reading reading = Reading.healthy(Duration.between(begin, clock.instant()));
        return reading.worse(status >= SERVER_ERROR ? Status.DOWN : Status.HEALTHY, "It answers with " + status)
                .degradedIf(status != OK, "It answers with " + status);
    }
}
