package org.holovitals.server.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.holovitals.keycloak.admin.AdminRefused;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.users.Revocations;
import org.holovitals.server.users.UserSessions;
import org.holovitals.server.users.Users;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

final class EventPollTest extends ServerTest {
    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final EventJournal journal;
    private final EventRecorder recorder;
    private final Users users;
    private final UserSessions sessions;
    private final Revocations revocations;
    private final AuditLogs audit;
    private final PlatformTransactionManager transactions;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final String subject = UUID.randomUUID().toString();
    private final String session = UUID.randomUUID().toString();
    private FakeKeycloak keycloak;

    @Autowired
    EventPollTest(
            JdbcClient jdbc,
            DataSource dataSource,
            EventJournal journal,
            EventRecorder recorder,
            Users users,
            UserSessions sessions,
            Revocations revocations,
            AuditLogs audit,
            PlatformTransactionManager transactions)
            throws IOException {
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        this.journal = journal;
        this.recorder = recorder;
        this.users = users;
        this.sessions = sessions;
        this.revocations = revocations;
        this.audit = audit;
        this.transactions = transactions;
        this.keycloak = new FakeKeycloak();
    }

    @BeforeEach
    void nothingIsRead() {
        for (String table : List.of("identity_cursors", "identity_events", "token_revocations")) {
            jdbc.sql("delete from holovitals." + table).update();
        }
        revocations.reload();
    }

    @AfterEach
    void stop() {
        nothingIsRead();
        keycloak.close();
    }

    @Test
    void eachEventStandsInTheAuditLogOnceHoweverOftenItIsRead() throws Exception {
        keycloak.event(now.minusSeconds(9), "LOGIN_ERROR", "userId", subject, "error", "invalid_user_credentials");
        keycloak.event(now.minusSeconds(8), "LOGIN", "userId", subject, "sessionId", session);
        keycloak.event(now.minusSeconds(7), "CODE_TO_TOKEN", "userId", subject, "sessionId", session);
        keycloak.event(now.minusSeconds(6), "REFRESH_TOKEN", "userId", subject, "sessionId", session);
        keycloak.adminEvent(now.minusSeconds(5), "UPDATE", "USER", "users/" + subject);
        keycloak.event(now.minusSeconds(4), "LOGOUT", "userId", subject, "sessionId", session);
        EventPoll poll = poll();

        look(poll);
        look(poll);
        look(poll());

        assertThat(jdbc.sql("""
                                select action || ' ' || outcome || ' ' || coalesce(host(ip_address), '') from holovitals.audit_logs
                                where resource_id in (?, 'users/' || ?) order by timestamp
                                """).params(subject, subject).query(String.class).list())
                .containsExactly(
                        "login-failed failure 192.0.2.7",
                        "login success 192.0.2.7",
                        "code-to-token success 192.0.2.7",
                        "refresh success 192.0.2.7",
                        "admin-update success ",
                        "logout success 192.0.2.7");
    }

    @Test
    void whatWasTypedAsAUserNameIsNotKept() throws Exception {
        keycloak.event(now, "LOGIN_ERROR", "userId", subject, "error", "user_not_found");

        look(poll());

        assertThat(details(subject)).contains("user_not_found").doesNotContain("typed-by-somebody");
    }

    @Test
    void aLongAbsenceIsReadPageByPageToItsEnd() throws Exception {
        for (int i = 0; i < 700; i++) {
            keycloak.event(now.minusSeconds(3600), "LOGIN", "userId", subject, "sessionId", "one-moment-" + i);
        }
        for (int i = 0; i < 634; i++) {
            keycloak.event(now.minusSeconds(3000).plusMillis(i), "LOGIN", "userId", subject, "sessionId", "later-" + i);
        }

        look(poll());

        assertThat(logged(subject)).isEqualTo(1334);
    }

