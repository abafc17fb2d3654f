package org.holovitals.server.identity;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.holovitals.keycloak.launcher.KeycloakServer;
import org.holovitals.keycloak.realm.Demonstration;
import org.holovitals.server.database.RowAccess;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The embedded Keycloak's realm as the command that starts the server sees it. */
public final class DevelopmentRealm {
    private final EmbeddedKeycloak keycloak;
    private final boolean development;
    private final JdbcClient jdbc;
    private final RowAccess access;

    DevelopmentRealm(EmbeddedKeycloak keycloak, boolean development, JdbcClient jdbc, RowAccess access) {
        this.keycloak = keycloak;
        this.development = development;
        this.jdbc = jdbc;
        this.access = access;
    }

    /**
     * Waits for Keycloak, and in development gives the demonstration patient the fullest record there is.
     *
     * @return the issuer
     * @throws IllegalStateException when Keycloak cannot start; the message says why
     */
    public String ready() throws IOException, InterruptedException {
        KeycloakServer running = keycloak.await();
        Optional<String> record = development ? access.withEverything(this::fullestRecord) : Optional.empty();
        if (record.isPresent()) {
            new DemonstrationRecord(running).link(record.get());
        }
        return running.issuer();
    }

    /** The demonstration logins, to be shown; none outside of development. */
    public List<Demonstration.Login> logins() {
        return development ? Demonstration.LOGINS : List.of();
    }

    private Optional<String> fullestRecord() {
        return jdbc.sql("""
                        select p.fhir_id from holovitals.patients p
                        join holovitals.patient_repositories r on r.patient_id = p.id
                        left join holovitals.patient_vital_signs v on v.repository_id = r.id
                        group by p.fhir_id order by count(v.id) desc, p.fhir_id limit 1
                        """).query(String.class).optional();
    }
}
