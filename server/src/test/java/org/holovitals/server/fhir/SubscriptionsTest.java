package org.holovitals.server.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.holovitals.server.ServerTest;
import org.holovitals.server.reading.Statements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Subscriptions with a REST hook (http://hl7.org/fhir/R4/subscription.html), and what they cost where there are none. */
final class SubscriptionsTest extends ServerTest {
    private static final int RESOURCES = 20;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final String code = UUID.randomUUID().toString();
    private final HttpServer hook;

    @Autowired
    SubscriptionsTest(JdbcClient jdbc) throws IOException {
        this.jdbc = jdbc;
        this.hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void listen() {
        hook.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        hook.start();
    }

    @AfterEach
    void close() {
        hook.stop(0);
    }

    @Test
    void aBundleTakesFewerStatementsThanItHasResourcesUnlessSomebodyWaitsForThem() {
        endAll();
        untilThereAreFew();

        String id = subscribe();
        client().create().resource(observation("another-" + code)).execute();
        String found =
                client().create().resource(observation(code)).execute().getId().getIdPart();
        Awaitility.await().atMost(LONG).until(() -> !told.isEmpty());
        assertThat(told).singleElement().asString().contains("\"" + found + "\"");
        assertThat(statements()).as("HAPI looks up a message for each").isGreaterThan(RESOURCES);

        client().delete().resourceById("Subscription", id).execute();
        untilThereAreFew();
    }

    /** Those of other tests too. */
    private void endAll() {
        jdbc.sql("select fhir_id from fhir.hfj_resource where res_type = 'Subscription' and res_deleted_at is null")
                .query(String.class)
                .list()
                .forEach(
                        id -> client().delete().resourceById("Subscription", id).execute());
    }

    private String subscribe() {
        Subscription subscription = new Subscription()
                .setStatus(SubscriptionStatus.REQUESTED)
                .setReason("a test")
                .setCriteria("Observation?code=" + code);
        subscription
                .getChannel()
                .setType(SubscriptionChannelType.RESTHOOK)
                .setPayload("application/fhir+json")
                .setEndpoint("http://127.0.0.1:" + hook.getAddress().getPort());
        String id = client().create().resource(subscription).execute().getId().getIdPart();
        Awaitility.await()
                .atMost(LONG)
                .until(() -> client().read()
                                .resource(Subscription.class)
                                .withId(id)
                                .execute()
                                .getStatus()
                        == SubscriptionStatus.ACTIVE);
        return id;
    }

    private void untilThereAreFew() {
        Awaitility.await().atMost(LONG).until(() -> statements() < RESOURCES);
    }

    private int statements() {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        IntStream.range(0, RESOURCES).forEach(i -> bundle.addEntry()
                .setResource(observation("bundled"))
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Observation"));
        try (Statements statements = new Statements()) {
            client().transaction().withBundle(bundle).execute();
            return statements.count();
        }
    }

    private static Observation observation(String code) {
        return new Observation()
                .setStatus(Observation.ObservationStatus.FINAL)
                .setCode(new CodeableConcept(new Coding("urn:test", code, null)));
    }
}
