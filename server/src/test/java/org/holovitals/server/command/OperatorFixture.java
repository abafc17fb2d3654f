package org.holovitals.server.command;

import java.nio.file.Path;
import java.util.Objects;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Commands as an operator runs them beside a server. */
abstract class OperatorFixture extends ServerTest {
    private final Login login;
    private final String setting;
    private final Path directory;
    private @Nullable Operator operator;

    /** With one directory beside the database's login. */
    OperatorFixture(Login login, String setting, Path directory) {
        this.login = login;
        this.setting = setting;
        this.directory = directory;
    }

    @BeforeEach
    void anOperator() {
        operator = new Operator(login, setting, directory);
    }

    @AfterEach
    void asBefore() {
        operator().close();
    }

    private Operator operator() {
        return Objects.requireNonNull(operator);
    }

    final Ran run(String... arguments) {
        return operator().run(arguments);
    }
}
