package org.holovitals.server.models;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.holovitals.server.context.Tokens;
import org.holovitals.server.models.ModelsSettings.Calls;
import org.holovitals.server.models.Reply.Answered;
import org.holovitals.server.models.Reply.Failed;
import org.holovitals.server.models.Reply.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Calls a provider until there is a word, the time is over or it is not worth trying again. From the first word on nothing is
 * repeated: it would be paid twice, and somebody may have read it.
 */
final class Attempts implements LanguageModel {
    private static final Duration LEAST = Duration.ofMillis(1);

    private final Provider provider;
    private final Calls calls;
    private final Semaphore places;
    private final Means means;

    Attempts(Provider provider, Calls calls, Means means) {
        this.provider = provider;
        this.calls = calls;
        this.places = new Semaphore(calls.atOnce(), true);
        this.means = means;
    }

    /** The wire to a provider: one attempt in this thread. */
    @FunctionalInterface
    interface Provider {
        /** Fills the exchange. */
        void send(Prompt prompt, Exchange exchange, Wire.Patience patience);
    }

    /** What it is done with. */
    record Means(Clock clock, RandomGenerator random, Pause pause) {}

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        /** For a time. */
        void of(Duration time) throws InterruptedException;
    }

    @Override
    public Reply answer(Prompt prompt, Departure departure, Pieces pieces) throws InterruptedException {
        Instant began = means.clock().instant();
        Duration wait = least(calls.waiting(), prompt.deadline());
        if (!places.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            return new Failed(Failure.BUSY, 0, since(began));
        }
        try {
            return tries(prompt, departure, pieces, began);
        } finally {
            places.release();
        }
    }

    private Reply tries(Prompt prompt, Departure departure, Pieces pieces, Instant began) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Exchange exchange = new Exchange(departure, pieces);
            Duration left = prompt.deadline().minus(since(began));
            provider.send(
                    prompt, exchange, new Wire.Patience(calls.silence(), left.compareTo(LEAST) < 0 ? LEAST : left));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (exchange.isAnswered()) {
                return answered(prompt, exchange, attempt, began);
            }
            Optional<Duration> pause =
                    pause(exchange, attempt, prompt.deadline().minus(since(began)));
            if (pause.isEmpty()) {
                return new Failed(exchange.failure(), attempt, since(began));
            }
            means.pause().of(pause.get());
        }
    }

    /** Empty where another attempt is not worth it, or would begin too late. */
    private Optional<Duration> pause(Exchange exchange, int attempt, Duration left) {
        boolean isWorthIt =
                switch (exchange.failure()) {
                    case RATE_LIMITED, PROVIDER_ERROR, UNREACHABLE, TIMEOUT, MALFORMED -> true;
                    case BUSY, REFUSED, WITHHELD, QUOTA, TOO_LONG -> false;
                };
        Duration pause = pause(exchange.retryAfter(), attempt);
        return isWorthIt && attempt < calls.attempts() && pause.compareTo(left) < 0
                ? Optional.of(pause)
                : Optional.empty();
    }

    /** Not before the provider asks for it; else doubled each time, and anywhere in its second half, so that callers spread. */
    private Duration pause(@Nullable Duration asked, int attempt) {
        long usual = calls.pause().toMillis() << (attempt - 1);
        long jitter = means.random().nextLong(usual / 2 + 1);
        return asked == null ? Duration.ofMillis(usual - jitter) : asked.plusMillis(jitter);
    }

    private Answered answered(Prompt prompt, Exchange exchange, int attempt, Instant began) {
        Usage told = exchange.usage();
        Usage usage =
                told != null ? told : new Usage(prompt.tokens(), Math.max(1, Tokens.count(exchange.text())), true);
        return new Answered(
                exchange.text(),
                exchange.finish(),
                usage,
                attempt,
                Duration.between(began, exchange.firstAt(began)),
                since(began));
    }

    private Duration since(Instant began) {
        return Duration.between(began, means.clock().instant());
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
