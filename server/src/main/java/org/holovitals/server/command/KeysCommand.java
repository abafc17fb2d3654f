package org.holovitals.server.command;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.holovitals.migrations.Login;
import org.holovitals.server.base.Ids;
import org.holovitals.server.database.Pools;
import org.holovitals.server.vault.KeyCare;
import org.holovitals.server.vault.VaultAccess;
import org.holovitals.server.vault.VaultSettings;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys}: the keys that patients' documents and texts are encrypted with. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Look after the keys of what is encrypted.",
        subcommands = picocli.CommandLine.HelpCommand.class)
final class KeysCommand {
    private static final Duration STATEMENT = Duration.ofSeconds(60);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(
            mixinStandardHelpOptions = true,
            description = "List the master keys and how many data keys each wraps; exit code 1 when one is missing.")
    int status() {
        KeyCare.Status found = with(KeyCare::status);
        say("Master keys in " + found.place() + ", the newest last:");
        found.keys().forEach(key -> say(line(key, "")));
        found.missing().forEach(key -> say(line(key, ", but the master key is missing")));
        say(String.format(Locale.ROOT, "%,d data keys were shredded", found.shredded()));
        return found.missing().isEmpty() ? 0 : 1;
    }

    private static String line(KeyCare.Count key, String more) {
        return String.format(Locale.ROOT, "  %s wraps %,d data keys%s", key.masterKeyId(), key.dataKeys(), more);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Make a new master key and wrap all data keys by it; a server may run meanwhile.",
            footer = {
                "",
                "Where the master keys come from the environment or a PKCS#12 file, put the new one there first.",
                "The older keys have to stay: backups of before need them. A rotation that was cut short is",
                "finished with --rewrap."
            })
    int rotate(
            @Option(names = "--rewrap", description = "Make no key, wrap by the newest that is there.")
                    boolean rewrapOnly) {
        KeyCare.Rotated done = with(care -> care.rotate(!rewrapOnly));
        say(String.format(
                Locale.ROOT,
                "%s master key %s: %,d data keys wrapped by it, %,d left",
                done.isNew() ? "New" : "Newest",
                done.masterKeyId(),
                done.rewrapped(),
                done.left()));
        return done.left() == 0 ? 0 : 1;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Destroy the key of a patient: nothing that was encrypted of theirs is ever read again.")
    int shred(
            @Parameters(paramLabel = "PATIENT", description = "FHIR id of the Patient.") String patient,
            @Option(names = "--yes", description = "Do not ask.") boolean isSure) {
        if (!isSure && !Confirmation.asks("Destroy the key of patient " + patient + "? Type its id: ", patient)) {
            say("Nothing was done. Without a terminal, say --yes.");
            return 1;
        }
        boolean isShredded = with(care -> care.shred(patient));
        say(
                isShredded
                        ? "The key is destroyed. Backups of before still hold it, wrapped."
                        : "There is no key of that patient, or it is destroyed already.");
        return isShredded ? 0 : 1;
    }

    private static <T> T with(Function<KeyCare, T> task) {
        try (ConfigurableApplicationContext context = Contexts.of(VaultAccess.class);
                HikariDataSource connections =
                        new Pools(context.getBean(Login.class)).application("holovitals-keys", 1, STATEMENT)) {
            return task.apply(
                    KeyCare.on(connections, context.getBean(VaultSettings.class), new Ids(), Clock.systemUTC()));
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