    @Test
    void anEventThatCameLateIsFound() throws Exception {
        EventPoll poll = poll();
        keycloak.event(now, "LOGIN", "userId", subject, "sessionId", session);
        look(poll);
        keycloak.event(now.minusSeconds(20), "LOGOUT", "userId", subject, "sessionId", session);

        look(poll);

        assertThat(logged(subject)).isEqualTo(2);
    }

    @Test
    void aCrashInThePageLosesNothingAndRepeatsNothing() throws Exception {
        keycloak.event(now, "LOGIN", "userId", subject, "sessionId", session);
        EventPoll crashing = poll(recorder(new CrashingTransactions(transactions)));
        assertThatThrownBy(() -> look(crashing)).isInstanceOf(IllegalStateException.class);
        assertThat(logged(subject)).isZero();

        look(poll());

        assertThat(logged(subject)).isEqualTo(1);
    }

    @Test
    void pollersOfSeveralServersTakeEachEventOnce() throws Exception {
        for (int i = 0; i < 300; i++) {
            keycloak.event(now.minusMillis(i), "REFRESH_TOKEN", "userId", subject, "sessionId", session);
        }
        ExecutorService servers = Executors.newFixedThreadPool(4);
        try {
            Callable<Void> server = () -> {
                look(poll());
                return null;
            };
            for (var done : servers.invokeAll(List.of(server, server, server, server))) {
                done.get();
            }
        } finally {
            servers.shutdown();
        }

        assertThat(logged(subject)).isEqualTo(300);
    }

    @Test
    void whileKeycloakIsDownNothingIsLost() throws Exception {
        EventPoll poll = poll();
        look(poll);
        keycloak.down(true);
        keycloak.event(now, "LOGIN", "userId", subject, "sessionId", session);
        assertThatThrownBy(() -> look(poll)).isInstanceOf(AdminRefused.class).hasMessageContaining("503");
        keycloak.down(false);

        look(poll);

        assertThat(logged(subject)).isEqualTo(1);
    }

    @Test
    void strangeTextsDoNotStopTheReading() throws Exception {
        keycloak.event(
                now, "LOGIN_ERROR", "clientId", "a\0b" + "c".repeat(5000), "ipAddress", "not.an.address.example");
        keycloak.event(now, "LOGIN", "userId", subject, "sessionId", session);

        look(poll());

        assertThat(logged(subject)).isEqualTo(1);
    }

