package org.holovitals.server.models;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import org.holovitals.server.models.LanguageModel.Departure;
import org.holovitals.server.models.LanguageModel.Pieces;
import org.holovitals.server.models.Reply.Answered;
import org.holovitals.server.models.Reply.Failed;

/**
 * {@code holovitals_model_calls}, {@code holovitals_model_attempts} and {@code holovitals_model_tokens} of a model: how long,
 * how often and how much, and nothing of what was said.
 */
record ModelMetrics(String provider, String model, LanguageModel behind, MeterRegistry metrics)
        implements LanguageModel {

    @Override
    public Reply answer(Prompt prompt, Departure departure, Pieces pieces) throws InterruptedException {
        Reply reply = behind.answer(prompt, departure, pieces);
        if (reply instanceof Answered answered) {
            count(answered.finish().name(), answered.time(), answered.attempts());
            tokens("input", answered.usage().inputTokens());
            tokens("output", answered.usage().outputTokens());
        } else if (reply instanceof Failed failed) {
            count(failed.failure().name(), failed.time(), failed.attempts());
        }
        return reply;
    }

    private void count(String outcome, Duration time, int attempts) {
        Timer.builder("holovitals.model.calls")
                .description("Calls of language models, by how they ended")
                .tag("provider", provider)
                .tag("model", model)
                .tag("outcome", outcome.toLowerCase(Locale.ROOT).replace('_', '-'))
                .register(metrics)
                .record(time);
        metrics.counter("holovitals.model.attempts", "provider", provider, "model", model)
                .increment(attempts);
    }

    private void tokens(String direction, long number) {
        metrics.counter("holovitals.model.tokens", "provider", provider, "model", model, "direction", direction)
                .increment((double) number);
    }
}
