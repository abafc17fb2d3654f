package org.holovitals.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.TestLog;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditLogs;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each rule finds what it is for, and not what is just short of it. Rows lie in a time of which nothing else is. */
final class AlertRulesTest extends ServerTest {
    private static final Instant NOON = Instant.parse("2027-08-10T12:00:30Z");
    private static final Duration AROUND = Duration.ofHours(6);
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final AlertRules rules;
    private final Alerts alerts;
    private final AlertSettings settings;
    private final TestLog log;
    private final UUID doctor;

    @Autowired
    AlertRulesTest(JdbcClient jdbc, AlertRules rules, Alerts alerts, AlertSettings settings, AuditLogs logs) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.alerts = alerts;
        this.settings = settings;
        this.log = new TestLog(logs, jdbc);
        this.doctor = log.user("clinician", "Dr. Fast", "Practitioner/fast");
    }

    @Test
    void moreThanTwentyActionsInFiveMinutesOnDifferentPatientsAreOneAlert() {
        read(doctor, 21, Duration.ofSeconds(4));
        UUID slow = log.user("clinician", null, null);
        read(slow, 21, Duration.ofSeconds(16));
        UUID few = log.user("clinician", null, null);
        read(few, 20, Duration.ofSeconds(4));
        UUID faithful = log.user("clinician", null, null);
        for (int i = 0; i < 40; i++) {
            Instant when = NOON.plusSeconds(i);
            log.row(row -> row.at(when).by(faithful).about("one"));
        }
        UUID patient = log.user("patient", null, null);
        read(patient, 40, Duration.ofSeconds(1));

        look(NOON);
        look(NOON);

        assertThat(found("rapid-access", doctor)).containsExactly("21 {\"patients\": 21} high");
        assertThat(found("rapid-access", slow, few, faithful, patient)).isEmpty();
    }

    /** Beside the plainest way to say it: for each action all others are gone through. */
    @Test
    void actionsAndPatientsAreCountedInAWindowThatSlides() {
        Random random = new Random(7);
        List<Action> actions = random.ints(400, 0, 5_400)
                .sorted()
                .mapToObj(second -> new Action(NOON.plusSeconds(second), "patient-" + random.nextInt(4)))
                .toList();
        actions.forEach(action -> log.row(
                row -> row.at(action.when()).by(doctor).about(action.patient(), "patient-of-all-" + action.when())));

        look(NOON);

        assertThat(found("rapid-access", doctor)).containsExactlyInAnyOrderElementsOf(counted(actions));
    }

    private record Action(Instant when, String patient) {}

    private static Collection<String> counted(List<Action> actions) {
        Map<Long, long[]> most = new TreeMap<>();
        for (Action action : actions) {
            List<Action> within = actions.stream()
                    .filter(other -> !other.when().isAfter(action.when())
                            && !other.when().isBefore(action.when().minus(WINDOW)))
                    .toList();
            if (within.size() > 20) {
                long patients = within.stream().map(Action::patient).distinct().count()
                        + within.stream().map(Action::when).distinct().count();
                most.merge(
                        action.when().getEpochSecond() / WINDOW.toSeconds(),
                        new long[] {within.size(), patients},
                        (one, other) -> new long[] {Math.max(one[0], other[0]), Math.max(one[1], other[1])});
            }
        }
        return most.values().stream()
                .map(counts -> counts[0] + " {\"patients\": " + counts[1] + "} high")
                .toList();
    }

    private void read(UUID who, int times, Duration apart) {
        for (int i = 0; i < times; i++) {
            Instant when = NOON.plus(apart.multipliedBy(i));
            String patient = "patient-" + i;
            log.row(row -> row.at(when).by(who).about(patient));
        }
    }

    @Test
    void moreThanThreeAddressesInAnHourAreAnAlert() {
        use(doctor, Duration.ofMinutes(10), "192.0.2.1", "192.0.2.2", "192.0.2.1", "192.0.2.3", "2001:db8::1");
        UUID three = log.user("patient", null, null);
        use(three, Duration.ofMinutes(10), "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.1", "192.0.2.2");
        UUID slow = log.user("patient", null, null);
        use(slow, Duration.ofMinutes(21), "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4");
        UUID staying = log.user("patient", null, null);
        use(staying, Duration.ofMinutes(50), "192.0.2.1", "192.0.2.1");
        use(
                staying,
                NOON.plus(Duration.ofMinutes(100)),
                Duration.ofMinutes(1),
                "192.0.2.1",
                "192.0.2.2",
                "192.0.2.3",
                "192.0.2.4");

        look(NOON);

        assertThat(found("many-addresses", doctor)).containsExactly("4 {\"addresses\": 4} high");
        assertThat(found("many-addresses", staying)).containsExactly("4 {\"addresses\": 4} high");
        assertThat(found("many-addresses", three, slow)).isEmpty();
    }

    private void use(UUID who, Duration apart, String... addresses) {
        use(who, NOON, apart, addresses);
    }

    private void use(UUID who, Instant from, Duration apart, String... addresses) {
        for (int i = 0; i < addresses.length; i++) {
            Instant when = from.plus(apart.multipliedBy(i));
            String address = addresses[i];
            log.row(row -> row.at(when).by(who).from(address));
        }
    }

    @Test
    void aLookAtAnothersRecordBetweenTwoAndFiveIsAnAlertOfThatNight() {
        Instant two = Instant.parse("2027-08-20T02:00:00Z");
        Instant five = Instant.parse("2027-08-20T05:00:00Z");
        log.row(row -> row.at(two).by(doctor).about("p"));
        log.row(row -> row.at(five.minusMillis(1)).by(doctor).about("p"));
        UUID early = log.user("clinician", null, null);
        log.row(row -> row.at(two.minusMillis(1)).by(early).about("p"));
        log.row(row -> row.at(five).by(early).about("p"));
        UUID elsewhere = log.user("clinician", null, null);
        log.row(row -> row.at(two).by(elsewhere).on("Organization", "1"));

        look(two);

        assertThat(found("access-at-night", doctor)).containsExactly("2 {} medium");
        assertThat(found("access-at-night", early, elsewhere)).isEmpty();
    }

    @Test
    void theNightIsThatOfTheZoneAndMayReachOverMidnight() {
        AlertSettings berlin = new AlertSettings(
                ZoneId.of("Europe/Berlin"),
                settings.interval(),
                settings.rapid(),
                settings.addresses(),
                new AlertSettings.Night(23, 4),
                settings.refusals());
        Instant one = Instant.parse("2027-08-21T23:00:00Z");
        log.row(row -> row.at(one).by(doctor).about("p"));
        log.row(row -> row.at(one.minus(Duration.ofMinutes(90))).by(doctor).about("p"));
        log.row(row -> row.at(one.plus(Duration.ofMinutes(61))).by(doctor).about("p"));
        log.row(row -> row.at(one.plus(Duration.ofHours(3))).by(doctor).about("p"));

        AlertRule.of(berlin).stream()
                .map(rule -> new AlertWatch(rule, jdbc, alerts))
                .forEach(watch -> watch.look(one.minus(AROUND), one.plus(AROUND)));

        assertThat(found("access-at-night", doctor)).containsExactly("3 {} medium");
    }

    @Test
    void tenRefusalsInFiveMinutesAreAnAlertAlsoOfAnApp() {
        String app = "app-" + UUID.randomUUID();
        for (int i = 0; i < 12; i++) {
            Instant when = NOON.plusSeconds(i);
            log.row(row -> row.at(when).by(doctor).ends(Outcome.REFUSED));
            log.row(row -> row.at(when).client(app).ends(Outcome.REFUSED));
        }
        UUID nine = log.user("patient", null, null);
        for (int i = 0; i < 9; i++) {
            Instant when = NOON.plusSeconds(i);
            log.row(row -> row.at(when).by(nine).ends(Outcome.REFUSED));
            log.row(row -> row.at(when).by(nine));
        }
        log.row(row -> row.at(NOON.plusSeconds(310)).by(nine).ends(Outcome.REFUSED));

        look(NOON);

        assertThat(found("repeated-refusals", doctor)).containsExactly("12 {} high");
        assertThat(found("repeated-refusals", nine)).isEmpty();
        assertThat(jdbc.sql("select occurrences from holovitals.security_alerts where details ->> 'client' = ?")
                        .param(app)
                        .query(Integer.class)
                        .list())
                .containsExactly(12);
    }

    @Test
    void anAlertIsListedUntilItIsAcknowledgedOnce() throws IOException {
        read(doctor, 30, Duration.ofSeconds(1));
        look(NOON);
        String officer = TestIssuer.user("compliance", "openid");
        JsonNode open = alert(officer, "open");
        assertThat(open.at("/who/name").asText()).isEqualTo("Dr. Fast");
        assertThat(open.at("/occurrences").asInt()).isEqualTo(30);
        String path = "/api/alerts/" + open.at("/id").asText() + "/acknowledge";

        assertThat(send(officer, path, "{}").statusCode()).isEqualTo(400);
        assertThat(send(officer, path, "{\"note\":\"a ward round\"}").statusCode())
                .isEqualTo(204);
        assertThat(send(TestIssuer.user("admin", "openid"), path, "{\"note\":\"again\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(send(officer, "/api/alerts/" + UUID.randomUUID() + "/acknowledge", "{\"note\":\"x\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(alert(officer, "open").isMissingNode()).isTrue();
        assertThat(alert(officer, "acknowledged").at("/acknowledgement").asText())
                .isEqualTo("a ward round");
    }

    private JsonNode alert(String token, String state) throws IOException {
        String path = "/api/alerts?state=" + state;
        while (!path.isEmpty()) {
            HttpResponse<String> answer = sendAs(token, request(path));
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode page = new JsonMapper().readTree(answer.body());
            for (JsonNode alert : page.at("/alerts")) {
                if (alert.at("/who/user").asText().equals(doctor.toString())) {
                    return alert;
                }
            }
            path = page.path("next").asText("").equals("null")
                    ? ""
                    : page.path("next").asText("");
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private HttpResponse<String> send(String token, String path, String body) {
        return sendAs(
                token,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base().replace("/fhir", path)));
    }

    private void look(Instant around) {
        rules.watches().forEach(rule -> rule.look(around.minus(AROUND), around.plus(AROUND)));
    }

    private List<String> found(String rule, UUID... users) {
        return jdbc.sql("""
                        select occurrences || ' ' || details || ' ' || severity from holovitals.security_alerts
                        where action = ? and user_id = any (?)
                        """).param(rule).param(users).query(String.class).list();
    }
}
