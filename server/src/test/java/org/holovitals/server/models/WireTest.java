package org.holovitals.server.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.holovitals.server.ModelStub;
import org.holovitals.server.ModelStub.Act;
import org.holovitals.server.context.Tokens;
import org.holovitals.server.models.ModelsSettings.Calls;
import org.holovitals.server.models.ModelsSettings.Kind;
import org.holovitals.server.models.Reply.Answered;
import org.holovitals.server.models.Reply.Failed;
import org.holovitals.server.models.Reply.Failure;
import org.holovitals.server.models.Reply.Finish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both formats on a real connection: what providers do, and what becomes of a call then. */
final class WireTest {
    private static final Duration SILENCE = Duration.ofMillis(400);
    private static final String TEXT = "You have asthma [1].";

    private final List<Duration> pauses = new ArrayList<>();
    private final Wire wire = new Wire(Duration.ofSeconds(2), Clock.systemUTC());
    private final ModelStub stub = new ModelStub();

    @BeforeEach
    void theStubSays() {
        stub.says(question -> TEXT);
    }

    @AfterEach
    void close() {
        stub.close();
    }

    private LanguageModel model(Kind kind, Calls calls) {
        LangChain chain = new LangChain(
                kind,
                URI.create(stub.baseUrl()),
                "m-1",
                () -> ModelStub.KEY,
                new LangChain.Means(wire, Clock.systemUTC()));
        return new Attempts(chain, calls, new Attempts.Means(Clock.systemUTC(), new Random(1), pauses::add));
    }

    private static Calls calls(int atOnce, Duration wait) {
        return new Calls(atOnce, wait, SILENCE, SILENCE, Duration.ofSeconds(20), 3, Duration.ofMillis(100), 200);
    }

    private static Prompt prompt(Duration deadline) {
        return Prompt.of("Answer.", "What do I have?", 200, deadline);
    }

    private Reply ask(Kind kind, Act... acts) throws InterruptedException {
        stub.next(acts);
        return model(kind, calls(2, SILENCE)).answer(prompt(Duration.ofSeconds(20)), body -> true, piece -> {});
    }

    /** What a provider does, and then: finish or failure, how often it was sent, and what is to be paid. */
    private static Stream<Arguments> faults() {
        return Stream.of(Kind.OPENAI, Kind.OPENAI_COMPATIBLE, Kind.ANTHROPIC)
                .flatMap(kind -> Stream.of(
                        Arguments.of(kind, List.of(Act.ANSWER), "COMPLETE", 1, "told"),
                        Arguments.of(kind, List.of(Act.WITHOUT_USAGE), "COMPLETE", 1, "estimated"),
                        Arguments.of(kind, List.of(Act.LENGTH), "INCOMPLETE", 1, "told"),
                        Arguments.of(kind, List.of(Act.CUT_IN_THE_MIDDLE), "INCOMPLETE", 1, "estimated"),
                        Arguments.of(kind, List.of(Act.END_IN_THE_MIDDLE), "INCOMPLETE", 1, "estimated"),
                        Arguments.of(kind, List.of(Act.HANG_IN_THE_MIDDLE), "INCOMPLETE", 1, "estimated"),
                        Arguments.of(kind, List.of(Act.GARBAGE_IN_THE_MIDDLE), "INCOMPLETE", 1, "estimated"),
                        Arguments.of(kind, List.of(Act.TOO_MANY_FOR_A_SECOND), "COMPLETE", 2, "told"),
                        Arguments.of(kind, List.of(Act.ERROR, Act.ERROR), "COMPLETE", 3, "told"),
                        Arguments.of(kind, List.of(Act.CUT_BEFORE_THE_FIRST_WORD), "COMPLETE", 2, "told"),
                        Arguments.of(kind, List.of(Act.HANG), "COMPLETE", 2, "told"),
                        Arguments.of(kind, List.of(Act.GARBAGE), "COMPLETE", 2, "told"),
                        Arguments.of(kind, List.of(Act.TOO_MANY_FOR_AN_HOUR), "RATE_LIMITED", 1, "nothing"),
                        Arguments.of(kind, List.of(Act.UNAUTHORIZED), "REFUSED", 1, "nothing"),
                        Arguments.of(kind, List.of(Act.ERROR, Act.ERROR, Act.ERROR), "PROVIDER_ERROR", 3, "nothing"),
                        Arguments.of(kind, List.of(Act.HANG, Act.HANG, Act.HANG), "TIMEOUT", 3, "nothing"),
                        Arguments.of(kind, List.of(Act.GARBAGE, Act.GARBAGE, Act.GARBAGE), "MALFORMED", 3, "nothing")));
    }

