package org.holovitals.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.holovitals.server.importing.ConsoleProgress;
import org.holovitals.server.importing.ImportFailure;
import org.holovitals.server.importing.ImportReport;
import org.holovitals.server.importing.ImportRequest;
import org.holovitals.server.importing.Importer;
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
        description = "Import FHIR R4 files.",
        footer = {
            "",
            "Reads JSON, NDJSON and XML, plain, gzipped or in a zip: transaction, batch and collection",
            "bundles, or single resources. What others refer to comes first by itself: organizations,",
            "practitioners, patients, then the rest. A transaction is stored whole or not at all.",
            "",
            "Run the same command again to continue an import that was interrupted; what is imported",
            "is never imported twice. A server may run meanwhile.",
            "",
            "Exit code: 0 when everything was imported, 1 when something was not.",
            "",
            "Examples:",
            "  import bundles/                 every FHIR file below the folder",
            "  import export.zip Patient.ndjson",
            "  import --failures 1000 big.ndjson.gz > report.txt"
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files, folders and zip archives.")
    private List<Path> paths = List.of();

    @Option(names = "--again", description = "Import also what was imported before; transactions are stored anew.")
    private boolean again;

    @Option(
            names = "--failures",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many failures to list (default: ${DEFAULT-VALUE}).")
    private int failuresShown;

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new ParameterException(spec.commandLine(), "There is no file or folder " + path);
            }
        }
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
