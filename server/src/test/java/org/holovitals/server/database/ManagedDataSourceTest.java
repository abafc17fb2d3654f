package org.holovitals.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManagedDataSourceTest {
    private static EmbeddedDatabase embedded;
    private static HikariDataSource application;

    @BeforeAll
    static void open(@TempDir Path directory) throws SQLException {
        embedded = EmbeddedDatabase.open(directory, false);
        Queries.execute(embedded.login(), "CREATE ROLE holovitals_application NOLOGIN");
        Queries.execute(embedded.login(), "CREATE SCHEMA fhir; CREATE SCHEMA holovitals");
        Queries.execute(embedded.login(), "CREATE TABLE holovitals.secrets (name text PRIMARY KEY)");
        Queries.execute(embedded.login(), "GRANT USAGE ON SCHEMA holovitals TO holovitals_application");
        Queries.execute(embedded.login(), "GRANT INSERT ON holovitals.secrets TO holovitals_application");
        application = ManagedDataSource.application(embedded.login(), 2, Duration.ofMillis(200));
    }

    @AfterAll
    static void close() {
        application.close();
        embedded.close();
    }

    @Test
    void aServingConnectionIsTheApplicationRoleInUtc() throws SQLException {
        assertThat(text(
                        application,
                        "SELECT current_user || ' ' || current_setting('search_path') || ' '"
                                + " || current_setting('TimeZone') || ' ' || current_setting('application_name')"))
                .isEqualTo("holovitals_application fhir, holovitals UTC holovitals");
    }

    @Test
    void aServingConnectionCannotChangeTheSchema() {
        assertThatThrownBy(() -> text(application, "CREATE TABLE holovitals.other (id int)"))
                .hasFieldOrPropertyWithValue("SQLState", "42501");
    }

    @Test
    void aStatementThatTakesTooLongIsEnded() {
        assertThatThrownBy(() -> text(application, "SELECT pg_sleep(20)"))
                .hasFieldOrPropertyWithValue("SQLState", "57014");
    }

    @Test
    void aConstraintViolationDoesNotQuoteTheRow() throws SQLException {
        String insert = "INSERT INTO secrets VALUES ('Jane Roe')";
        try (Connection connection = application.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(insert);
            assertThatThrownBy(() -> statement.execute(insert))
                    .hasMessageContaining("secrets_pkey")
                    .hasMessageNotContaining("Jane Roe");
        }
    }

    private static String text(HikariDataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
