package org.holovitals.keycloak.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.holovitals.keycloak.admin.RealmAdmin;

/** Logins, refreshes, logouts and failures are stored for as long as a new realm stores them. */
final class EventSettings implements RealmStep {
    private static final String PATH = "/events/config";

    @Override
    public String description() {
        return "events are stored";
    }

    @Override
    public boolean apply(RealmAdmin admin) {
        ObjectNode wanted = new ObjectMapper().valueToTree(Realm.events());
        JsonNode found = admin.get(PATH);
        if (wanted.properties().stream()
                .allMatch(setting -> isSame(setting.getValue(), found.path(setting.getKey())))) {
            return false;
        }
        admin.put(PATH, wanted);
        return true;
    }

    /** Lists are sets: Keycloak returns them in an order of its own. */
    private static boolean isSame(JsonNode wanted, JsonNode found) {
        return wanted.isArray()
                ? texts(wanted).equals(texts(found))
                : wanted.asText().equals(found.asText());
    }

    private static Set<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }
}
