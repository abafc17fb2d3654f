package org.holovitals.server.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.access.Call;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Explanations;
import org.holovitals.server.egress.Identifiers.Name;
import org.holovitals.server.egress.Inquiry.Place;
import org.holovitals.server.egress.Inquiry.Whose;
import org.holovitals.server.models.EgressMode;
import org.holovitals.server.models.Models;
import org.holovitals.server.models.Prompt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The last look at a body, whatever became of masking before. */
final class DeparturesTest extends ServerTest {
    private static final Identifiers KNOWN = Identifiers.of(List.of(Name.of("José", "O'Hara")), List.of("MRN-445566"));

    private final Departures departures;
    private final Models models;
    private final Explanations explanations;
    private final JdbcClient owner;
    private final UUID user = UUID.randomUUID();
    private final UUID place = UUID.randomUUID();
    private final List<Departed> kept = new ArrayList<>();
    private @Nullable UUID reservation;

    @Autowired
    DeparturesTest(Departures departures, Models models, Explanations explanations, Login login) {
        this.departures = departures;
        this.models = models;
        this.explanations = explanations;
        this.owner = asOwner(login);
    }

    @BeforeEach
    void somebody() {
        owner.sql("insert into holovitals.users (id, subject) values (?, ?)")
                .params(user, "egress-" + user)
                .update();
    }

    private Departures.Gate gate(EgressMode mode) {
        return gate(mode, kept::add);
    }

    private Departures.Gate gate(EgressMode mode, Consumer<Departed> keep) {
        Caller caller = new Caller(
                "egress-" + user,
                "test-client",
                null,
                null,
                "p-1",
                "Patient/p-1",
                Set.of("patient"),
                explanations.scopes("patient/*.rs"),
                false,
                Call.from(null));
        Inquiry inquiry = new Inquiry(
                models.named("stub-openai").orElseThrow(),
                mode,
                new Whose(caller, user, UUID.randomUUID(), "p-1"),
                "",
                "",
                new Place("chat", "chat_conversations", place, false));
        Prompt prompt = Prompt.of(Gateway.SYSTEM, "q", 10, Duration.ofSeconds(1));
        return departures.gate(inquiry, KNOWN, new Departures.Leaving(UUID.randomUUID(), reservation, prompt), keep);
    }

    private static String body(String text) {
        return "{\"model\":\"hara-1\",\"messages\":[{\"role\":\"system\",\"content\":\"" + Gateway.SYSTEM
                + "\"},{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    private List<String> logged() {
        return owner.sql("select outcome from holovitals.audit_logs where action = 'egress' and resource_id = ?")
                .param(place.toString())
                .query(String.class)
                .list();
    }

    @Test
    void aBodyThatNamesThePatientIsHeldBackAndOperatorsAreTold() {
        for (String text : List.of("jose has a rash", "OHARA, J.", "\\u004aos\\u00e9", "record 445 566", "J-o-s-e")) {
            assertThat(gate(EgressMode.MASKED_TEXT).permits(body(text)))
                    .as(text)
                    .isFalse();
        }
        assertThat(gate(EgressMode.STRUCTURED_ONLY).permits("not JSON, and about O'Hara"))
                .isFalse();
        assertThat(kept).isEmpty();
        assertThat(logged()).hasSize(6).containsOnly("refused");
        assertThat(owner.sql("""
                        select severity || ' ' || occurrences from holovitals.security_alerts
                        where action = 'egress-identifier' and user_id = ?
                        """).param(user).query(String.class).list()).containsExactly("high 6");
    }

    @Test
    void aBodyThatNamesNobodyIsKeptOnceBeforeItGoes() {
        Departures.Gate gate = gate(EgressMode.MASKED_TEXT);
        assertThat(gate.permits(body("a rash"))).isTrue();
        assertThat(gate.permits(body("a rash"))).isTrue();
        assertThat(gate.permits(body("another"))).isFalse();
        assertThat(kept).hasSize(1);
        assertThat(gate(EgressMode.BAA_FULL).permits(body("jose has a rash"))).isTrue();
        assertThat(logged()).containsExactlyInAnyOrder("success", "refused", "success");
    }

    @Test
    void whatNothingIsKeptForAnyMoreDoesNotGo() {
        reservation = UUID.randomUUID();
        assertThat(gate(EgressMode.MASKED_TEXT).permits(body("a rash"))).isFalse();
        assertThat(logged()).isEmpty();
    }

    @Test
    void whatCannotBeKeptDoesNotGo() {
        Departures.Gate gate = gate(EgressMode.MASKED_TEXT, departed -> {
            throw new IllegalStateException("the disk is full");
        });
        assertThat(gate.permits(body("a rash"))).isFalse();
        assertThat(gate.hasLeft()).isFalse();
        assertThat(logged()).isEmpty();
    }
}
