package org.holovitals.server.analyses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.holovitals.server.ModelStub;
import org.holovitals.server.ModelStub.Act;
import org.holovitals.server.analyses.TaskLeases.Worker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Analyses that a language model makes, because whoever asked said so. */
final class ModelAnalysisTest extends AnalysisFixture {
    private static final ModelStub STUB = ModelStub.shared();
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final TaskLeases leases;
    private final TaskEnds ends;
    private final Wakeups wakeups;
    private final TaskWork work;
    private final Acceptances acceptances;
    private final Preparation preparation;
    private final Preparation.Reading reading;
    private final TaskWork.Keeping keeping;
    private final Analyst analyst;

    @Autowired
    ModelAnalysisTest(
            JdbcClient jdbc,
            TaskLeases leases,
            TaskEnds ends,
            Wakeups wakeups,
            TaskWork work,
            Acceptances acceptances,
            Preparation preparation,
            Preparation.Reading reading,
            TaskWork.Keeping keeping,
            @Qualifier("modelAnalyst") Analyst analyst) {
        super(jdbc);
        this.leases = leases;
        this.ends = ends;
        this.wakeups = wakeups;
        this.work = work;
        this.acceptances = acceptances;
        this.preparation = preparation;
        this.reading = reading;
        this.keeping = keeping;
        this.analyst = analyst;
    }

    @BeforeEach
    void aModelWithAPrice() {
        record();
        STUB.next();
        ModelStub.price(jdbc, "stub-openai");
    }