    @Test
    void theUserAndTheSessionFollowTheEvents() throws Exception {
        me(token(Instant.now()));
        keycloak.answers.put(
                "users/" + subject + "/credentials", List.of(Map.of("type", "password"), Map.of("type", "otp")));
        keycloak.event(now, "LOGIN_ERROR", "userId", subject, "error", "invalid_user_credentials");
        keycloak.event(now.plusMillis(1), "LOGIN_ERROR", "userId", subject, "error", "invalid_user_credentials");
        look(poll());
        assertThat(user())
                .containsEntry("failed_login_attempts", 2)
                .containsEntry("mfa_enabled", true)
                .hasEntrySatisfying(
                        "last_failed_login", when -> assertThat(when).isNotNull());

        keycloak.event(now.plusMillis(2), "LOGIN", "userId", subject, "sessionId", session);
        keycloak.event(now.plusMillis(3), "LOGOUT", "userId", subject, "sessionId", session);
        look(poll());

        assertThat(user()).containsEntry("failed_login_attempts", 0);
        assertThat(jdbc.sql("select ended_at is not null from holovitals.user_sessions where session_id = ?")
                        .param(session)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void aTokenOfASessionThatWasLoggedOutIsRefused() throws Exception {
        String token = token(Instant.now());
        assertThat(me(token)).isEqualTo(200);
        keycloak.event(now, "LOGOUT", "userId", subject, "sessionId", session);

        look(poll());

        assertThat(me(token)).isEqualTo(401);
        assertThat(me(token(Instant.now())))
                .as("issued later, for the ended session")
                .isEqualTo(401);
        assertThat(me(TestIssuer.user("admin", ""))).as("another user").isEqualTo(200);
    }

    @Test
    void whatAnAdministratorChangesOfAUserEndsTheTokensBefore() throws Exception {
        for (String path : List.of("users/%s", "users/%s/logout", "users/%s/role-mappings/realm")) {
            nothingIsRead();
            String before = token(Instant.now().minusSeconds(20));
            String after = token(Instant.now());
            assertThat(me(before)).isEqualTo(200);
            keycloak.adminEvent(Instant.now().minusSeconds(10), "UPDATE", "USER", path.formatted(subject));

            look(poll());

            assertThat(me(before)).as(path).isEqualTo(401);
            assertThat(me(after)).as(path).isEqualTo(200);
            keycloak.adminEvents.clear();
        }
    }

    @Test
    void anEndedSessionOfTheAdminConsoleIsRefusedAfterARestartToo() throws Exception {
        keycloak.adminEvent(now, "DELETE", "USER_SESSION", "sessions/" + session);
        look(poll());

        revocations.reload();

        assertThat(me(token(Instant.now()))).isEqualTo(401);
    }

    @Test
    void theRealmsNotBeforeAndADisabledAppEndTokens() throws Exception {
        String before = token(Instant.now().minusSeconds(20));
        keycloak.answers.put("", Map.of("notBefore", Instant.now().getEpochSecond() - 10));
        look(poll());
        assertThat(me(before)).isEqualTo(401);
        assertThat(me(token(Instant.now()))).isEqualTo(200);

        String ofTheApp = token(Instant.now().minusSeconds(1));
        keycloak.answers.put("clients/77", Map.of("clientId", "test-client", "enabled", false));
        keycloak.adminEvent(Instant.now(), "UPDATE", "CLIENT", "clients/77");
        look(poll());
        assertThat(me(ofTheApp)).isEqualTo(401);
    }

    private EventPoll poll() {
        return poll(recorder);
    }

    private EventPoll poll(EventRecorder with) {
        return new EventPoll(dataSource, journal, with, users, revocations, Clock.systemUTC());
    }

    private EventRecorder recorder(TransactionTemplate with) {
        return new EventRecorder(
                journal,
                audit,
                users,
                new EventEffects(users, sessions, revocations),
                revocations,
                with,
                Clock.systemUTC());
    }

    private void look(EventPoll poll) throws Exception {
        poll.run(keycloak.admin(), Duration.ofNanos(1));
        revocations.refresh();
    }

    private String token(Instant issued) {
        return TestIssuer.token(claims -> claims.subject(subject)
                .claim("sid", session)
                .claim("realm_access", Map.of("roles", List.of("admin")))
                .issueTime(java.util.Date.from(issued)));
    }

    private int me(String token) {
        return sendAs(token, HttpRequest.newBuilder(URI.create(base().replace("/fhir", "/api/me"))))
                .statusCode();
    }

    private Map<String, Object> user() {
        return jdbc.sql("select * from holovitals.users where subject = ?")
                .param(subject)
                .query()
                .singleRow();
    }

    private String details(String resourceId) {
        return jdbc.sql("select to_jsonb(a)::text from holovitals.audit_logs a where resource_id = ?")
                .param(resourceId)
                .query(String.class)
                .single();
    }

    private int logged(String resourceId) {
        return jdbc.sql("select count(*) from holovitals.audit_logs where resource_id = ?")
                .param(resourceId)
                .query(Integer.class)
                .single();
    }

    /** The process ends after the work and before the commit. */
    private static final class CrashingTransactions extends TransactionTemplate {
        private static final long serialVersionUID = 1;

        CrashingTransactions(PlatformTransactionManager manager) {
            super(manager);
        }

        @Override
        public <T> T execute(org.springframework.transaction.support.TransactionCallback<T> action) {
            return super.execute(status -> {
                action.doInTransaction(status);
                throw new IllegalStateException("crash");
            });
        }
    }
}
