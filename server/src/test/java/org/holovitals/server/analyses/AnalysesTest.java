package org.holovitals.server.analyses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.SaidConsents;
import org.holovitals.server.analyses.TaskLeases.Worker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the quote to the result, who sees it, and what becomes of tasks whose workers fail. */
final class AnalysesTest extends AnalysisFixture {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final TaskLeases leases;
    private final TaskEnds ends;
    private final SaidConsents consents;
    private final Wakeups wakeups;
    private final Pieces pieces;

    /** What a worker is made of. */
    record Pieces(
            Acceptances acceptances, Preparation preparation, Preparation.Reading reading, TaskWork.Keeping keeping) {}

    @Autowired
    AnalysesTest(
            JdbcClient jdbc,
            TaskLeases leases,
            TaskEnds ends,
            SaidConsents consents,
            Wakeups wakeups,
            Acceptances acceptances,
            Preparation preparation,
            Preparation.Reading reading,
            TaskWork.Keeping keeping) {
        super(jdbc);
        this.leases = leases;
        this.ends = ends;
        this.consents = consents;
        this.wakeups = wakeups;
        this.pieces = new Pieces(acceptances, preparation, reading, keeping);
    }

    @BeforeEach
    void begin() {
        record();
    }

    private Workers workers(Analyst analyst) {
        TaskWork work = new TaskWork(
                pieces.acceptances(), pieces.preparation(), pieces.reading(), List.of(analyst), pieces.keeping());
        Worker worker = new Worker("test-" + UUID.randomUUID(), LEASE, null);
        return new Workers(leases, new Claims(leases, worker), work, ends, new Workers.Timing(worker, wakeups));
    }

    private void runAll(Analyst analyst) {
        Workers workers = workers(analyst);
        boolean isDone = false;
        while (!isDone) {
            isDone = !workers.runOne();
        }
    }

    /** An analyst that does something before it answers. */
    private record Interrupted(Runnable before) implements Analyst {
        @Override
        public boolean answersWith(String provider, String model) {
            return true;
        }

        @Override
        public Extract answer(Asked asked) {
            before.run();
            return new Extracts().answer(asked);
        }
    }

    @Test
    void aQuestionIsQuotedAcceptedOnceAnsweredAndPaid() {
        JsonNode quote = json(send(own(), "/api/analyses/quote", question("ferritin")));
        assertThat(quote.get("model").asText()).isEqualTo("extracts");
        assertThat(quote.get("tokensAfter").asLong())
                .isBetween(1L, quote.get("tokensBefore").asLong());
        assertThat(quote.get("cost").asText()).isEqualTo("0.00000000");

        HttpResponse<String> accepted =
                send(own(), "/api/analyses", question("ferritin"), "Idempotency-Key", "\"k-1\"");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
        UUID task = UUID.fromString(json(accepted).get("id").asText());
        assertThat(submit(own(), "k-1")).isEqualTo(task);
        assertThat(send(own(), "/api/analyses", question("asthma"), "Idempotency-Key", "k-1")
                        .statusCode())
                .isEqualTo(422);
        assertThat(send(own(), "/api/analyses", question("ferritin")).statusCode())
                .isEqualTo(400);
        assertThat(ask(own(), "/api/analyses/" + task + "/result").statusCode()).isEqualTo(409);

        runAll(new Extracts());

        JsonNode view = json(ask(own(), "/api/analyses/" + task));
        assertThat(view.get("status").asText()).isEqualTo("completed");
        assertThat(view.get("percent").asInt()).isEqualTo(100);
        JsonNode result = json(ask(own(), "/api/analyses/" + task + "/result"));
        assertThat(result.at("/statements/0/text").asText())
                .isEqualTo(
                        "Result Ferritin: 2019-04-01 69 ng/mL; 2020-04-01 70 ng/mL; 2021-04-01 71 ng/mL; 2022-04-01 72 ng/mL");
        assertThat(result.at("/statements/0/sources/0").asText())
                .isEqualTo("Observation/" + patient + "-2019/_history/1");
        assertThat(result.get("statements")).hasSize(1);
        assertThat(ask(own(), "/api/analyses/" + task + "/events").body())
                .startsWith("event: progress\ndata: {")
                .contains("\"status\":\"completed\"");
        assertThat(json(ask(own(), "/api/analyses")).at("/items/0/id").asText()).isEqualTo(task.toString());
        assertEndedOnce(task);
        assertThat(count("analysis_costs", task)).isEqualTo(1);
        assertRead(task, "success");
        assertNothingStandsOpen(task);
    }