    private void choose(String mode) {
        HttpResponse<String> answer = sendAs(
                own(),
                HttpRequest.newBuilder(URI.create(base().replace("/fhir", "/api/me/egress")))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"mode\":\"" + mode + "\"}")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private String asked(String model) {
        return question("ferritin").replace("{", "{\"model\":\"" + model + "\",");
    }

    private UUID submitted() {
        HttpResponse<String> answer = send(own(), "/api/analyses", asked("stub-openai"), "Idempotency-Key", "k");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return UUID.fromString(json(answer).get("id").asText());
    }

    private void runOne() {
        runOne(work);
    }

    private void runOne(TaskWork work) {
        Worker worker = new Worker("test-" + UUID.randomUUID(), LEASE, null);
        Workers workers =
                new Workers(leases, new Claims(leases, worker), work, ends, new Workers.Timing(worker, wakeups));
        boolean isDone = false;
        while (!isDone) {
            isDone = !workers.runOne();
        }
    }

    private List<String> calls(UUID task) {
        return jdbc.sql("""
                        select c.purpose || ' ' || c.status || ' ' || c.cost from holovitals.model_calls c
                        join holovitals.ai_interactions i on i.call_id = c.id where i.session_id = ?
                        """).param(task).query(String.class).list();
    }

    @Test
    void aModelReadsWhatMayLeaveAndItsLinesAreChecked() {
        STUB.says(question ->
                "Your ferritin was 72 ng/mL on D+0 [4].\nYour ferritin was 72 ng/mL in 2019 [1].\nAll is well.");
        assertThat(send(own(), "/api/analyses/quote", asked("stub-openai")).statusCode())
                .isEqualTo(409);
        choose("structured-only");
        assertThat(send(own(), "/api/analyses/quote", asked("stub-openai")).statusCode())
                .isEqualTo(409);
        assertThat(send(own(), "/api/analyses/quote", asked("nobody")).statusCode())
                .isEqualTo(400);
        choose("masked-text");
        JsonNode quote = json(send(own(), "/api/analyses/quote", asked("stub-openai")));
        assertThat(quote.get("model").asText()).isEqualTo("stub-openai");
        assertThat(new BigDecimal(quote.get("cost").asText())).isPositive();

        UUID task = submitted();
        assertThat(send(own(), "/api/analyses", question("ferritin"), "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(422);
        runOne();

        assertThat(STUB.received().get(0).body())
                .contains("D-1096 69 ng/mL [1]")
                .doesNotContain("2019");
        JsonNode result = json(ask(own(), "/api/analyses/" + task + "/result"));
        assertThat(result.get("label").asText()).startsWith("Generated by AI");
        assertThat(result.get("statements")).hasSize(2);
        assertThat(result.at("/statements")).anySatisfy(statement -> {
            assertThat(statement.get("text").asText()).isEqualTo("Your ferritin was 72 ng/mL on 2022-04-01.");
            assertThat(statement.get("verified").asBoolean()).isTrue();
            assertThat(statement.at("/sources/0").asText()).isEqualTo("Observation/" + patient + "-2022/_history/1");
        });
        assertThat(result.at("/statements"))
                .filteredOn(statement -> !statement.get("verified").asBoolean())
                .singleElement()
                .satisfies(
                        statement -> assertThat(statement.get("text").asText()).endsWith("in 2019."));
        assertThat(calls(task)).containsExactly("analysis complete 0.00207654");
        assertThat(jdbc.sql("select total_cost::text from holovitals.analysis_costs where task_id = ?")
                        .param(task)
                        .query(String.class)
                        .single())
                .isEqualTo("0.00207654");
        assertThat(jdbc.sql("""
                        select spent_cost || ' ' || reserved_cost from holovitals.daily_spending d
                        join holovitals.users u on u.id = d.user_id where u.subject = ?
                        """).param(subject).query(String.class).single()).isEqualTo("0.00207654 0.00000000");
        assertEndedOnce(task);
    }

    @Test
    void aProviderThatFailsIsAskedAgainLaterAndCostsNothing() {
        choose("masked-text");
        UUID task = submitted();
        STUB.next(Act.ERROR, Act.ERROR, Act.ERROR);
        runOne();
        assertThat(status(task)).isEqualTo("queued");
        assertThat(calls(task)).containsExactly("analysis failed 0.00000000");
        send(own(), "/api/analyses/" + task + "/cancel", "");
        assertThat(status(task)).isEqualTo("cancelled");
        assertThat(count("analysis_costs", task)).isZero();
        assertEndedWithoutCost();
    }

    private void assertEndedWithoutCost() {
        assertThat(jdbc.sql("""
                        select spent_cost || ' ' || reserved_cost from holovitals.daily_spending d
                        join holovitals.users u on u.id = d.user_id where u.subject = ?
                        """).param(subject).query(String.class).single()).isEqualTo("0.00000000 0.00000000");
    }

    /** Its worker died, or lost the task, while the model wrote. */
    @Test
    void aCallOfWhichNobodyHearsTheEndIsPaidWhenItsTaskEnds() throws InterruptedException {
        choose("masked-text");
        UUID task = submitted();
        STUB.next(Act.HANG);
        Thread working = new Thread(this::runOne);
        working.start();
        Awaitility.await().until(() -> !STUB.received().isEmpty());
        working.interrupt();
        Awaitility.await().until(() -> status(task).equals("queued"));
        working.interrupt();
        working.join();
        assertThat(calls(task)).containsExactly((String) null);
        send(own(), "/api/analyses/" + task + "/cancel", "");

        assertThat(status(task)).isEqualTo("cancelled");
        String cost = jdbc.sql("select total_cost::text from holovitals.analysis_costs where task_id = ?")
                .param(task)
                .query(String.class)
                .single();
        assertThat(calls(task)).containsExactly("analysis lost " + cost);
        assertSpent(cost);
    }

    /** Its worker died between the answer and the row of its part. */
    @Test
    void aCallWhosePartWasLostIsPaidAndSoIsTheOneInItsPlace() {
        choose("masked-text");
        UUID task = submitted();
        AtomicBoolean isFirst = new AtomicBoolean(true);
        Analyst dying = new Analyst() {
            @Override
            public boolean answersWith(String provider, String model) {
                return analyst.answersWith(provider, model);
            }

            @Override
            public Extract answer(Asked asked) throws InterruptedException {
                Extract extract = analyst.answer(asked);
                if (isFirst.getAndSet(false)) {
                    throw new IllegalStateException("killed");
                }
                return extract;
            }
        };
        runOne(new TaskWork(acceptances, preparation, reading, List.of(dying), keeping));
        jdbc.sql("update holovitals.analysis_queue set run_after = now() where id = ?")
                .param(task)
                .update();
        runOne(new TaskWork(acceptances, preparation, reading, List.of(dying), keeping));

        assertThat(status(task)).isEqualTo("completed");
        assertThat(calls(task)).containsExactly("analysis complete 0.00207654", "analysis complete 0.00207654");
        assertSpent("0.00415308");
    }

    private void assertSpent(String cost) {
        assertThat(jdbc.sql("""
                        select spent_cost || ' ' || reserved_cost from holovitals.daily_spending d
                        join holovitals.users u on u.id = d.user_id where u.subject = ?
                        """).param(subject).query(String.class).single()).isEqualTo(cost + " 0.00000000");
    }

    @Test
    void aChoiceThatIsTakenBackCountsForWhatWaits() {
        choose("masked-text");
        UUID task = submitted();
        choose("none");
        STUB.next();
        runOne();
        assertThat(status(task)).isEqualTo("failed");
        assertThat(json(ask(own(), "/api/analyses/" + task)).get("error").asText())
                .startsWith("The record may not be sent to this model any more");
        assertThat(STUB.received()).isEmpty();
        assertEndedOnce(task);
    }
}
