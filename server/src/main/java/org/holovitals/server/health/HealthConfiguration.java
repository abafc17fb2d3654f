package org.holovitals.server.health;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.holovitals.server.access.Issuer;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.base.Ids;
import org.holovitals.server.base.Repetition;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Only a server has something to look at for long enough. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties(HealthSettings.class)
class HealthConfiguration {
    private static final Repetition.Words WORDS = Repetition.Words.of(
            LoggerFactory.getLogger(HealthWatch.class),
            "How the components are cannot be written down",
            "How the components are is written down again");

    @Bean
    SystemHealth systemHealth(JdbcClient jdbc, Ids ids) {
        return new SystemHealth(jdbc, ids);
    }

    @Bean
    HealthWatch.Keeping healthKeeping(
            DataSource dataSource, PlatformTransactionManager transactions, HealthSettings settings, Clock clock) {
        return new HealthWatch.Keeping(dataSource, new TransactionTemplate(transactions), settings, clock);
    }

    @Bean
    HealthWatch.Probes healthProbes(
            JdbcClient jdbc,
            Issuer issuer,
            Environment environment,
            HealthWatch.Keeping keeping,
            MeterRegistry metrics) {
        Clock clock = keeping.clock();
        HttpProbe metadata = new HttpProbe(
                Component.FHIR,
                () -> Optional.of(metadata(environment)),
                keeping.settings().timeout(),
                clock);
        return new HealthWatch.Probes(List.of(
                new DatabaseProbe(jdbc, clock),
                new StorageProbe(Path.of(environment.getRequiredProperty("holovitals.database.directory")), clock),
                new FhirProbe(metadata, metrics, clock),
                new HttpProbe(
                        Component.KEYCLOAK,
                        () -> Optional.of(issuer.discoveryAddress()),
                        keeping.settings().timeout(),
                        clock),
                new QueueProbe(jdbc, clock),
                new ChatProbe(jdbc),
                new ProvisionerProbe(jdbc, clock)));
    }

    private static URI metadata(Environment environment) {
        String address = environment.getProperty("server.address", "127.0.0.1");
        return URI.create("http://" + (address.equals("0.0.0.0") ? "127.0.0.1" : address) + ":"
                + environment.getProperty("local.server.port", "8080") + "/fhir/metadata?_summary=true");
    }

    @Bean
    HealthWatch healthWatch(HealthWatch.Probes probes, SystemHealth rows, Alerts alerts, HealthWatch.Keeping keeping) {
        return new HealthWatch(probes, rows, alerts, keeping);
    }

    /** The server begins to answer a moment after this. */
    @Bean(destroyMethod = "close")
    Repetition healthSamples(HealthWatch watch, HealthSettings settings) {
        return new Repetition("health", watch::look, WORDS, settings.interval()).startAfter(settings.interval());
    }
}
