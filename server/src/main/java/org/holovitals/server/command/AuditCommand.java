package org.holovitals.server.command;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.holovitals.migrations.Login;
import org.holovitals.server.base.Ids;
import org.holovitals.server.chain.AuditChain;
import org.holovitals.server.chain.ChainAccess;
import org.holovitals.server.chain.ChainSettings;
import org.holovitals.server.chain.Retention;
import org.holovitals.server.chain.Verification;
import org.holovitals.server.database.Pools;
import org.holovitals.server.database.PrivateFiles;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit}: the log of every access, and the proof that nothing in it was changed. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Check, export and prune the audit log.",
        subcommands = picocli.CommandLine.HelpCommand.class)
final class AuditCommand {
    private static final int BUFFER = 1 << 16;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(
            mixinStandardHelpOptions = true,
            description = "Check that no row was changed, removed or added; exit code 1 when one was.",
            footer = {
                "",
                "Without --file the log in the database is checked; a server may run meanwhile. With --file an",
                "exported file is, which needs neither server nor database but only the public key:",
                "  audit verify --file audit.ndjson.gz --key public.pem"
            })
    int verify(
            @Option(names = "--file", paramLabel = "FILE", description = "What `audit export` wrote.") @Nullable
                    Path file,
            @Option(names = "--key", paramLabel = "PEM", description = "A public key; may be given several times.")
                    @Nullable
                    List<Path> keys) {
        if ((file == null) != (keys == null)) {
            throw new ParameterException(
                    spec.subcommands().get("verify"), "--file and --key belong together: the key proves the file.");
        }
        Verification found = file == null || keys == null
                ? with(AuditChain::verify)
                : AuditChain.verifyFile(file, keys, Clock.systemUTC());
        found.findings().forEach(finding -> say(finding.text()));
        say(String.format(
                Locale.ROOT,
                "%,d rows in batches %,d to %,d; %,d dropped after their time, %,d not chained yet; %s",
                found.rows(),
                found.firstBatch(),
                found.lastBatch(),
                found.removedRows(),
                found.unchainedRows(),
                found.isIntact()
                        ? "nothing is wrong"
                        : String.format(Locale.ROOT, "%,d are wrong", found.findingCount())));
        return found.isIntact() ? 0 : 1;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Write the log with its signatures to a new file, gzipped when its name ends in .gz.")
    int export(
            @Parameters(paramLabel = "FILE", description = "The file; it must not exist.") Path file,
            @Option(names = "--from", paramLabel = "INSTANT", description = "Only what was written then or later.")
                    @Nullable
                    Instant from,
            @Option(names = "--to", paramLabel = "INSTANT", description = "Only what was written before.") @Nullable
                    Instant to)
            throws IOException {
        if (Files.exists(file)) {
            throw new ParameterException(spec.subcommands().get("export"), file + " exists already.");
        }
        try (OutputStream out = open(PrivateFiles.file(file))) {
            long rows = with(chain -> {
                chain.extend();
                return chain.export(out, from, to);
            });
            say(String.format(Locale.ROOT, "%,d rows to %s; `audit key` prints the key that proves them.", rows, file));
        }
        return 0;
    }

    private static OutputStream open(Path file) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        return file.toString().endsWith(".gz") ? new GZIPOutputStream(out, BUFFER) : out;
    }

    @Command(mixinStandardHelpOptions = true, description = "Print the public key that proves the log.")
    int key() {
        spec.commandLine().getOut().print(with(AuditChain::publicKey));
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Drop the months that ended more than seven years ago and that no hold covers.")
    int prune() {
        withRetention(Retention::prune)
                .forEach(month -> say(month.month()
                        + (month.isHeld()
                                ? " is held"
                                : String.format(Locale.ROOT, ": %,d rows dropped", month.rows()))));
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Keep months beyond their time, and print the hold's id.")
    int hold(
            @Parameters(paramLabel = "FIRST", description = "First month, such as 2026-01.") YearMonth first,
            @Parameters(paramLabel = "LAST", description = "Last month.") YearMonth last,
            @Parameters(paramLabel = "REASON", description = "Why.") String reason) {
        if (last.isBefore(first)) {
            throw new ParameterException(spec.subcommands().get("hold"), "The last month is before the first.");
        }
        say(withRetention(retention -> retention.hold(first, last, reason)).toString());
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "List the holds.")
    int holds() {
        withRetention(Retention::holds).forEach(this::say);
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "End a hold.")
    int release(@Parameters(paramLabel = "ID", description = "Of the hold.") UUID id) {
        boolean isReleased = withRetention(retention -> retention.release(id));
        say(isReleased ? "The hold is released." : "There is no such hold, or it is released already.");
        return isReleased ? 0 : 1;
    }

    private static <T> T with(Function<AuditChain, T> task) {
        try (ConfigurableApplicationContext context = Contexts.of(ChainAccess.class);
                AuditChain chain = AuditChain.open(
                        new Pools(context.getBean(Login.class)),
                        context.getBean(ChainSettings.class),
                        new Ids(),
                        Clock.systemUTC())) {
            return task.apply(chain);
        }
    }

    private static <T> T withRetention(Function<Retention, T> task) {
        try (ConfigurableApplicationContext context = Contexts.of(ChainAccess.class)) {
            Pools pools = new Pools(context.getBean(Login.class));
            try (HikariDataSource owner = pools.owner("holovitals-audit-prune")) {
                return task.apply(new Retention(
                        JdbcClient.create(owner),
                        new TransactionTemplate(new DataSourceTransactionManager(owner)),
                        pools.user(),
                        new Ids(),
                        Clock.systemUTC()));
            }
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
