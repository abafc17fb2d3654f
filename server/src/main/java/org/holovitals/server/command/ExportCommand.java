package org.holovitals.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.holovitals.server.exporting.ExportReport;
import org.holovitals.server.exporting.ExportRequest;
import org.holovitals.server.exporting.Exporter;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}: the current resources to files. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Export resources to NDJSON files, one for each type.",
        footer = {
            "",
            "All files show the database as it was at one moment, which manifest.json names; give that time",
            "as --since to export what changed after it. A server may run meanwhile. `import FOLDER` on",
            "another server takes the folder in. The files hold health data; only you may read them.",
            "",
            "Examples:",
            "  export everything/",
            "  export --type Condition,Observation --gzip some/",
            "  export --patient 6f2a… --patient 91bc… two-records/"
        })
final class ExportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "Where to; made when it is not there.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--type", split = ",", paramLabel = "TYPE", description = "Only these resource types.")
    private Set<String> types = new TreeSet<>();

    @Option(
            names = "--patient",
            split = ",",
            paramLabel = "ID",
            description = "Only the records of these patients, with what they refer to.")
    private Set<String> patients = new TreeSet<>();

    @Option(names = "--since", paramLabel = "INSTANT", description = "Only what changed at or after, ISO 8601.")
    private @Nullable Instant since;

    @Option(names = "--gzip", description = "Compress the files.")
    private boolean gzip;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (ConfigurableApplicationContext context = Contexts.server()) {
            CommandLog log = new CommandLog(context);
            log.begins("export", patients);
            ExportReport report =
                    context.getBean(Exporter.class).export(new ExportRequest(folder, types, patients, since, gzip));
            log.ended("export", patients, true, Map.of("resources", report.resourcesByType()));
            report.resourcesByType()
                    .forEach((type, count) -> out.println(String.format(Locale.ROOT, "  %,10d  %s", count, type)));
            out.println(String.format(
                    Locale.ROOT,
                    "%,d resources as of %s in %.1f s to %s",
                    report.resources(),
                    report.instant(),
                    report.elapsed().toMillis() / 1000.0,
                    folder));
        }
        return 0;
    }
}
