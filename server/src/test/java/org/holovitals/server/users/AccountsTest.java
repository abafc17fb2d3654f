package org.holovitals.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

final class AccountsTest extends ServerTest {
    private final JdbcClient jdbc;
    private final Users users;
    private final String subject = UUID.randomUUID().toString();
    private final String session = UUID.randomUUID().toString();

    @Autowired
    AccountsTest(JdbcClient jdbc, Users users) {
        this.jdbc = jdbc;
        this.users = users;
    }

    @Test
    void aUserHasARowAndASessionFromTheFirstCallOn() {
        String email = subject + "@Example.ORG";
        call(subject, "clinician", claims -> claims.claim("email", email));

        assertThat(user(subject))
                .containsEntry("email", subject + "@example.org")
                .containsEntry("roles", "{clinician}")
                .containsEntry("mfa_enabled", false);
        assertThat(jdbc.sql("""
                                select host(ip_address) || ' ' || user_agent || ' ' || (expires_at > now()) || ' ' || (ended_at is null)
                                from holovitals.user_sessions where session_id = ?
                                """).param(session).query(String.class).single())
                .matches("127\\.0\\.0\\.1 Java-http-client/\\S+ true true");
    }

    @Test
    void theNameAndTheOwnResourceAreKeptAsTheLastTokenThatHadThemSaysThem() {
        call(subject, "clinician", claims -> claims.claim("name", "Ada Byron").claim("fhirUser", "Practitioner/7"));
        call(subject, "clinician", claims -> claims.claim("name", "Ada Lovelace"));
        call(subject, "clinician", claims -> {});

        assertThat(jdbc.sql("select display_name, fhir_user from holovitals.users where subject = ?")
                        .param(subject)
                        .query()
                        .singleRow())
                .containsEntry("display_name", "Ada Lovelace")
                .containsEntry("fhir_user", "Practitioner/7");
    }

    @Test
    void aServiceIsNoUser() {
        String service = UUID.randomUUID().toString();
        String token = TestIssuer.token(claims -> claims.subject(service).claim("scope", "system/*.rs"));
        assertThat(me(token).statusCode()).isEqualTo(200);
        assertThat(users.bySubject(service)).isEmpty();
    }

    @Test
    void rolesAndAddressFollowTheTokenAndOtherRolesStayOut() {
        call(subject, "patient", claims -> claims.claim("email", subject + "@a.example"));
        call(subject, "admin", claims -> claims.claim("email", subject + "@b.example"));

        assertThat(user(subject)).containsEntry("email", subject + "@b.example").containsEntry("roles", "{admin}");

        call(subject, "offline_access", claims -> {});
        assertThat(user(subject)).containsEntry("email", subject + "@b.example").containsEntry("roles", "{}");
    }

    @Test
    void aRepeatedCallWritesNothing() {
        Consumer<JWTClaimsSet.Builder> same = claims -> claims.claim("email", subject + "@a.example");
        call(subject, "patient", same);
        Object before = versions();
        for (int i = 0; i < 3; i++) {
            call(subject, "patient", same);
        }
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void twoAccountsWithOneAddressStayTwo() {
        String other = UUID.randomUUID().toString();
        call(subject, "patient", claims -> claims.claim("email", subject + "@a.example"));
        call(
                other,
                "clinician",
                claims -> claims.claim("email", subject.toUpperCase(java.util.Locale.ROOT) + "@A.example"));

        assertThat(user(subject)).containsEntry("email", subject + "@a.example").containsEntry("roles", "{patient}");
        assertThat(user(other)).containsEntry("email", null).containsEntry("roles", "{clinician}");

        call(other, "clinician", claims -> claims.claim("email", other + "@a.example"));
        call(subject, "patient", claims -> claims.claim("email", other + "@a.example"));
        assertThat(user(other)).containsEntry("email", other + "@a.example");
        assertThat(user(subject)).containsEntry("email", subject + "@a.example");
    }

    @Test
    void anAccountWithoutAnAddressHasNone() {
        call(subject, "patient", claims -> {});
        assertThat(user(subject)).containsEntry("email", null);
    }

    @Test
    void firstCallsAtTheSameMomentMakeOneRow() {
        assertThat(IntStream.range(0, 16).parallel().mapToObj(i -> me(token(
                                subject, "patient", claims -> claims.claim("email", subject + "@a.example")
                                        .claim("sid", session + i)))
                        .statusCode()))
                .containsOnly(200);
        assertThat(user(subject)).containsEntry("email", subject + "@a.example");
    }

    @Test
    void aRecordIsTheUsersWhoseOwnItIsUnlessSomebodyHasIt() {
        String patient = client().create()
                .resource(new Patient().setActive(true))
                .execute()
                .getId()
                .getIdPart();
        String other = UUID.randomUUID().toString();

        call(other, "clinician", claims -> claims.claim("fhirUser", "Patient/" + patient));
        assertThat(users.ofPatient(patient)).as("not a patient").isEmpty();
        call(subject, "patient", claims -> claims.claim("fhirUser", "Patient/" + patient));
        call(other, "patient", claims -> claims.claim("fhirUser", "Patient/" + patient));

        UUID owner = users.bySubject(subject).orElseThrow();
        assertThat(users.ofPatient(patient)).contains(owner);
        assertThat(users.patientOf(owner)).contains(patient);
        assertThat(users.patientOf(users.bySubject(other).orElseThrow())).isEmpty();
    }

    private void call(String who, String role, Consumer<JWTClaimsSet.Builder> more) {
        assertThat(me(token(who, role, more)).statusCode()).isEqualTo(200);
    }

    private String token(String who, String role, Consumer<JWTClaimsSet.Builder> more) {
        return TestIssuer.token(claims -> more.accept(claims.subject(who)
                .claim("sid", session)
                .claim("email_verified", true)
                .claim("realm_access", Map.of("roles", List.of(role)))));
    }

    private HttpResponse<String> me(String token) {
        return sendAs(token, HttpRequest.newBuilder(URI.create(base().replace("/fhir", "/api/me"))));
    }

    private Map<String, Object> user(String who) {
        return jdbc.sql("select email, roles::text as roles, mfa_enabled from holovitals.users where subject = ?")
                .param(who)
                .query()
                .singleRow();
    }

    /** PostgreSQL's mark of the transaction that wrote a row. */
    private List<String> versions() {
        return jdbc.sql("""
                        select u.xmin::text || ' ' || s.xmin from holovitals.users u
                        join holovitals.user_sessions s on s.user_id = u.id where u.subject = ?
                        """).param(subject).query(String.class).list();
    }
}
