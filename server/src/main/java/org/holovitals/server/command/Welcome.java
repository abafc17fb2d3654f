package org.holovitals.server.command;

import java.util.List;
import java.util.stream.Collectors;
import org.holovitals.keycloak.realm.Demonstration;

/** What a started server says. */
record Welcome(int port) {

    /** For a server whose tokens come from elsewhere. */
    String text() {
        return """

                HoloVitals is ready.
                  FHIR R4       %1$s/fhir
                  OpenAPI       %1$s/fhir/swagger-ui/
                  Health        %1$s/actuator/health
                  Metrics       %1$s/actuator/prometheus
                """.formatted("http://127.0.0.1:" + port);
    }

    /** For a server with its own Keycloak. */
    String text(String issuer) {
        return text() + "  Keycloak      " + issuer + "\n";
    }

    /** For a development realm: its logins, and a line that works when it is pasted within five minutes. */
    String text(String issuer, List<Demonstration.Login> logins, String token) {
        String lines = logins.stream()
                .map(login -> "    %-11s %s\n".formatted(login.name(), login.password()))
                .collect(Collectors.joining());
        return text(issuer) + """
                  Demonstration logins (this realm is for development only)
                %1$s
                Try it, as the patient, within five minutes (`token patient` prints a new token):
                  curl -H 'Authorization: Bearer %3$s' 'http://127.0.0.1:%2$d/fhir/Condition?_count=2&_pretty=true'
                """.formatted(lines, port, token);
    }
}
