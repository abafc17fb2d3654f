package org.holovitals.server.analyses;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.holovitals.migrations.Login;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Workers in processes of their own are killed while they work; a ledger holds what was acknowledged. */
final class KilledWorkersTest extends AnalysisFixture {
    private static final int TASKS = 12;
    private static final int KILLS = Integer.getInteger("holovitals.worker.kills", 2);

    private final Login login;
    private final Environment environment;
    private final Random random = new Random(7);
    private final Deque<Process> workers = new ArrayDeque<>();
    private final List<UUID> escalated = new ArrayList<>();

    @Autowired
    KilledWorkersTest(JdbcClient jdbc, Login login, Environment environment) {
        super(jdbc);
        this.login = login;
        this.environment = environment;
    }

    @AfterEach
    void end() {
        workers.forEach(Process::destroyForcibly);
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:MetaspaceSize=128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeanWorker.class.getName(),
                        "--holovitals.database.url=" + login.url(),
                        "--holovitals.database.username=" + login.user(),
                        "--holovitals.analyses.lease=2s",
                        "--holovitals.database.directory=" + environment.getProperty("holovitals.database.directory"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/lean-worker.log")));
        builder.environment().put("HOLOVITALS_DATABASE_PASSWORD", login.password());
        builder.environment().put("SPRING_DATASOURCE_PASSWORD", login.password());
        Process process = builder.start();
        workers.add(process);
        return process;
    }

    private boolean isWorking(Process process) {
        return jdbc.sql("select exists (select from holovitals.analysis_queue where lease_owner like ?)")
                .param(process.pid() + "/%")
                .query(Boolean.class)
                .single();
    }

    @Test
    void noTaskIsLostAndNothingHappensTwice() throws IOException, InterruptedException {
        record();
        List<UUID> acknowledged = new ArrayList<>();
        start();
        start();
        int killedAtWork = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.addAll(submitSome("k-" + kill));
            Process next = workers.remove();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> isWorking(next) || open(acknowledged) == 0);
            int moment = 20 + random.nextInt(400);
            Awaitility.await().pollDelay(Duration.ofMillis(moment)).until(() -> true);
            killedAtWork += isWorking(next) ? 1 : 0;
            next.destroyForcibly().waitFor();
            start();
        }
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> open(acknowledged) == 0);

        assertThat(killedAtWork).isPositive();
        for (UUID task : acknowledged) {
            assertThat(status(task)).isEqualTo("completed");
            assertThat(count("analysis_costs", task)).isEqualTo(1);
            assertEndedOnce(task);
        }
        assertThat(escalated).hasSize(KILLS).allSatisfy(task -> assertThat(delivered(task))
                .isEqualTo(1));
        assertThat(jdbc.sql("""
                                select count(*) from holovitals.prompt_splits s
                                where s.task_id = any (?) and s.status <> 'completed'
                                """)
                        .param(acknowledged.toArray(UUID[]::new))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** In windows so small that each has many parts. */
    private List<UUID> submitSome(String key) {
        List<UUID> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            tasks.add(submit(own(), key + "-" + i));
        }
        UUID told = escalated(own(), asked(own(), QUESTION));
        escalated.add(told);
        tasks.add(told);
        jdbc.sql("update holovitals.analysis_queue set context_window = 25, max_attempts = 20 where id = any (?)")
                .param(tasks.toArray(UUID[]::new))
                .update();
        return tasks;
    }

    private long open(List<UUID> tasks) {
        return jdbc.sql("""
                        select count(*) from holovitals.analysis_queue
                        where id = any (?) and status in ('queued', 'processing')
                        """).param(tasks.toArray(UUID[]::new)).query(Long.class).single();
    }
}
