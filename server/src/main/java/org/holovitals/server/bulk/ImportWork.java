package org.holovitals.server.bulk;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.holovitals.server.exporting.PagedFiles;
import org.holovitals.server.exporting.WrittenFile;
import org.holovitals.server.importing.ImportFailure;
import org.holovitals.server.importing.ImportReport;
import org.holovitals.server.importing.ImportRequest;
import org.holovitals.server.importing.Importer;

/** Carries out an import: fetches the files, and takes them in as the command {@code import} does. */
final class ImportWork implements JobWork {
    private static final String OUTCOME = "outcome";
    private static final String ERROR = "error";

    private final Supplier<Importer> importer;
    private final Downloads downloads;
    private final BulkDirectory directory;
    private final Words words;
    private final JobEnds ends;

    ImportWork(Supplier<Importer> importer, Downloads downloads, BulkDirectory directory, Words words, JobEnds ends) {
        this.importer = importer;
        this.downloads = downloads;
        this.directory = directory;
        this.words = words;
        this.ends = ends;
    }

    /** How tasks are read, and what is said of them written. */
    record Words(ObjectMapper json, OutcomeLines outcomes, PagedFiles.Limits limits) {}

    @Override
    public void run(Lease lease) throws IOException, InterruptedException {
        BulkJob job = lease.job();
        ImportTask task = words.json().readValue(job.task(), ImportTask.class);
        Path made = directory.fresh(job.id());
        Map<Path, ImportTask.Input> fetched = fetch(lease, task, made);
        ImportReport report = importer.get()
                .run(
                        new ImportRequest(List.copyOf(fetched.keySet()), false),
                        snapshot -> lease.reach(snapshot.done().resources()));
        lease.reach(report.resources());
        for (Path file : fetched.keySet()) {
            Files.delete(file);
        }
        try (PagedFiles files = new PagedFiles(made, words.limits(), lines -> lease.require())) {
            write(files, fetched, report);
            ends.finish(lease, files.finish().stream().map(ImportWork::file).toList(), null);
        }
    }

    private Map<Path, ImportTask.Input> fetch(Lease lease, ImportTask task, Path made)
            throws IOException, InterruptedException {
        Map<Path, ImportTask.Input> fetched = new LinkedHashMap<>();
        for (ImportTask.Input input : task.inputs()) {
            lease.require();
            if (directory.isFull()) {
                throw new JobFailed("There is not enough room for the files of this import");
            }
            Path file = made.resolve((fetched.size() + 1) + "-" + input.type() + ".fetched");
            downloads.fetch(input, file);
            fetched.put(file, input);
        }
        return fetched;
    }

    /** A line for each file, and one for each thing that was not taken in. */
    private void write(PagedFiles files, Map<Path, ImportTask.Input> fetched, ImportReport report) throws IOException {
        for (Map.Entry<Path, ImportTask.Input> file : fetched.entrySet()) {
            long failures = report.failures().stream()
                    .filter(failure -> failure.source().equals(file.getKey().toString()))
                    .count();
            files.write(
                    OUTCOME,
                    words.outcomes()
                            .information(file.getValue().url() + ": "
                                    + (failures == 0 ? "imported" : failures + " resources were not imported")),
                    Set.of());
        }
        for (ImportFailure failure : report.failures()) {
            ImportTask.Input input = fetched.get(Path.of(failure.source()));
            String where = (input == null ? "" : input.url())
                    + (failure.entry() == null ? "" : ", line " + (failure.entry() + 1));
            files.write(ERROR, words.outcomes().error(where + ": " + failure.reason()), Set.of());
        }
    }

    private static BulkFile file(WrittenFile file) {
        return new BulkFile(
                file.kind().equals(ERROR) ? BulkFile.Kind.ERROR : BulkFile.Kind.OUTPUT,
                "OperationOutcome",
                file.name(),
                file.lines(),
                file.bytes(),
                Set.of(),
                false);
    }
}
