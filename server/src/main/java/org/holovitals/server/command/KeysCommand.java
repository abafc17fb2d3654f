package org.holovitals.server.command;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.holovitals.migrations.Login;
import org.holovitals.server.base.Ids;
import org.holovitals.server.database.Pools;
import org.holovitals.server.documents.BlobAccess;
import org.holovitals.server.documents.BlobHeads;
import org.holovitals.server.vault.KeyCare;
import org.holovitals.server.vault.KeyRenewal;
import org.holovitals.server.vault.VaultAccess;
import org.holovitals.server.vault.VaultSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    /** Each column is looked through from its one end to the other. */
    private static final Duration SCAN = Duration.ofHours(6);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(
            mixinStandardHelpOptions = true,
            description = "List the master keys and how many data keys each wraps; exit code 1 when one is missing.")
    int status() {
        State state = withFiles((care, renewal) -> new State(care.status(), renewal.left()));
        KeyCare.Status found = state.found();
        say("Master keys in " + found.place() + ", the newest last:");
        found.keys().forEach(key -> say(line(key, "")));
        found.missing().forEach(key -> say(line(key, ", but the master key is missing")));
        say(String.format(Locale.ROOT, "%,d data keys were shredded", found.shredded()));
        KeyRenewal.Left left = state.left();
        if (left.keys() > 0) {
            say(String.format(
                    Locale.ROOT,
                    "%,d former data keys: %,d values and %,d files are still under them",
                    left.keys(),
                    left.values(),
                    left.files()));
        }
        return found.missing().isEmpty() ? 0 : 1;
    }

    private record State(KeyCare.Status found, KeyRenewal.Left left) {}

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
        if (!rewrapOnly && !done.isNew()) {
            say("No key was made: the master keys come from elsewhere, where a new one has to be put first.");
        }
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
            description =
                    "Make a new data key and seal anew what was sealed under the former; a server may run meanwhile.",
            footer = {
                "",
                "The former key is destroyed when nothing is under it any more; exit code 1 while one is left. It takes",
                "a minute at least. What was cut short is finished with --finish, or by doing it again."
            })
    int renew(
            @Parameters(arity = "0..1", paramLabel = "PATIENT", description = "FHIR id of the Patient.") @Nullable
                    String patient,
            @Option(names = "--all", description = "The keys of all patients.") boolean isAll,
            @Option(names = "--finish", description = "Make no key, finish what was begun.") boolean isToBeFinished) {
        if (Stream.of(patient != null, isAll, isToBeFinished)
                        .filter(each -> each)
                        .count()
                != 1) {
            throw new ParameterException(
                    spec.subcommands().get("renew"), "It takes one of: the id of a Patient, --all, --finish.");
        }
        Optional<KeyRenewal.Renewed> renewed = withFiles((care, renewal) -> {
            if (patient != null) {
                return renewal.renew(patient);
            }
            return isAll ? renewal.renewAll() : renewal.finish();
        });
        if (renewed.isEmpty()) {
            say("Keys are being renewed already.");
            return 1;
        }
        KeyRenewal.Renewed done = renewed.get();
        if (patient != null && done.made() == 0) {
            say("There is no key of that patient, or it is destroyed.");
        }
        say(String.format(
                Locale.ROOT,
                "%,d new data keys; %,d values and %,d files sealed anew; %,d former keys destroyed, %,d left",
                done.made(),
                done.values(),
                done.files(),
                done.destroyed(),
                done.left()));
        done.damaged().forEach(each -> say("  cannot be opened: " + each.place() + " of " + each.id()));
        return done.left() == 0 && (patient == null || done.made() > 0) ? 0 : 1;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Destroy the key of a patient: nothing that was encrypted of theirs is ever read again.")
    int shred(
            @Parameters(paramLabel = "PATIENT", description = "FHIR id of the Patient.") String patient,
            @Option(names = "--yes", description = "Do not ask.") boolean isSure) {
        if (!isSure && !Confirmation.asks("Destroy the key of patient " + patient + "? Type its id: ", patient)) {
            throw new ParameterException(
                    spec.subcommands().get("shred"), "Nothing was destroyed: it wants --yes, or the id typed.");
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

    /** With a connection for the lock of a renewal, and one for the work. */
    private static <T> T withFiles(BiFunction<KeyCare, KeyRenewal, T> task) {
        try (ConfigurableApplicationContext context = Contexts.of(BlobAccess.class);
                HikariDataSource connections =
                        new Pools(context.getBean(Login.class)).application("holovitals-keys", 2, SCAN)) {
            VaultSettings settings = context.getBean(VaultSettings.class);
            return task.apply(
                    KeyCare.on(connections, settings, new Ids(), Clock.systemUTC()),
                    KeyRenewal.on(
                            connections,
                            settings,
                            context.getBean(BlobHeads.class).of(connections)));
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
