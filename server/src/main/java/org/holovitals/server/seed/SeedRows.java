package org.holovitals.server.seed;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.holovitals.server.base.Ids;
import org.holovitals.server.context.ModelPrice;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The seed's rows in the tables that mirror no FHIR resource; each is added only where it is missing. */
final class SeedRows {
    /** The development realm has the user under this id, so that the first token finds the row. */
    private static final String SUBJECT = "7b1f4c1e-5d0a-4b7e-9d53-0c6f0a9be001";

    private static final String EMAIL = "test@holovitals.com";

    private static final List<String> COMPONENTS =
            List.of("chatbot", "queue", "provisioner", "database", "storage", "fhir", "keycloak");

    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;

    SeedRows(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    int addTestUser() {
        return jdbc.sql("""
                        insert into holovitals.users (id, subject, email, roles)
                        values (?, ?, ?, '{patient}') on conflict do nothing
                        """).params(ids.next(), SUBJECT, EMAIL).update();
    }

    /** Gives the test user the record of the test patient, unless somebody has it. */
    void claim(String patientFhirId) {
        for (String sql : List.of("""
                update holovitals.patients p set user_id = u.id from holovitals.users u
                where u.email = ? and p.fhir_id = ? and p.user_id is null
                """, """
                update holovitals.patient_repositories r set user_id = u.id
                from holovitals.users u, holovitals.patients p
                where u.email = ? and p.fhir_id = ? and r.patient_id = p.id and r.user_id is null
                """)) {
            jdbc.sql(sql).params(EMAIL, patientFhirId).update();
        }
    }

    /** A first hour without requests for each model that has none. */
    int addModels(List<ModelPrice> models) {
        OffsetDateTime hour = now().truncatedTo(ChronoUnit.HOURS);
        return models.stream()
                .mapToInt(model -> jdbc.sql("""
                                insert into holovitals.model_performance (id, provider, model, period_start, period_end)
                                select :id, :provider, :model, :start, :end where not exists (
                                    select from holovitals.model_performance where provider = :provider and model = :model)
                                """)
                        .param("id", ids.next())
                        .param("provider", model.provider())
                        .param("model", model.model())
                        .param("start", hour)
                        .param("end", hour.plusHours(1))
                        .update())
                .sum();
    }

    /** A healthy sample for each component that was never sampled. */
    int addComponents() {
        return COMPONENTS.stream()
                .mapToInt(component -> jdbc.sql("""
                                insert into holovitals.system_health (id, component, status, timestamp)
                                select :id, :component, 'healthy', :now where not exists (
                                    select from holovitals.system_health where component = :component)
                                """)
                        .param("id", ids.next())
                        .param("component", component)
                        .param("now", now())
                        .update())
                .sum();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
