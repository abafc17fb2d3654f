package org.holovitals.server.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.holovitals.migrations.Login;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs commands as an operator does beside a server, in its JVM; while it is open its settings are those of the process. */
public final class Operator implements AutoCloseable {
    private final Map<String, @Nullable String> before = new HashMap<>();

    /** With one directory beside the database's login. */
    public Operator(Login login, String setting, Path directory) {
        set("holovitals.database.url", login.url());
        set("holovitals.database.username", login.user());
        set("holovitals.database.password", login.password());
        set(setting, directory.toString());
    }

    private void set(String name, String value) {
        String former = System.setProperty(name, value);
        before.putIfAbsent(name, former);
    }

    /** With another setting. */
    public Operator with(String name, Object value) {
        set(name, value.toString());
        return this;
    }

    /** Runs one command to its end. */
    public Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = HoloVitals.line()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }

    @Override
    public void close() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
