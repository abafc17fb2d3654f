package org.holovitals.server.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.holovitals.migrations.Login;
import org.holovitals.server.ModelStub;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.models.ModelCalls.UnderWay;
import org.holovitals.server.models.Reply.Answered;
import org.holovitals.server.models.Reply.Failed;
import org.holovitals.server.models.Reply.Failure;
import org.holovitals.server.models.Reply.Finish;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known of models: those that are set up, and how their calls went. */
final class ModelsTest extends ServerTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final Models models;
    private final ModelCalls calls;
    private final PerformanceHours hours;
    private final JdbcClient owner;

    @Autowired
    ModelsTest(Models models, ModelCalls calls, PerformanceHours hours, Login login) {
        this.models = models;
        this.calls = calls;
        this.hours = hours;
        this.owner = asOwner(login);
    }

    private Model model(String name) {
        Model known = models.named("stub-openai").orElseThrow();
        return new Model(
                name,
                "counted",
                name,
                known.window(),
                known.output(),
                known.deadline(),
                known.egress(),
                known.language());
    }

    private UUID begun(Model model) {
        UUID id = UUID.randomUUID();
        calls.begin(new ModelCalls.Begun(
                id, model, "chat", EgressMode.MASKED_TEXT, "0".repeat(64), new Usage(40, 800, true)));
        return id;
    }

    private void answered(Model model, Finish finish, int output, int millis, @Nullable String cost) {
        calls.end(
                begun(model),
                new Answered(
                        "x",
                        finish,
                        new Usage(100, output, false),
                        1,
                        Duration.ofMillis(10),
                        Duration.ofMillis(millis)),
                cost == null ? null : new BigDecimal(cost),
                "USD");
    }

    private String counted(Model model) {
        return owner.sql("""
                        select total_requests || ' ' || total_tokens || ' ' || avg_response_time || ' ' || avg_tokens_per_second
                          || ' ' || success_rate || ' ' || error_rate || ' ' || coalesce(total_cost::text, 'unknown')
                        from holovitals.model_performance where provider = 'counted' and model = ?
                        """).param(model.model()).query(String.class).single();
    }

    private JsonNode get(String token, String path) {
        HttpResponse<String> answer = sendAs(token, HttpRequest.newBuilder(URI.create(base().replace("/fhir", path))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anHourIsCountedFromItsCallsHoweverOften() {
        Model model = model("m-" + UUID.randomUUID());
        answered(model, Finish.COMPLETE, 50, 1000, "0.00000003");
        answered(model, Finish.INCOMPLETE, 100, 2000, "0.00000005");
        assertThat(calls.fail(begun(model), new Failed(Failure.TIMEOUT, 3, Duration.ofSeconds(9))))
                .isTrue();
        begun(model);
        hours.count();
        hours.count();
        assertThat(counted(model)).isEqualTo("3 350 1500.000 50.000 0.3333 0.3333 0.00000008");

        answered(model, Finish.COMPLETE, 150, 3000, null);
        hours.count();
        assertThat(counted(model)).isEqualTo("4 600 2000.000 50.000 0.5000 0.2500 unknown");
        assertThat(get(TestIssuer.user("admin", "user/*.cruds"), "/api/models/performance?hours=2"))
                .filteredOn(line -> line.path("model").asText().equals(model.model()))
                .singleElement()
                .satisfies(line -> assertThat(line.path("requests").asInt()).isEqualTo(4));
    }

    @Test
    void aCallEndsOnce() {
        Model model = model("m-" + UUID.randomUUID());
        UUID call = begun(model);
        assertThat(calls.fail(call, new Failed(Failure.TIMEOUT, 3, Duration.ofSeconds(9))))
                .isTrue();
        assertThat(calls.fail(call, new Failed(Failure.REFUSED, 1, Duration.ofSeconds(9))))
                .isFalse();
    }

    @Test
    void aCallThatIsLostHasUsedAllThatItMightAndEndsNoMore() {
        Model model = model("m-" + UUID.randomUUID());
        UUID call = begun(model);
        assertThat(calls.underWay(call))
                .contains(new UnderWay(call, "counted", model.model(), new Usage(40, 800, true)));
        assertThat(calls.lose(call, new BigDecimal("0.00000840"), "USD")).isTrue();
        assertThat(calls.lose(call, BigDecimal.TEN, "USD")).isFalse();
        assertThat(calls.fail(call, new Failed(Failure.REFUSED, 1, Duration.ofSeconds(9))))
                .isFalse();
        assertThat(calls.underWay(call)).isEmpty();
        assertThat(owner.sql("""
                        select status || ' ' || input_tokens || ' ' || output_tokens || ' ' || cost
                        from holovitals.model_calls where id = ?
                        """).param(call).query(String.class).single()).isEqualTo("lost 40 800 0.00000840");
        assertThat(calls.lastEnds(model, 5, Instant.now().minus(Duration.ofHours(1))))
                .isEmpty();
    }

    @Test
    void oldCallsAreRemovedAndTheirHoursStay() {
        Model model = model("m-" + UUID.randomUUID());
        answered(model, Finish.COMPLETE, 50, 1000, "0.00000003");
        hours.count();
        UUID underWay = begun(model);
        owner.sql("""
                        update holovitals.model_calls set started_at = started_at - interval '91 days',
                          ended_at = ended_at - interval '91 days' where model = ?
                        """).param(model.model()).update();
        assertThat(calls.prune(Instant.now().minus(Duration.ofDays(90)))).isEqualTo(1);
        assertThat(calls.underWay(underWay)).isPresent();
        assertThat(counted(model)).isEqualTo("1 150 1000.000 50.000 1.0000 0.0000 0.00000003");
    }

    @Test
    void theModelsThatAreSetUpAreListedWithoutTheirKeys() {
        JsonNode listed = get(TestIssuer.user("patient", "user/*.rs"), "/api/models");
        assertThat(listed).hasSize(2);
        assertThat(listed.path(0).path("egress").asText()).isEqualTo("baa-full");
        assertThat(listed.path(0).path("health").asText()).isIn("unknown", "healthy", "degraded", "down");
        assertThat(listed.toString()).contains("stub-openai", "stub-anthropic").doesNotContain(ModelStub.KEY);
        HttpResponse<String> metrics =
                sendBare(HttpRequest.newBuilder(URI.create(base().replace("/fhir", "/actuator/prometheus"))));
        assertThat(metrics.body()).doesNotContain(ModelStub.KEY);
    }
}
