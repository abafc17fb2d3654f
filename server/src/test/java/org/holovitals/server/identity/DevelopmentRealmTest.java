package org.holovitals.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holovitals.keycloak.realm.Clients;
import org.holovitals.keycloak.realm.Demonstration;
import org.junit.jupiter.api.Test;

/** The run command as a newcomer has it. */
final class DevelopmentRealmTest {

    private static final String PASSWORD = "Family-Record-7!";

    private static final DevelopmentServer server = DevelopmentServer.get();
    private static final DemonstrationRealm realm = server.realm();

    @Test
    void eachDemonstrationLoginSeesWhatItMay() throws Exception {
        JsonNode everything = search(server.token("backend"));
        assertThat(everything.path("total").asInt()).isGreaterThan(100);
        assertThat(patients(everything)).hasSizeGreaterThan(1);

        String patientToken = server.token("patient");
        JsonNode own = search(patientToken);
        assertThat(own.path("total").asInt())
                .isBetween(1, everything.path("total").asInt() - 1);
        assertThat(patients(own)).hasSize(1);
        Set<String> others = patients(everything);
        others.removeAll(patients(own));
        assertThat(status(others.iterator().next(), patientToken)).isEqualTo(404);

        assertThat(search(server.token("clinician")).path("total").asInt())
                .as("without a consent")
                .isZero();
        assertThat(status("Condition", server.token("admin"))).isEqualTo(403);
        assertThat(status("Condition", "nonsense")).isEqualTo(401);
    }

    @Test
    void anAppOpensOnceInTheRecordThatTheEhrShows() throws Exception {
        String backend = server.token("backend");
        String patient = patientOf(server.token("patient"));
        String encounter = resource("Encounter?_count=1&patient=" + patient, backend);
        String launch = realm.launch(
                Map.of(
                        "client",
                        Clients.DEMO_APP,
                        "patient",
                        patient,
                        "encounter",
                        encounter,
                        "user",
                        "patient",
                        "intent",
                        "order-review",
                        "needPatientBanner",
                        false),
                backend);

        Pkce pkce = Pkce.make();
        URI end = launched(launch, pkce);
        assertThat(Query.value(end, "state")).isEqualTo("~st+ate/ =?&");
        JsonNode answer = realm.redeem(end, pkce);
        assertThat(answer.path("patient").asText()).as(answer.toString()).isEqualTo(patient);
        assertThat(answer.path("encounter").asText()).isEqualTo(encounter);
        assertThat(answer.path("intent").asText()).isEqualTo("order-review");
        assertThat(answer.path("need_patient_banner").asBoolean(true)).isFalse();
        assertThat(List.of(answer.path("scope").asText().split(" ")))
                .contains("launch", "patient/Encounter.rs")
                .doesNotContain("patient/Nothing.rs");
        assertThat(status("Encounter/" + encounter, answer.path("access_token").asText()))
                .isEqualTo(200);

        assertThat(Query.value(launched(launch, Pkce.make()), "error"))
                .as("a second use")
                .isEqualTo("invalid_request");
        tellsOfTheTokenUntilItIsRevoked(answer, encounter);
    }

    private static void tellsOfTheTokenUntilItIsRevoked(JsonNode answer, String encounter) throws Exception {
        String token = answer.path("access_token").asText();
        JsonNode told = realm.introspect(token, token);
        assertThat(told.path("active").asBoolean()).as(told.toString()).isTrue();
        assertThat(told.path("client_id").asText()).isEqualTo(Clients.DEMO_APP);
        assertThat(told.path("patient").asText())
                .isEqualTo(answer.path("patient").asText());
        assertThat(told.path("encounter").asText()).isEqualTo(encounter);
        assertThat(told.path("intent").asText()).isEqualTo("order-review");
        assertThat(told.path("fhirUser").asText()).startsWith("Patient/");
        assertThat(told.path("scope").asText()).contains("patient/Encounter.rs");
        assertThat(List.of(
                        told.path("iss").asText().isEmpty(),
                        told.path("sub").asText().isEmpty(),
                        told.path("exp").asLong() == 0))
                .containsOnly(false);

        assertThat(realm.introspect(token, server.token("backend")).toString())
                .as("another client asks")
                .isEqualTo("{\"active\":false}");
        realm.revoke(answer.path("refresh_token").asText());
        assertThat(realm.introspect(token, server.token("patient")).toString()).isEqualTo("{\"active\":false}");
    }

    @Test
    void aLaunchOfAnotherAppOrAnotherUserIsRefused() throws Exception {
        String backend = server.token("backend");
        String patient = patientOf(server.token("patient"));
        String ofAnotherApp = realm.launch(Map.of("client", "another-app", "patient", patient), backend);
        String ofAnotherUser =
                realm.launch(Map.of("client", Clients.DEMO_APP, "patient", patient, "user", "clinician"), backend);
        String ofAnotherPatient =
                realm.launch(Map.of("client", Clients.DEMO_APP, "patient", otherPatient(patient, backend)), backend);
        for (String launch : List.of(ofAnotherApp, ofAnotherUser, ofAnotherPatient, "never-made")) {
            assertThat(Query.value(launched(launch, Pkce.make()), "error")).isEqualTo("invalid_request");
        }
    }

