package org.holovitals.server.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.migrations.Login;
import org.holovitals.server.ModelStub;
import org.holovitals.server.ModelStub.Act;
import org.holovitals.server.ServerTest;
import org.holovitals.server.access.Call;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Explanations;
import org.holovitals.server.costs.Quotas;
import org.holovitals.server.egress.Inquiry.Place;
import org.holovitals.server.egress.Inquiry.Told;
import org.holovitals.server.egress.Inquiry.Whose;
import org.holovitals.server.models.EgressMode;
import org.holovitals.server.models.LanguageModel.Pieces;
import org.holovitals.server.models.Model;
import org.holovitals.server.models.ModelCalls;
import org.holovitals.server.models.Models;
import org.holovitals.server.models.Reply.Answered;
import org.holovitals.server.models.Reply.Failed;
import org.holovitals.server.models.Reply.Failure;
import org.holovitals.server.models.Reply.Finish;
import org.holovitals.server.models.Usage;
import org.holovitals.server.users.PatientKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The one way to a model: what it does not let out, and what becomes of the money when nobody hears the end. */
final class GatewayTest extends ServerTest {
    private static final ModelStub STUB = ModelStub.shared();
    private static final String KEPT = "0.5";

    private final Gateway gateway;
    private final LostCalls lost;
    private final Quotas quotas;
    private final ModelCalls calls;
    private final EgressChoices choices;
    private final PatientKeys keys;
    private final Explanations explanations;
    private final Model model;
    private final JdbcClient owner;
    private final UUID user = UUID.randomUUID();
    private final List<Departed> kept = new ArrayList<>();
    private String patient = "";
    private UUID record = user;

    @Autowired
    GatewayTest(
            Gateway gateway,
            LostCalls lost,
            Quotas quotas,
            ModelCalls calls,
            EgressChoices choices,
            PatientKeys keys,
            Explanations explanations,
            Models models,
            Login login) {
        this.gateway = gateway;
        this.lost = lost;
        this.quotas = quotas;
        this.calls = calls;
        this.choices = choices;
        this.keys = keys;
        this.explanations = explanations;
        this.model = models.named("stub-openai").orElseThrow();
        this.owner = asOwner(login);
    }

    @BeforeEach
    void aPatientWhoAsks() {
        owner.sql("insert into holovitals.users (id, subject) values (?, ?)")
                .params(user, "gateway-" + user)
                .update();
        ModelStub.price(owner, "stub-openai");
        patient = client().create().resource(new Patient()).execute().getId().getIdPart();
        record = keys.record(patient).orElseThrow();
        STUB.next();
    }

    private Inquiry inquiry(EgressMode mode, boolean isPaid) {
        Caller caller = new Caller(
                "gateway-" + user,
                "test-client",
                null,
                null,
                patient,
                "Patient/" + patient,
                Set.of("patient"),
                explanations.scopes("patient/*.rs"),
                false,
                Call.from(null));
        return new Inquiry(
                model,
                mode,
                new Whose(caller, user, record, patient),
                "How is it?",
                "[1] Ferritin 69 ng/mL",
                new Place("chat", "chat_conversations", UUID.randomUUID(), isPaid));
    }

    private Told ask(Inquiry inquiry) throws InterruptedException {
        return gateway.ask(inquiry, kept::add, Pieces.NOBODY);
    }

    private String spending() {
        return owner.sql("""
                        select coalesce((select string_agg(spent_cost || ' ' || spent_tokens || ' ' || reserved_cost || ' ' || reserved_tokens, ',')
                          from holovitals.daily_spending where user_id = :user), 'none') || ' | ' ||
                          coalesce((select string_agg(cost || ' ' || total_tokens || ' ' || usage_estimated, ',')
                          from holovitals.chatbot_costs where user_id = :user), 'none')
                        """).param("user", user).query(String.class).single();
    }

    private String paid(BigDecimal cost, long tokens) {
        return "%s %d 0.00000000 0 | %s %d true".formatted(cost.toPlainString(), tokens, cost.toPlainString(), tokens);
    }

    private String status(UUID call) {
        return owner.sql("select status from holovitals.model_calls where id = ?")
                .param(call)
                .query(String.class)
                .single();
    }

