package org.holovitals.server.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import picocli.CommandLine;

/** Commands as an operator runs them beside a server, in its JVM. */
abstract class OperatorFixture extends ServerTest {
    private final Map<String, String> settings;
    private final Map<String, @Nullable String> before = new HashMap<>();

    /** With one directory beside the database's login. */
    OperatorFixture(Login login, String setting, Path directory) {
        this.settings = Map.of(
                "holovitals.database.url",
                login.url(),
                "holovitals.database.username",
                login.user(),
                "holovitals.database.password",
                login.password(),
                setting,
                directory.toString());
    }

    @BeforeEach
    void anOperatorsSettings() {
        settings.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    }

    @AfterEach
    void asBefore() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    /** What a command did. */
    record Ran(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = HoloVitals.line()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }
}