    private void assertRead(UUID task, String outcome) {
        assertThat(jdbc.sql("""
                                select outcome from holovitals.audit_logs
                                where action = 'read-for-analysis' and resource_id = ? and ? = any (patients)
                                """)
                        .params(task.toString(), patient)
                        .query(String.class)
                        .list())
                .containsExactly(outcome);
    }

    /** Neither the question nor anything of the record. */
    private void assertNothingStandsOpen(UUID task) {
        String rows = jdbc.sql("""
                        select (select string_agg(q::text, ' ') from holovitals.analysis_queue q where q.id = :task)
                          || (select string_agg(s::text, ' ') from holovitals.prompt_splits s where s.task_id = :task)
                          || (select string_agg(o::text, ' ') from holovitals.prompt_optimizations o where o.task_id = :task)
                        """).param("task", task).query(String.class).single();
        assertThat(rows)
                .doesNotContainIgnoringCase("ferritin")
                .doesNotContain("ng/mL")
                .doesNotContain("Observation/");
    }

    @Test
    void howTheQueueStandsIsMeasured() {
        emptyQueue();
        UUID task = submit(own(), "k");
        jdbc.sql("update holovitals.analysis_queue set due_at = now() - interval '1 second' where id = ?")
                .param(task)
                .update();
        MeterRegistry metrics = new SimpleMeterRegistry();
        new QueueMetrics(new QueueReports(jdbc), Clock.systemUTC()).bindTo(metrics);
        assertThat(metrics.get("holovitals.analyses.waiting")
                        .tag("priority", "high")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(metrics.get("holovitals.analyses.overdue")
                        .tag("priority", "high")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(metrics.get("holovitals.analyses.waiting")
                        .tag("priority", "low")
                        .gauge()
                        .value())
                .isZero();
        assertThat(metrics.get("holovitals.analyses.processing").gauge().value())
                .isZero();
        send(own(), "/api/analyses/" + task + "/cancel", "");
    }

    @Test
    void nobodyElseSeesATask() {
        UUID task = submit(own(), "k");
        String other = TestIssuer.patient("other-" + patient, "patient/*.rs");
        for (String path : List.of("", "/result", "/events")) {
            assertThat(ask(other, "/api/analyses/" + task + path).statusCode()).isEqualTo(404);
        }
        assertThat(send(other, "/api/analyses/" + task + "/cancel", "").statusCode())
                .isEqualTo(404);
        assertThat(send(other, "/api/analyses/quote", question("ferritin")).statusCode())
                .isEqualTo(404);
        assertThat(send(clinician(), "/api/analyses/quote", question("ferritin"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(json(send(own(), "/api/analyses/" + task + "/cancel", ""))
                        .get("status")
                        .asText())
                .isEqualTo("cancelled");
    }

    @Test
    void aConsentThatEndedFailsTheTaskBeforeAnythingIsRead() {
        consents.grant(subject, patient, Set.of(Part.ALL_PHI), Action.READ);
        UUID task = submit(clinician(), "k");
        consents.end(subject);
        runAll(new Extracts());
        assertThat(status(task)).isEqualTo("failed");
        assertThat(json(ask(clinician(), "/api/analyses/" + task)).get("error").asText())
                .contains("do not hold any more");
        assertThat(count("prompt_splits", task)).isZero();
        assertThat(count("analysis_costs", task)).isZero();
        assertEndedOnce(task);
        assertRead(task, "refused");
    }

    @Test
    void aConsentThatEndsMeanwhileDropsTheResult() {
        consents.grant(subject, patient, Set.of(Part.ALL_PHI), Action.READ);
        UUID task = submit(clinician(), "k");
        runAll(new Interrupted(() -> consents.end(subject)));
        assertThat(status(task)).isEqualTo("failed");
        assertThat(jdbc.sql("select result is null from holovitals.analysis_queue where id = ?")
                        .param(task)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertEndedOnce(task);
    }

    @Test
    void whatTheCallerMayNotReadAnyMoreIsLeftOutOfTheResult() {
        consents.grant(subject, patient, Set.of(Part.ALL_PHI), Action.READ);
        UUID task = submit(clinician(), "k");
        runAll(new Extracts());
        assertThat(json(ask(clinician(), "/api/analyses/" + task + "/result")).get("statements"))
                .hasSize(1);
        consents.deny(subject, patient, Part.TEST_RESULTS);
        JsonNode after = json(ask(clinician(), "/api/analyses/" + task + "/result"));
        assertThat(after.get("statements")).isEmpty();
        assertThat(after.get("withheld").asInt()).isEqualTo(1);
        consents.end(subject);
        assertThat(ask(clinician(), "/api/analyses/" + task + "/result").statusCode())
                .isEqualTo(404);
    }

    /** Stopped past its lease and continued when another has done the task. */
    @Test
    void aZombieIsRefusedByItsFencingToken() {
        UUID task = submit(own(), "k");
        List<String> seen = new ArrayList<>();
        Workers other = workers(new Extracts());
        runAll(new Interrupted(() -> {
            jdbc.sql("update holovitals.analysis_queue set lease_until = now() - interval '1 second' where id = ?")
                    .param(task)
                    .update();
            other.keep();
            assertThat(other.runOne()).isTrue();
            seen.add(status(task));
        }));
        assertThat(seen).containsExactly("completed");
        assertThat(status(task)).isEqualTo("completed");
        assertThat(count("analysis_costs", task)).isEqualTo(1);
        assertEndedOnce(task);
    }

    @Test
    void aTaskThatIsCancelledWhileItRunsStaysCancelled() {
        UUID task = submit(own(), "k");
        runAll(new Interrupted(() -> assertThat(
                        send(own(), "/api/analyses/" + task + "/cancel", "").statusCode())
                .isEqualTo(200)));
        assertThat(status(task)).isEqualTo("cancelled");
        assertThat(send(own(), "/api/analyses/" + task + "/cancel", "").statusCode())
                .isEqualTo(200);
        assertThat(count("analysis_costs", task)).isZero();
    }

    @Test
    void aLaterAttemptGoesOnBehindThePartsThatAreDoneAndTheLastOneIsTheEnd() {
        UUID task = submit(own(), "k");
        jdbc.sql("update holovitals.analysis_queue set context_window = 25 where id = ?")
                .param(task)
                .update();
        List<Integer> calls = new ArrayList<>();
        Analyst failing = new Interrupted(() -> {
            calls.add(calls.size());
            if (calls.size() > 1) {
                throw new IllegalStateException("no answer");
            }
        });
        runAll(failing);
        assertThat(status(task)).isEqualTo("queued");
        for (int i = 0; i < 2; i++) {
            jdbc.sql("update holovitals.analysis_queue set run_after = now() where id = ?")
                    .param(task)
                    .update();
            runAll(failing);
        }
        // The first part once, and the second in each of three attempts.
        assertThat(calls).hasSize(4);
        assertThat(status(task)).isEqualTo("dead");
        assertThat(jdbc.sql("select severity from holovitals.security_alerts where alert_key = ?")
                        .param("analysis-dead:" + task)
                        .query(String.class)
                        .single())
                .isEqualTo("high");
        assertThat(count("analysis_costs", task)).isEqualTo(1);
        assertEndedOnce(task);
        assertThat(send(own(), "/api/analyses/" + task + "/cancel", "").statusCode())
                .isEqualTo(409);
    }
}
