package org.holovitals.server.analyses;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.holovitals.migrations.Login;
import org.holovitals.server.instances.LeanProvisioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What starts instances, and the instances' own processes, are killed at moments of their own; whatever was being done then, no
 * task is lost, nothing happens twice, and no instance is left running or unpaid.
 */
final class KilledInstancesTest extends AnalysisFixture {
    private static final int TASKS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String tag = "test-" + UUID.randomUUID().toString().substring(0, 8);
    private final Login login;
    private final Environment environment;
    private final Random random = new Random(11);
    private final List<Process> provisioners = new ArrayList<>();

    @Autowired
    KilledInstancesTest(JdbcClient jdbc, Login login, Environment environment) {
        super(jdbc);
        this.login = login;
        this.environment = environment;
    }

    @AfterEach
    void end() {
        provisioners.forEach(Process::destroyForcibly);
        instances().forEach(ProcessHandle::destroyForcibly);
    }

    private void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:MetaspaceSize=128m",
                        LeanProvisioner.class.getName(),
                        tag,
                        "--holovitals.database.url=" + login.url(),
                        "--holovitals.database.username=" + login.user(),
                        "--holovitals.analyses.lease=3s",
                        "--holovitals.database.directory="
                                + Path.of(environment.getRequiredProperty("holovitals.database.directory"))
                                        .toAbsolutePath())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/lean-provisioner.log")));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("HOLOVITALS_DATABASE_PASSWORD", login.password());
        provisioners.add(builder.start());
    }

    private List<ProcessHandle> instances() {
        return ProcessHandle.allProcesses()
                .filter(process -> Arrays.asList(process.info().arguments().orElse(new String[0]))
                        .contains("-Dholovitals.instance.tag=" + tag))
                .toList();
    }

    private void killProvisioner() throws IOException, InterruptedException {
        provisioners.get(provisioners.size() - 1).destroyForcibly().waitFor();
        start();
    }

    private long rows(String condition) {
        return jdbc.sql("select count(*) from holovitals.cloud_instances where tag = ? and " + condition)
                .param(tag)
                .query(Long.class)
                .single();
    }

    private void pause(int most) {
        int moment = random.nextInt(most);
        Awaitility.await()
                .pollDelay(Duration.ofMillis(moment))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> true);
    }

    @Test
    void noTaskIsLostAndNoInstanceIsLeftRunningOrUnpaid() throws IOException, InterruptedException {
        record();
        List<UUID> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            tasks.add(submit(own(), "i-" + i));
        }
        jdbc.sql("update holovitals.analysis_queue set context_window = 25, max_attempts = 20 where id = any (?)")
                .param(tasks.toArray(UUID[]::new))
                .update();
        start();
        // While it starts one: the row may stand without a process, or the process without its name in the row.
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> rows("status = 'provisioning'") > 0);
        pause(60);
        killProvisioner();
        Optional<ProcessHandle> busy = busy();
        pause(400);
        busy.ifPresent(ProcessHandle::destroyForcibly);
        pause(1_000);
        killProvisioner();
        Awaitility.await().atMost(PATIENCE).until(() -> open(tasks) == 0);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> rows("status not in ('terminated', 'failed')") == 0
                        && instances().isEmpty());

        assertThat(busy).isPresent();
        for (UUID task : tasks) {
            assertThat(status(task)).isEqualTo("completed");
            assertThat(count("analysis_costs", task)).isEqualTo(1);
            assertEndedOnce(task);
        }
        assertThat(rows("true")).isGreaterThanOrEqualTo(2);
        assertPaid(tasks);
    }

    /** One that works on a task. */
    private Optional<ProcessHandle> busy() {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> busyProcess() > 0);
        return ProcessHandle.of(busyProcess());
    }

    private long busyProcess() {
        return jdbc.sql("""
                        select coalesce(max(split_part(i.instance_id, '@', 1)::bigint), 0)
                        from holovitals.cloud_instances i join holovitals.analysis_queue q on q.instance_id = i.id
                        where i.tag = ? and q.status = 'processing' and i.instance_id is not null
                        """).param(tag).query(Long.class).single();
    }

    private long open(List<UUID> tasks) {
        return jdbc.sql("""
                        select count(*) from holovitals.analysis_queue
                        where id = any (?) and status in ('queued', 'processing')
                        """).param(tasks.toArray(UUID[]::new)).query(Long.class).single();
    }

    /** To the last decimal, and what tasks are charged is within what their instances cost. */
    private void assertPaid(List<UUID> tasks) {
        assertThat(jdbc.sql("""
                                select count(*) from holovitals.cloud_instances i
                                left join holovitals.instance_costs c on c.instance_id = i.id
                                  and c.total_cost = round(c.duration * 0.01230001, 8) and c.total_cost = i.total_cost
                                  and c.terminated_at = i.terminated_at
                                where i.tag = ? and c.id is null
                                """).param(tag).query(Long.class).single()).isZero();
        BigDecimal instances = jdbc.sql("""
                        select sum(c.total_cost) from holovitals.instance_costs c
                        join holovitals.cloud_instances i on i.id = c.instance_id where i.tag = ?
                        """).param(tag).query(BigDecimal.class).single();
        BigDecimal charged = jdbc.sql("""
                        select sum(infrastructure_cost) from holovitals.analysis_costs where task_id = any (?)
                        """)
                .param(tasks.toArray(UUID[]::new))
                .query(BigDecimal.class)
                .single();
        assertThat(charged).isPositive().isLessThanOrEqualTo(instances);
        assertThat(jdbc.sql("""
                                select sum(c.tasks_completed) from holovitals.instance_costs c
                                join holovitals.cloud_instances i on i.id = c.instance_id where i.tag = ?
                                """).param(tag).query(Long.class).single()).isEqualTo(TASKS);
    }
}