    /** What was put together for one mode does not leave by another, whoever waited for how long in between. */
    @ParameterizedTest
    @CsvSource({
        "NONE, BAA_FULL, false",
        "STRUCTURED_ONLY, NONE, false",
        "MASKED_TEXT, STRUCTURED_ONLY, false",
        "BAA_FULL, MASKED_TEXT, true",
        "MASKED_TEXT, NONE, true"
    })
    void whatIsMoreThanIsPermittedNowAsksNobody(EgressMode asked, EgressMode chosen, boolean isPaid)
            throws InterruptedException {
        choices.choose(record, chosen, user);
        Told told = ask(inquiry(asked, isPaid));
        assertThat(told.reply()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.failure())
                .isEqualTo(Failure.WITHHELD));
        assertThat(told.call()).isNull();
        assertThat(STUB.received()).isEmpty();
        assertThat(kept).isEmpty();
        assertThat(spending()).isEqualTo("none | none");
    }

    @Test
    void whoeverIsInterruptedBehindTheBodyPaysWhatItMightHaveUsed() throws InterruptedException {
        choices.choose(record, EgressMode.MASKED_TEXT, user);
        STUB.next(Act.HANG);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread asking = new Thread(() -> {
            try {
                ask(inquiry(EgressMode.MASKED_TEXT, false));
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        asking.start();
        Awaitility.await().until(() -> !STUB.received().isEmpty());
        asking.interrupt();
        asking.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        UUID call = kept.get(0).call();
        assertThat(status(call)).isEqualTo("lost");
        long input = owner.sql("select input_tokens from holovitals.model_calls where id = ?")
                .param(call)
                .query(Long.class)
                .single();
        assertThat(input).isBetween(100L, 400L);
        BigDecimal cost = owner.sql("select cost from holovitals.model_calls where id = ?")
                .param(call)
                .query(BigDecimal.class)
                .single();
        assertThat(cost)
                .isEqualTo(new BigDecimal("1.23456789")
                        .multiply(BigDecimal.valueOf(input))
                        .add(new BigDecimal("9.87654321").multiply(BigDecimal.valueOf(model.output())))
                        .divide(BigDecimal.valueOf(1_000_000), 8, RoundingMode.HALF_UP));
        assertThat(spending()).isEqualTo(paid(cost, input + model.output()));
    }

    @Test
    void whoeverIsInterruptedBeforeAnythingLeftPaysNothing() {
        choices.choose(record, EgressMode.MASKED_TEXT, user);
        Thread.currentThread().interrupt();
        assertThat(catchThrowable(() -> ask(inquiry(EgressMode.MASKED_TEXT, false))))
                .isInstanceOf(InterruptedException.class);
        assertThat(STUB.received()).isEmpty();
        assertThat(spending()).isEqualTo("0.00000000 0 0.00000000 0 | none");
    }

    @Test
    void whatADeadServerKeptIsSettledWhenItsTimeIsOverAndNoAnswerPaysItAgain() {
        Instant over = Instant.now().minusSeconds(1);
        UUID call = UUID.randomUUID();
        UUID left = reserved(over);
        calls.begin(new ModelCalls.Begun(
                call, model, "chat", EgressMode.MASKED_TEXT, "0".repeat(64), new Usage(100, 800, true)));
        assertThat(quotas.tie(left, call)).isTrue();
        UUID stayed = reserved(over);
        UUID young = reserved(Instant.now().plusSeconds(60));

        lost.endOverdue();
        lost.endOverdue();

        assertThat(status(call)).isEqualTo("lost");
        assertThat(quotas.kept(left)).isEmpty();
        assertThat(quotas.kept(stayed)).isEmpty();
        assertThat(quotas.kept(young)).isPresent();
        assertThat(quotas.release(young)).isTrue();
        assertThat(spending()).isEqualTo(paid(new BigDecimal("0.00802469"), 900));
        assertThat(gateway.settle(new Told(model, answered(), call, left, text -> text)))
                .isEmpty();
        assertThat(spending()).isEqualTo(paid(new BigDecimal("0.00802469"), 900));
        assertThat(quotas.tie(stayed, call)).isFalse();
    }

    private UUID reserved(Instant due) {
        return quotas.reserve(user, new BigDecimal(KEPT), 900, due).orElseThrow();
    }

    private static Answered answered() {
        return new Answered("late", Finish.COMPLETE, new Usage(5, 5, false), 1, Duration.ZERO, Duration.ZERO);
    }
}
