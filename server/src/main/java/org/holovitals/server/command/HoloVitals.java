package org.holovitals.server.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the jar. */
@Command(
        name = "holovitals",
        mixinStandardHelpOptions = true,
        description = "A health record server: FHIR R4 in, typed SQL tables beside it.",
        subcommands = {
            ServeCommand.class,
            WorkerCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            RebuildCommand.class,
            TokenCommand.class,
            LeaksCommand.class,
            AuditCommand.class,
            KeysCommand.class,
            RealmCommand.class,
            DatabaseCommand.class
        },
        footer = {
            "",
            "Settings, as environment variables:",
            "  SERVER_PORT              the port of `serve` (8080)",
            "  HOLOVITALS_IDENTITY_ISSUER   the OpenID issuer whose access tokens `serve` accepts",
            "  HOLOVITALS_DATA          where the embedded PostgreSQL keeps its data (~/.holovitals)",
            "  SPRING_DATASOURCE_URL    a PostgreSQL 14 to 18 to use instead of the embedded one,",
            "  SPRING_DATASOURCE_USERNAME, SPRING_DATASOURCE_PASSWORD   with its login"
        })
public final class HoloVitals {
    private HoloVitals() {}

    /** All commands, which tell of a failure in a line. */
    static CommandLine line() {
        return new CommandLine(new HoloVitals()).setUsageHelpWidth(110).setExecutionExceptionHandler(Failures::report);
    }

    /** Runs one command; the exit code is 0 when it did what it was asked to. */
    public static void main(String[] arguments) {
        CommandLine line = line();
        if (arguments.length == 0) {
            line.usage(line.getOut());
            return;
        }
        int code = line.execute(arguments);
        if (code != 0 || !arguments[0].equals("serve")) {
            System.exit(code);
        }
    }
}
