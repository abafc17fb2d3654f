package org.holovitals.server.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

final class SeedTest extends ServerTest {
    private final Seed seed;
    private final JdbcClient jdbc;

    @Autowired
    SeedTest(Seed seed, Login login) {
        this.seed = seed;
        this.jdbc = asOwner(login);
    }

    @Test
    void aSecondRunAddsNothing() {
        seed.run();
        assertThat(seed.run()).isEqualTo(new Seed.Added(0, 0, 0, 0));
        assertThat(jdbc.sql("""
                                select u.email, p.first_name, p.last_name, p.date_of_birth, r.user_id = u.id as has_record
                                from holovitals.users u join holovitals.patients p on p.user_id = u.id
                                join holovitals.patient_repositories r on r.patient_id = p.id
                                """).query().listOfRows())
                .containsExactly(Map.of(
                        "email", "test@holovitals.com",
                        "first_name", "John",
                        "last_name", "Doe",
                        "date_of_birth", "1990-01-01",
                        "has_record", true));
    }

    @Test
    void everyModelHasAPriceAndEveryComponentASample() {
        seed.run();
        assertThat(jdbc.sql("""
                                select m.model from holovitals.model_performance m
                                join holovitals.model_prices p on p.provider = m.provider and p.model = m.model
                                where m.total_requests = 0 and p.input_price < p.output_price
                                """).query(String.class).set())
                .containsExactlyInAnyOrder("gpt-3.5-turbo", "gpt-4-turbo", "claude-3-opus", "claude-3-sonnet");
        assertThat(jdbc.sql("select distinct component from holovitals.system_health where status = 'healthy'")
                        .query(String.class)
                        .set())
                .hasSize(7);
    }
}
