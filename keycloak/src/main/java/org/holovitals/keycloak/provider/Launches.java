package org.holovitals.keycloak.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/** What our server knows of launches and patients. */
interface Launches {
    /** The context of an EHR launch; empty when there is no such launch for this user and app, or the server does not answer. */
    Optional<LaunchContext> context(String launch, Person person, String client);

    /** The patients as the page names them, in the order asked for; by their ids alone when the server does not answer. */
    List<Choice> names(List<String> patients, String user);

    /**
     * Who opens a launch, as the realm knows him; our server may not have seen him yet.
     *
     * @param patients the FHIR ids of the records that are his
     */
    record Person(String id, String name, List<String> roles, List<String> patients) {
        static Person of(UserModel user) {
            return new Person(
                    user.getId(),
                    user.getUsername(),
                    RoleUtils.getDeepUserRoleMappings(user).stream()
                            .filter(role -> !role.isClientRole())
                            .map(RoleModel::getName)
                            .sorted()
                            .toList(),
                    user.getAttributeStream("patient").distinct().toList());
        }
    }

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
