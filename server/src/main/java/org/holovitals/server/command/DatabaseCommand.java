package org.holovitals.server.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.holovitals.migrations.Difference;
import org.holovitals.migrations.Login;
import org.holovitals.migrations.Migrations;
import org.holovitals.server.database.Backups;
import org.holovitals.server.database.Doctor;
import org.holovitals.server.database.Progress;
import org.holovitals.server.database.Reset;
import org.holovitals.server.seed.Seed;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code db}: the database and its schema. */
@Command(
        name = "db",
        mixinStandardHelpOptions = true,
        description = "Look after the database.",
        subcommands = picocli.CommandLine.HelpCommand.class)
final class DatabaseCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(mixinStandardHelpOptions = true, description = "Apply the migrations that are pending.")
    int migrate() {
        int count = with(login -> new Migrations(login).migrate());
        say(count == 0 ? "The schema is up to date." : "Applied " + count + " migrations.");
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "List the migrations and whether they are applied.")
    int info() {
        with(login -> new Migrations(login).info())
                .forEach(step -> say("%-4s %-55s %s"
                        .formatted(step.version(), step.description(), step.applied() ? "applied" : "pending")));
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Compare the schema with the one this release expects; exit code 1 when they differ.")
    int doctor() {
        List<Difference> differences = with(Doctor::examine);
        differences.forEach(difference -> say(difference.toString()));
        say(differences.isEmpty() ? "The schema is as expected." : differences.size() + " differences.");
        return differences.isEmpty() ? 0 : 1;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Add the test user, the test patient, the models with their prices and the components;"
                    + " what is there already stays.")
    int seed() {
        try (ConfigurableApplicationContext context = Contexts.server()) {
            say(context.getBean(Seed.class).run().toString());
        }
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Throw ALL records away and make an empty schema.")
    int reset(@Option(names = "--yes", description = "Do not ask.") boolean yes) {
        if (!yes && !Confirmation.asks("This deletes every record in the database. Type 'reset' to go on: ", "reset")) {
            throw new ParameterException(
                    spec.subcommands().get("reset"), "Nothing was deleted: a reset wants --yes, or 'reset' typed.");
        }
        with(login -> {
            new Reset(login).run();
            return true;
        });
        say("The database is empty.");
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Write the whole database to one new file, beside a running server.",
            footer = {
                "",
                "Uses pg_dump where it is installed and not older than the server, else writes a zip by itself.",
                "The file holds health data; only you may read it."
            })
    int backup(@Parameters(paramLabel = "FILE", description = "The file; it must not exist.") Path file) {
        say(with(login -> new Backups(login, Clock.systemUTC()).backUp(file, progress())));
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Load a backup, all or nothing. The server must be stopped.")
    int restore(
            @Parameters(paramLabel = "FILE", description = "What `db backup` wrote.") Path file,
            @Option(names = "--replace", description = "Throw away what the database holds.") boolean replace) {
        say(with(login -> new Backups(login, Clock.systemUTC()).restore(file, replace, progress())));
        return 0;
    }

    private static <T> T with(Function<Login, T> task) {
        try (ConfigurableApplicationContext context = Contexts.database()) {
            return task.apply(context.getBean(Login.class));
        }
    }

    private Progress progress() {
        return (step, done, total) -> say("%3d/%d  %s".formatted(done, total, step));
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