    @ParameterizedTest(name = "{0} {1}: {2} after {3}, {4}")
    @MethodSource("faults")
    void eachFaultEndsInItsState(Kind kind, List<Act> acts, String outcome, int attempts, String paid)
            throws InterruptedException {
        Reply reply = ask(kind, acts.toArray(Act[]::new));

        assertThat(reply.attempts()).isEqualTo(attempts);
        assertThat(stub.received()).hasSize(attempts);
        if (reply instanceof Answered answered) {
            assertThat(answered.finish().name()).isEqualTo(outcome);
            String whole = answered.finish() == Finish.COMPLETE || acts.contains(Act.LENGTH)
                    ? TEXT
                    : TEXT.substring(0, TEXT.length() / 2);
            assertThat(answered.text()).isEqualTo(whole);
            assertThat(answered.usage())
                    .isEqualTo(
                            paid.equals("told")
                                    ? new Usage(1234, 56, false)
                                    : new Usage(prompt(SILENCE).tokens(), Math.max(1, Tokens.count(whole)), true));
            assertThat(answered.first()).isLessThanOrEqualTo(answered.time());
        } else if (reply instanceof Failed failed) {
            assertThat(failed.failure().name()).isEqualTo(outcome);
            assertThat(paid).isEqualTo("nothing");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsSentIsWhatTheProviderExpects(Kind kind) throws InterruptedException {
        ask(kind);
        ModelStub.Received sent = stub.received().get(0);
        boolean isAnthropic = kind == Kind.ANTHROPIC;
        assertThat(sent.path()).isEqualTo(isAnthropic ? "/v1/messages" : "/v1/chat/completions");
        assertThat(sent.authorization()).isEqualTo(isAnthropic ? ModelStub.KEY : "Bearer " + ModelStub.KEY);
        assertThat(sent.body().replaceAll("\\s", ""))
                .contains("\"model\":\"m-1\"", "\"stream\":true", "Whatdo")
                .contains((kind == Kind.OPENAI ? "\"max_completion_tokens\"" : "\"max_tokens\"") + ":200");
    }

    @Test
    void aPauseIsAtLeastAsLongAsTheProviderAsksAndElseGrows() throws InterruptedException {
        ask(Kind.OPENAI, Act.TOO_MANY_FOR_A_SECOND, Act.ERROR);
        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1050));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(RetryAfter.of("Wed, 21 Oct 2015 07:28:00 GMT", Instant.parse("2015-10-21T07:27:30Z")))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryAfter.of("soon", Instant.EPOCH)).isNull();
    }

    @Test
    void theDeadlineEndsAnAnswerThatDribbles() throws InterruptedException {
        stub.next(Act.HANG_IN_THE_MIDDLE);
        Calls patient = new Calls(1, SILENCE, SILENCE, Duration.ofSeconds(30), SILENCE, 3, Duration.ofMillis(100), 200);
        Reply reply = model(Kind.OPENAI, patient).answer(prompt(SILENCE), body -> true, piece -> {});
        assertThat(reply).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.finish()).isEqualTo(Finish.INCOMPLETE);
            assertThat(answered.time()).isLessThan(Duration.ofSeconds(5));
        });
    }

    @Test
    void nothingLeavesThatIsNotPermitted() throws InterruptedException {
        stub.next();
        List<String> asked = new ArrayList<>();
        Reply reply = model(Kind.ANTHROPIC, calls(1, SILENCE))
                .answer(
                        prompt(Duration.ofSeconds(5)),
                        body -> {
                            asked.add(body);
                            return false;
                        },
                        piece -> {});
        assertThat(reply).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.failure())
                .isEqualTo(Failure.WITHHELD));
        assertThat(stub.received()).isEmpty();
        assertThat(asked).singleElement().asString().contains("What do I have?");
    }

    @Test
    void piecesAreHeardAsTheyComeAndOnlyOnce() throws InterruptedException {
        stub.next(Act.ERROR);
        List<String> pieces = new ArrayList<>();
        model(Kind.OPENAI, calls(1, SILENCE)).answer(prompt(Duration.ofSeconds(5)), body -> true, pieces::add);
        assertThat(pieces).hasSize(2);
        assertThat(String.join("", pieces)).isEqualTo(TEXT);
    }

    @Test
    void noMoreCallsRunAtOnceThanArePermitted() throws Exception {
        stub.next(Act.HANG_IN_THE_MIDDLE);
        LanguageModel model = model(Kind.OPENAI, calls(1, Duration.ofMillis(20)));
        CountDownLatch isUnderWay = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Reply> first = thread.submit(
                    () -> model.answer(prompt(Duration.ofSeconds(5)), body -> true, piece -> isUnderWay.countDown()));
            isUnderWay.await();
            assertThat(model.answer(prompt(Duration.ofSeconds(5)), body -> true, piece -> {}))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.failure()).isEqualTo(Failure.BUSY));
            assertThat(first.get()).isInstanceOf(Answered.class);
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void whoeverIsInterruptedWaitsNoLonger() throws Exception {
        stub.next(Act.HANG_IN_THE_MIDDLE);
        Calls patient = new Calls(1, SILENCE, SILENCE, Duration.ofSeconds(30), SILENCE, 3, Duration.ofMillis(100), 200);
        LanguageModel model = model(Kind.OPENAI, patient);
        CountDownLatch isUnderWay = new CountDownLatch(1);
        List<String> ends = new ArrayList<>();
        Thread waiting = new Thread(() -> {
            try {
                model.answer(prompt(Duration.ofSeconds(30)), body -> true, piece -> isUnderWay.countDown());
                ends.add("answered");
            } catch (InterruptedException e) {
                ends.add("interrupted");
            }
        });
        waiting.start();
        isUnderWay.await();
        waiting.interrupt();
        waiting.join(Duration.ofSeconds(10).toMillis());
        assertThat(ends).containsExactly("interrupted");
    }

    @Test
    void aKeyIsNeverWritten() {
        assertThat(new Secret(ModelStub.KEY).toString()).doesNotContain(ModelStub.KEY);
    }
}
