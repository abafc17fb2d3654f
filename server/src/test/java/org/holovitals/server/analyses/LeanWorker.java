package org.holovitals.server.analyses;

import ca.uhn.fhir.context.FhirContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.holovitals.server.instances.InstanceWork;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The workers of the {@code worker} command with all that they use and without HAPI's storage, so that it starts in seconds;
 * as an instance where a token is given.
 */
public final class LeanWorker {
    private static final long PART_MILLIS = 150;

    private LeanWorker() {}

    /** All of it, without anybody who works. */
    public static ConfigurableApplicationContext context(String... arguments) {
        return new SpringApplicationBuilder(Setup.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }

    public static void main(String[] arguments) throws InterruptedException {
        String token = System.getenv(InstanceWork.TOKEN);
        if (token != null) {
            try (ConfigurableApplicationContext context = context(arguments)) {
                context.getBean(InstanceWork.class).run(token);
            }
            return;
        }
        context(arguments).getBean(Workers.class).start(2);
        new CountDownLatch(1).await(Duration.ofMinutes(5).toSeconds(), TimeUnit.SECONDS);
    }

    /** Not annotated as a configuration: the scan of the whole server shall not find it. */
    @ImportAutoConfiguration({
        ConfigurationPropertiesAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        TransactionAutoConfiguration.class
    })
    @ComponentScan(
            basePackages = {
                "org.holovitals.server.access",
                "org.holovitals.server.alerts",
                "org.holovitals.server.analyses",
                "org.holovitals.server.audit",
                "org.holovitals.server.base",
                "org.holovitals.server.chat",
                "org.holovitals.server.consent",
                "org.holovitals.server.costs",
                "org.holovitals.server.database",
                "org.holovitals.server.egress",
                "org.holovitals.server.instances",
                "org.holovitals.server.models",
                "org.holovitals.server.notifications",
                "org.holovitals.server.users",
                "org.holovitals.server.vault"
            },
            excludeFilters = @ComponentScan.Filter(type = FilterType.ANNOTATION, classes = TestConfiguration.class))
    static class Setup {

        @Bean
        FhirContext fhirContext() {
            return FhirContext.forR4();
        }

        @Bean
        MeterRegistry metrics() {
            return new SimpleMeterRegistry();
        }

        /** Long enough that a kill hits a part under way. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        Analyst slow() {
            return new Analyst() {
                @Override
                public boolean answersWith(String provider, String model) {
                    return true;
                }

                @Override
                public Extract answer(Asked asked) throws InterruptedException {
                    var unused = new CountDownLatch(1).await(PART_MILLIS, TimeUnit.MILLISECONDS);
                    return new Extracts().answer(asked);
                }
            };
        }
    }
}