    @Test
    void whoHasSeveralRecordsChoosesByName() throws Exception {
        String backend = server.token("backend");
        String first = patientOf(server.token("patient"));
        String second = otherPatient(first, backend);
        realm.addPatientUser("family", PASSWORD, List.of(first, second));

        Pkce pkce = Pkce.make();
        LoginForm form = realm.openByForm(
                realm.request("openid launch/patient patient/Nothing.rs patient/*.sr", pkce, Map.of()));
        form.submit(Map.of("username", "family", "password", PASSWORD));
        for (String patient : List.of(first, second)) {
            JsonNode resource = realm.get(server.base() + "/Patient/" + patient, backend);
            assertThat(form.text())
                    .contains(resource.path("name").path(0).path("family").asText())
                    .contains(resource.path("birthDate").asText())
                    .doesNotContain(patient);
        }
        form.submit(Map.of("patient", second, "accept", "true"));
        assertThat(realm.redeem(form.ended().orElseThrow(), pkce)
                        .path("patient")
                        .asText())
                .isEqualTo(second);
    }

    @Test
    void anAppThatNamesNoAudienceIsToldSo() throws Exception {
        LoginForm form = realm.open(realm.request("openid launch/patient", Pkce.make(), Map.of("aud", "")));
        URI end = form.ended().orElseThrow();
        assertThat(Query.value(end, "error")).isEqualTo("invalid_request");
        assertThat(Query.value(end, "error_description")).contains("aud");
        assertThat(Query.value(end, "state")).isEqualTo("~st+ate/ =?&");
    }

    @Test
    void anAppOfWhoseScopesNoneIsKnownIsToldSo() throws Exception {
        LoginForm form = realm.open(realm.request("patient/Nothing.rs", Pkce.make(), Map.of()));
        assertThat(Query.value(form.ended().orElseThrow(), "error")).isEqualTo("invalid_scope");
    }

    @Test
    void smartConfigurationTellsWhatThisRealmCanDo() throws Exception {
        JsonNode document = realm.get(server.base() + "/.well-known/smart-configuration", "");
        assertThat(document.path("authorization_endpoint").asText()).isEqualTo(realm.own("/oauth2/authorize"));
        assertThat(document.path("introspection_endpoint").asText()).isEqualTo(realm.own("/oauth2/introspect"));
        assertThat(document.path("capabilities"))
                .extracting(JsonNode::asText)
                .contains("launch-ehr", "client-confidential-symmetric", "client-confidential-asymmetric");
        assertThat(document.path("token_endpoint_auth_signing_alg_values_supported"))
                .extracting(JsonNode::asText)
                .containsExactly("RS384", "ES384");
    }

    /** Where the app gets the browser back after the demonstration patient has logged in to a launch. */
    private static URI launched(String launch, Pkce pkce) throws Exception {
        LoginForm form = realm.open(realm.request(
                "openid fhirUser launch patient/Encounter.sr patient/Nothing.rs", pkce, Map.of("launch", launch)));
        Demonstration.Login login = Demonstration.LOGINS.get(0);
        form.submit(Map.of("username", login.name(), "password", login.password()));
        return form.ended().orElseThrow(() -> new AssertionError(form.text()));
    }

    private static String patientOf(String token) throws Exception {
        return realm.get(realm.own("/api/me"), token).path("patient").asText();
    }

    private static String otherPatient(String patient, String token) throws Exception {
        for (JsonNode entry :
                realm.get(server.base() + "/Patient?_count=2", token).path("entry")) {
            String id = entry.path("resource").path("id").asText();
            if (!id.equals(patient)) {
                return id;
            }
        }
        throw new AssertionError("there is one patient only");
    }

    private static String resource(String search, String token) throws Exception {
        return realm.get(server.base() + "/" + search, token)
                .path("entry")
                .path(0)
                .path("resource")
                .path("id")
                .asText();
    }

    private static JsonNode search(String token) throws IOException {
        return new ObjectMapper()
                .readTree(server.send("GET", "/fhir/Condition?_count=200&_total=accurate", token, "")
                        .body());
    }

    private static Set<String> patients(JsonNode bundle) {
        Set<String> patients = new HashSet<>();
        bundle.path("entry")
                .forEach(entry -> patients.add(
                        entry.path("resource").path("subject").path("reference").asText()));
        return patients;
    }

    private static int status(String path, String token) {
        return server.send("GET", "/fhir/" + path, token, "").statusCode();
    }
}
