package org.holovitals.server.models;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.holovitals.server.base.Ids;
import org.holovitals.server.base.Repetition;
import org.holovitals.server.models.ModelsSettings.One;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The models that the settings name. Without one nothing here ever opens a connection. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelsSettings.class)
class ModelsConfiguration {
    private static final Repetition.Words PRUNING = Repetition.Words.of(
            LoggerFactory.getLogger(ModelCalls.class),
            "Old calls of models cannot be removed",
            "Old calls of models are removed again");

    private static final Duration PRUNING_INTERVAL = Duration.ofDays(1);
    /** Also where no server runs for a day. */
    private static final Duration PRUNING_DELAY = Duration.ofMinutes(10);

    @Bean
    Wire modelWire(Clock clock, ModelsSettings settings) {
        Duration connect = settings.models().values().stream()
                .map(one -> one.calls().connect())
                .max(Duration::compareTo)
                .orElse(Duration.ofSeconds(5));
        return new Wire(connect, clock);
    }

    @Bean
    Models models(ModelsSettings settings, Wire wire, MeterRegistry metrics, Clock clock) {
        Attempts.Means means =
                new Attempts.Means(clock, new SecureRandom(), time -> TimeUnit.MILLISECONDS.sleep(time.toMillis()));
        List<Model> models = new ArrayList<>();
        for (Map.Entry<String, One> each : settings.models().entrySet()) {
            One one = each.getValue();
            String provider = one.provider() == null ? each.getKey() : one.provider();
            LangChain chain = new LangChain(
                    one.kind(), one.baseUrl(), one.model(), () -> key(one), new LangChain.Means(wire, clock));
            models.add(new Model(
                    each.getKey(),
                    provider,
                    one.model(),
                    one.window(),
                    one.calls().output(),
                    one.calls().deadline(),
                    one.egress().atMost(settings.egress().maximum()),
                    new ModelMetrics(provider, one.model(), new Attempts(chain, one.calls(), means), metrics)));
        }
        return new Models(models);
    }

    /** The file's where there is one; it is read each time, so that a key may be changed while the server runs. */
    private static @Nullable String key(One one) {
        Path file = one.keyFile();
        if (file == null) {
            Secret key = one.key();
            return key == null || key.value().isBlank() ? null : key.value();
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Bean
    ModelCalls modelCalls(JdbcClient jdbc, Clock clock) {
        return new ModelCalls(jdbc, clock);
    }

    @Bean
    ModelPerformance modelPerformance(JdbcClient jdbc) {
        return new ModelPerformance(jdbc);
    }

    @Bean(destroyMethod = "close")
    PerformanceHours performanceHours(ModelCalls calls, ModelPerformance performance, Ids ids, Clock clock) {
        return new PerformanceHours(calls, performance, ids, clock);
    }

    /** Each server does it; what one has removed is not there for the next. */
    @Bean(destroyMethod = "close")
    @ConditionalOnWebApplication
    Repetition modelCallsPruning(ModelCalls calls, ModelsSettings settings, Clock clock) {
        return new Repetition(
                        "model-calls-pruning", () -> calls.prune(oldest(settings, clock)), PRUNING, PRUNING_INTERVAL)
                .startAfter(PRUNING_DELAY);
    }

    private static Instant oldest(ModelsSettings settings, Clock clock) {
        Duration kept = Duration.ofDays(settings.modelCalls().days());
        return clock.instant().minus(kept);
    }

    @Bean
    @ConditionalOnWebApplication
    ApplicationRunner performanceCounting(PerformanceHours hours) {
        return arguments -> hours.start();
    }
}
