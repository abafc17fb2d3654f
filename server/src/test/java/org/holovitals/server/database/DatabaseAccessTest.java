package org.holovitals.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.holovitals.migrations.Login;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

final class DatabaseAccessTest {
    private Path directory;

    @BeforeEach
    void temporary(@TempDir Path temporary) {
        directory = temporary;
    }

    @Test
    void aGivenAddressWinsAndStartsNothing() {
        try (ConfigurableApplicationContext context = open(
                "--holovitals.database.url=jdbc:postgresql://db.example/records",
                "--holovitals.database.username=holo",
                "--holovitals.database.password=secret")) {
            assertThat(context.getBean(Login.class))
                    .isEqualTo(new Login("jdbc:postgresql://db.example/records", "holo", "secret"));
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aCommandJoinsTheServersDatabaseAndLeavesItRunning() throws Exception {
        try (ConfigurableApplicationContext server = open("--holovitals.database.url=")) {
            try (ConfigurableApplicationContext command =
                    open("--holovitals.database.url=", "--holovitals.database.join=true")) {
                assertThat(command.getBean(Login.class)).isEqualTo(server.getBean(Login.class));
            }
            assertThat(Queries.text(server.getBean(Login.class), "SELECT 1")).isEqualTo("1");
        }
        assertThat(directory.resolve("cluster/postmaster.pid")).doesNotExist();
    }

    @Test
    void aCommandWithoutServerOpensTheDirectoryItself() throws Exception {
        try (ConfigurableApplicationContext command =
                open("--holovitals.database.url=", "--holovitals.database.join=true")) {
            assertThat(Queries.text(command.getBean(Login.class), "SELECT current_user"))
                    .isEqualTo("holovitals");
        }
    }

    private ConfigurableApplicationContext open(String... arguments) {
        return new SpringApplicationBuilder(DatabaseAccess.class)
                .web(WebApplicationType.NONE)
                .properties("holovitals.database.directory=" + directory, "holovitals.database.durable=false")
                .run(arguments);
    }
}
