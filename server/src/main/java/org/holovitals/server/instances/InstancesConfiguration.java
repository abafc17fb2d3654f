package org.holovitals.server.instances;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.holovitals.migrations.Login;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.analyses.Backlog;
import org.holovitals.server.analyses.MachineRate;
import org.holovitals.server.analyses.Workers;
import org.holovitals.server.base.Ids;
import org.holovitals.server.base.Repetition;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Instances: a server looks after them, and the worker's command works on one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InstanceSettings.class)
class InstancesConfiguration {
    private static final Repetition.Words WORDS = Repetition.Words.of(
            LoggerFactory.getLogger(Upkeep.class),
            "Instances for analyses cannot be looked after",
            "Instances for analyses are looked after again");
    private static final Duration SELDOM = Duration.ofMinutes(1);

    @Bean
    CloudInstances cloudInstances(JdbcClient jdbc) {
        return new CloudInstances(jdbc);
    }

    @Bean
    InstanceWork instanceWork(CloudInstances instances, Workers workers) {
        return new InstanceWork(instances, workers);
    }

    /** Where there are callers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class OfServer {

        @Bean
        Tags instanceTags(Login login, InstanceSettings settings) {
            return Tags.of(login.url(), settings.tag());
        }

        @Bean
        Trouble instanceTrouble(Alerts alerts, Clock clock) {
            return new Trouble(alerts, clock);
        }

        @Bean
        LocalProcesses localProcesses(InstanceSettings settings, Login login, Environment environment) {
            return new LocalProcesses(
                    new CloudProvider.Rate(
                            settings.memory() + "m", null, settings.costPerMinute(), settings.currency()),
                    settings.memory(),
                    WorkerProgram.of(
                            login,
                            Path.of(environment.getRequiredProperty("holovitals.database.directory"))
                                    .toAbsolutePath()));
        }

        @Bean
        Upkeep.Tools upkeepTools(DataSource dataSource, Ids ids, Trouble trouble) {
            return new Upkeep.Tools(dataSource, ids, trouble, new SecureRandom());
        }

        /** What another setting has left is ended as well, so the machine's own processes are always looked after. */
        @Bean(destroyMethod = "close")
        Repetition instanceUpkeep(
                List<CloudProvider> providers,
                CloudInstances instances,
                Backlog backlog,
                InstanceSettings settings,
                Tags tags,
                Upkeep.Tools tools) {
            List<Upkeep> all = providers.stream()
                    .map(provider -> new Upkeep(
                            instances,
                            backlog,
                            provider,
                            new Upkeep.Rules(
                                    tags.of(provider),
                                    provider.name().equals(name(settings.place())) ? settings.most() : 0,
                                    settings.times()),
                            tools))
                    .toList();
            Duration interval = settings.place() == Place.IN_SERVER
                    ? SELDOM
                    : settings.times().interval();
            return new Repetition("instances", () -> lookAll(all), WORDS, interval).startAfter(interval);
        }

        private static void lookAll(List<Upkeep> all) throws SQLException {
            for (Upkeep each : all) {
                each.look();
            }
        }

        private static String name(Place place) {
            return place.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Where there is none, the server's threads work. */
        @Bean
        @ConditionalOnProperty(name = "holovitals.instances.place", havingValue = "local-process")
        MachineRate localRate(LocalProcesses provider) {
            return () -> provider.estimate().perMinute();
        }
    }
}
