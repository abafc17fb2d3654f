package org.holovitals.server.command;

import java.util.List;
import org.holovitals.migrations.Difference;
import org.holovitals.migrations.Login;
import org.holovitals.migrations.Migrations;
import org.holovitals.server.database.DatabaseAccess;
import org.holovitals.server.database.Doctor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code db}: the schema of the database. */
@Command(name = "db", mixinStandardHelpOptions = true, description = "Look after the database.")
final class DatabaseCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(mixinStandardHelpOptions = true, description = "Apply the migrations that are pending.")
    int migrate() {
        try (ConfigurableApplicationContext context = open()) {
            int count = new Migrations(context.getBean(Login.class)).migrate();
            say(count == 0 ? "The schema is up to date." : "Applied " + count + " migrations.");
        }
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "List the migrations and their states.")
    int info() {
        try (ConfigurableApplicationContext context = open()) {
            new Migrations(context.getBean(Login.class))
                    .info()
                    .forEach(step -> say("%-4s %-28s %s"
                            .formatted(step.version(), step.description(), step.applied() ? "applied" : "pending")));
        }
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Compare the schema with the one this release expects.")
    int doctor() {
        try (ConfigurableApplicationContext context = open()) {
            List<Difference> differences = Doctor.examine(context.getBean(Login.class));
            differences.forEach(difference -> say(difference.toString()));
            say(differences.isEmpty() ? "The schema is as expected." : differences.size() + " differences.");
            return differences.isEmpty() ? 0 : 1;
        }
    }

    /** Only the database, none of the server. */
    private static ConfigurableApplicationContext open() {
        return new SpringApplicationBuilder(DatabaseAccess.class)
                .web(WebApplicationType.NONE)
                .run();
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
