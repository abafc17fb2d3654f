package org.holovitals.server.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.holovitals.server.users.Revocations.Whose;

/**
 * What events do not say and Keycloak has to be asked for.
 *
 * @param secondFactors by the issuer's id of a user, whether the account has one
 * @param revoked tokens that are refused, and up to which time of issue
 */
record Facts(Map<String, Boolean> secondFactors, Map<Whose, Instant> revoked) {
    private static final Set<String> SECOND_FACTORS = Set.of("otp", "webauthn", "webauthn-passwordless");
    private static final Set<String> OF_CREDENTIALS =
            Set.of("LOGIN", "UPDATE_TOTP", "REMOVE_TOTP", "UPDATE_CREDENTIAL", "REMOVE_CREDENTIAL");
    private static final Pattern CLIENT = Pattern.compile("clients/[^/]+");
    private static final Pattern CREDENTIALS = Pattern.compile("users/([^/]+)/(?:credentials|disable-credential).*");

    /** About some events; the users are those whose rows there are. */
    static Facts about(List<IdentityEvent> events, Set<String> users, RealmAdmin keycloak) {
        Facts facts = new Facts(new HashMap<>(), new HashMap<>());
        Set<String> subjects = new TreeSet<>();
        Set<String> clients = new TreeSet<>();
        for (IdentityEvent event : events) {
            subjectOf(event).filter(users::contains).ifPresent(subjects::add);
            if ("CLIENT".equals(event.resourceType())
                    && event.resourcePath() != null
                    && CLIENT.matcher(event.resourcePath()).matches()) {
                clients.add(event.resourcePath());
            }
        }
        for (String subject : subjects) {
            facts.askForUser(subject, keycloak);
        }
        for (String client : new ArrayList<>(clients)) {
            facts.askForClient(client, keycloak);
        }
        if (events.stream().anyMatch(event -> "REALM".equals(event.resourceType()))) {
            facts.askForRealm(keycloak);
        }
        return facts;
    }

    static Facts none() {
        return new Facts(new HashMap<>(), new HashMap<>());
    }

    private static Optional<String> subjectOf(IdentityEvent event) {
        if (event.stream() == EventStream.USER) {
            return OF_CREDENTIALS.contains(event.type()) ? Optional.ofNullable(event.subject()) : Optional.empty();
        }
        Matcher path = CREDENTIALS.matcher(String.valueOf(event.resourcePath()));
        return path.matches() ? Optional.of(path.group(1)) : Optional.empty();
    }

    void askForUser(String subject, RealmAdmin keycloak) {
        Optional<JsonNode> credentials = keycloak.find("/users/" + subject + "/credentials");
        boolean has = false;
        for (JsonNode credential :
                credentials.orElseGet(com.fasterxml.jackson.databind.node.MissingNode::getInstance)) {
            has |= SECOND_FACTORS.contains(credential.path("type").asText());
        }
        secondFactors.put(subject, has);
    }

    private void askForClient(String path, RealmAdmin keycloak) {
        Optional<JsonNode> found = keycloak.find("/" + path);
        if (found.isPresent()) {
            JsonNode client = found.get();
            Whose whose = new Whose(null, null, client.path("clientId").asText());
            if (!client.path("enabled").asBoolean(true)) {
                revoked.put(whose, Instant.MAX);
            } else if (client.path("notBefore").asLong() > 0) {
                revoked.put(
                        whose, Instant.ofEpochSecond(client.path("notBefore").asLong()));
            }
        }
    }

    /** The realm's not-before: every token issued up to it is void. */
    void askForRealm(RealmAdmin keycloak) {
        long notBefore =
                keycloak.find("").map(realm -> realm.path("notBefore").asLong()).orElse(0L);
        if (notBefore > 0) {
            revoked.put(new Whose(null, null, null), Instant.ofEpochSecond(notBefore));
        }
    }
}
