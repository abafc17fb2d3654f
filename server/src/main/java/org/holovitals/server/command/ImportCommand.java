package org.holovitals.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.holovitals.server.importing.ConsoleProgress;
import org.holovitals.server.importing.ImportFailure;
import org.holovitals.server.importing.ImportReport;
import org.holovitals.server.importing.ImportRequest;
import org.holovitals.server.importing.Importer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import}: FHIR files into the record. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Import FHIR R4 files, or a file of one patient.",
        footer = {
            "",
            "Reads JSON, NDJSON and XML, plain, gzipped or in a zip: transaction, batch and collection",
            "bundles, or single resources. What others refer to comes first by itself: organizations,",
            "practitioners, patients, then the rest. A transaction is stored whole or not at all.",
            "",
            "Run the same command again to continue an import that was interrupted; what is imported",
            "is never imported twice. A server may run meanwhile.",
            "",
            "With --patient it is one file for the record of that patient, of any kind that a patient may",
            "bring: FHIR of other versions, C-CDA, SMART Health Cards, Apple Health. It is compared with the",
            "record, and written with --commit only; what was written is taken back by --undo.",
            "",
            "Exit code: 0 when everything was imported, 1 when something was not.",
            "",
            "Examples:",
            "  import bundles/                 every FHIR file below the folder",
            "  import export.zip Patient.ndjson",
            "  import --failures 1000 big.ndjson.gz > report.txt",
            "  import --patient 17 --commit clinic.xml"
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files, folders and zip archives.")
    private List<Path> paths = List.of();

    @Option(names = "--again", description = "Import also what was imported before; transactions are stored anew.")
    private boolean again;

    @Option(
            names = "--failures",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many failures to list (default: ${DEFAULT-VALUE}).")
    private int failuresShown;

    @Option(names = "--patient", paramLabel = "ID", description = "FHIR id of the Patient whose file it is.")
    private @Nullable String patient;

    @Option(names = "--commit", description = "With --patient: write what is new or has changed.")
    private boolean isWanted;

    @Option(names = "--confirm", description = "With --patient: the file is hers, though it does not quite say so.")
    private boolean isHers;

    @Option(names = "--undo", paramLabel = "ID", description = "Take back what --commit wrote, by the import's id.")
    private @Nullable UUID undone;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        UUID id = undone;
        String whose = patient;
        if (id == null && whose == null) {
            return all();
        }
        try (ConfigurableApplicationContext context = Contexts.server()) {
            PatientImport one = new PatientImport(context, spec.commandLine().getOut());
            return id != null ? one.undo(id) : one.bring(String.valueOf(whose), paths.get(0), isHers, isWanted);
        }
    }

    private void check() {
        if (undone != null && (patient != null || !paths.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--undo takes the id of an import and nothing else.");
        } else if (undone == null && paths.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'PATH'");
        } else if (patient == null && (isWanted || isHers)) {
            throw new ParameterException(spec.commandLine(), "--commit and --confirm go with --patient.");
        } else if (patient != null && (paths.size() > 1 || Files.isDirectory(paths.get(0)))) {
            throw new ParameterException(spec.commandLine(), "--patient takes one file.");
        }
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new ParameterException(spec.commandLine(), "There is no file or folder " + path);
            }
        }
    }

    private int all() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (ConfigurableApplicationContext context = Contexts.server()) {
            CommandLog log = new CommandLog(context);
            log.begins("import", Set.of());
            ImportReport report =
                    context.getBean(Importer.class).run(new ImportRequest(paths, again), ConsoleProgress.on(out));
            log.ended(
                    "import",
                    Set.of(),
                    report.failureCount() == 0,
                    Map.of("resources", report.resourcesByType(), "failures", report.failureCount()));
            print(report, out);
            return report.failureCount() == 0 ? 0 : 1;
        }
    }

    private void print(ImportReport report, PrintWriter out) {
        report.resourcesByType()
                .forEach((type, count) -> out.println(String.format(Locale.ROOT, "  %,10d  %s", count, type)));
        out.println(String.format(
                Locale.ROOT,
                "%,d resources of %,d sources in %.1f s (%,d/s); %,d sources were imported before; %,d failures",
                report.resources(),
                report.imported(),
                report.elapsed().toMillis() / 1000.0,
                report.resourcesPerSecond(),
                report.alreadyImported(),
                report.failureCount()));
        report.failures().stream().limit(failuresShown).map(ImportCommand::line).forEach(out::println);
        if (report.failureCount() > failuresShown) {
            out.println("  … " + (report.failureCount() - failuresShown) + " more");
        }
        out.flush();
    }

    private static String line(ImportFailure failure) {
        String place = failure.entry() == null ? "" : " entry " + failure.entry();
        return "  " + failure.source() + place + ": " + failure.reason();
    }
}
