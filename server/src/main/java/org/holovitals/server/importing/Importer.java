package org.holovitals.server.importing;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.holovitals.server.database.AdvisoryLock;

/** Imports FHIR files in this process, past HTTP; picks up exactly where an interrupted import ended. */
public final class Importer {
    private static final int MOST_FAILURES = 1_000;

    /** Two imports at a time would take the lines of one file apart differently and store some twice. */
    private final ImportSettings settings;

    private final DataSource dataSource;
    private final Scanner scanner;
    private final Entries entries;
    private final ImportStore store;

    Importer(ImportSettings settings, DataSource dataSource, Scanner scanner, Entries entries, ImportStore store) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.scanner = scanner;
        this.entries = entries;
        this.store = store;
    }

    /**
     * Imports what the paths hold. What cannot be imported stands in the report; an exception means that the run as a
     * whole had to end, and that the same call again continues it.
     *
     * @throws ImportRunningException when another import works on the same database
     */
    public ImportReport run(ImportRequest request, Progress progress) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Tally tally = new Tally(progress);
        try {
            AdvisoryLock lock =
                    AdvisoryLock.take(dataSource, AdvisoryLock.Task.IMPORT).orElseThrow(ImportRunningException::new);
            try (lock;
                    Sources sources = new Sources(settings.maxSourceSize().toBytes())) {
                request.paths().forEach(sources::add);
                Plan plan = Plan.of(sources, scanner, store.journal(), request.again(), tally);
                new ImportRun(plan, entries, store, settings, tally).run();
                return report(plan, tally, Duration.ofNanos(System.nanoTime() - began));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer", e);
        }
    }

    private static ImportReport report(Plan plan, Tally tally, Duration elapsed) {
        List<ImportFailure> failures = plan.failures();
        return new ImportReport(
                tally.byType(),
                plan.imported(),
                plan.alreadyImported(),
                failures.size(),
                failures.stream().limit(MOST_FAILURES).toList(),
                elapsed);
    }
}
