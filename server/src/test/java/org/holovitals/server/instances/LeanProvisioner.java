package org.holovitals.server.instances;

import java.io.File;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.holovitals.migrations.Login;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.analyses.Backlog;
import org.holovitals.server.analyses.LeanWorker;
import org.holovitals.server.analyses.Workers;
import org.holovitals.server.base.Ids;
import org.springframework.context.ConfigurableApplicationContext;

/** What of a server starts and stops instances, in a process of its own, so that it can be killed. */
public final class LeanProvisioner {
    private static final InstanceSettings.Times TIMES = new InstanceSettings.Times(
            Duration.ofSeconds(90),
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofMillis(200));

    private LeanProvisioner() {}

    /** With the tag of its instances, behind it the settings. */
    public static void main(String[] arguments) throws SQLException, InterruptedException {
        List<String> settings = List.of(arguments).subList(1, arguments.length);
        ConfigurableApplicationContext context = LeanWorker.context(settings.toArray(String[]::new));
        Login login = context.getBean(Login.class);
        LocalProcesses provider = new LocalProcesses(
                new CloudProvider.Rate("400m", null, new BigDecimal("0.01230001"), "USD"),
                400,
                new LocalProcesses.Program(
                        program(settings),
                        Map.of(
                                "CLASSPATH",
                                System.getProperty("java.class.path"),
                                "HOLOVITALS_DATABASE_PASSWORD",
                                login.password()),
                        ProcessBuilder.Redirect.appendTo(new File("target/lean-worker.log"))));
        Upkeep upkeep = new Upkeep(
                context.getBean(CloudInstances.class),
                context.getBean(Backlog.class),
                provider,
                new Upkeep.Rules(arguments[0], 2, TIMES),
                new Upkeep.Tools(
                        context.getBean(DataSource.class),
                        context.getBean(Ids.class),
                        new Trouble(context.getBean(Alerts.class), Clock.systemUTC()),
                        new SecureRandom()));
        context.getBean(Workers.class).watch();
        CountDownLatch end = new CountDownLatch(1);
        while (!end.await(TIMES.interval().toMillis(), TimeUnit.MILLISECONDS)) {
            upkeep.look();
        }
    }

    private static List<String> program(List<String> settings) {
        List<String> program = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:MetaspaceSize=128m", LeanWorker.class.getName()));
        program.addAll(settings);
        return program;
    }
}
