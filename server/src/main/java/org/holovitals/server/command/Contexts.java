package org.holovitals.server.command;

import java.util.Map;
import org.holovitals.server.ServerApplication;
import org.holovitals.server.database.DatabaseAccess;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What the commands beside {@code serve} run in. Where a server has the embedded database open they join it. */
final class Contexts {
    private static final Map<String, Object> BESIDE_A_SERVER = Map.of(
            "holovitals.database.join", "true",
            // What matches would be delivered after the command has ended.
            "holovitals.fhir.subscriptions", "false",
            // HAPI's background work is the server's; this name is HAPI's.
            "scheduling_disabled", "true");

    private Contexts() {}

    /** Only the login of the database; its schema is left as it is. */
    static ConfigurableApplicationContext database() {
        return of(DatabaseAccess.class);
    }

    /** The whole server but its web endpoints, on a migrated database. */
    static ConfigurableApplicationContext server() {
        return of(ServerApplication.class);
    }

    /** Only what the configuration class makes. */
    static ConfigurableApplicationContext of(Class<?> source) {
        return new SpringApplicationBuilder(source)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties(BESIDE_A_SERVER)
                .run();
    }
}
