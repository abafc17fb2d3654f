package org.holovitals.keycloak.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What our server knows of launches and patients. */
interface Launches {
    /** The context of an EHR launch; empty when there is no such launch for this user and app, or the server does not answer. */
    Optional<LaunchContext> context(String launch, String user, String client);

    /** The patients as the page names them, in the order asked for; by their ids alone when the server does not answer. */
    List<Choice> names(List<String> patients, String user);

    /**
     * A patient to choose.
     *
     * @param detail what tells two of the same name apart, such as the birth date; may be empty
     */
    record Choice(String id, String name, String detail) {
        /** For the page's template, which reads maps. */
        Map<String, String> fields() {
            return Map.of("id", id, "name", name, "detail", detail);
        }
    }
}
