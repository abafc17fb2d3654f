package org.holovitals.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.holovitals.server.intake.OperatorImports;
import org.holovitals.server.intake.OperatorImports.Line;
import org.holovitals.server.intake.OperatorImports.Report;
import org.holovitals.server.problem.Problem;
import org.springframework.context.ConfigurableApplicationContext;

/** One file for the record of one patient: looked at, written when that is wanted, and taken back. */
final class PatientImport {
    private static final String PREVIEW = "preview";

    private final OperatorImports imports;
    private final CommandLog log;
    private final PrintWriter out;

    PatientImport(ConfigurableApplicationContext context, PrintWriter out) {
        this.imports = context.getBean(OperatorImports.class);
        this.log = new CommandLog(context);
        this.out = out;
    }

    /**
     * Brings a file; returns the exit code.
     *
     * @param isHers whether the operator says that it is the patient's, though it does not quite say so
     * @param isWanted whether it is written
     */
    int bring(String patient, Path file, boolean isHers, boolean isWanted) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return logged("import-file", patient, () -> {
                Report seen = imports.look(patient, String.valueOf(file.getFileName()), in);
                boolean isConfirmed = isHers && seen.status().equals("needs_confirmation");
                Report report = isConfirmed ? imports.confirm(seen.id()) : seen;
                print(report);
                boolean isNext = isWanted && report.status().equals(PREVIEW);
                return isNext ? commit(report) : leave(report, isWanted);
            });
        }
    }

    private boolean commit(Report seen) {
        Set<String> patient = Set.of(seen.patient());
        log.begins("commit-import", patient);
        Report written = imports.commit(seen.id());
        boolean isWhole = written.count("failed") == 0;
        log.ended(
                "commit-import",
                patient,
                isWhole,
                Map.of("import", seen.id().toString(), "written", written.count("written")));
        print(written);
        say("To take it back: import --undo " + seen.id());
        return isWhole;
    }

    private boolean leave(Report report, boolean isWanted) {
        imports.withdraw(report.id());
        say("Nothing was written.");
        switch (report.status()) {
            case PREVIEW -> say("To write it, say --commit.");
            case "needs_confirmation" ->
                say("The file may be of somebody else. To take it all the same, say --confirm.");
            default -> say("The file is of somebody else.");
        }
        return report.status().equals(PREVIEW) && !isWanted;
    }

    /** Takes an import back; returns the exit code. */
    int undo(UUID id) {
        try {
            return logged("undo-import", imports.patient(id), () -> {
                Report report = imports.undo(id);
                print(report);
                return report.count("kept") == 0;
            });
        } catch (Problem e) {
            say(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private int logged(String action, String patient, Supplier<Boolean> task) {
        log.begins(action, Set.of(patient));
        boolean isWhole = false;
        try {
            isWhole = task.get();
        } catch (Problem e) {
            say(String.valueOf(e.getMessage()));
        } finally {
            log.ended(action, Set.of(patient), isWhole, Map.of());
        }
        return isWhole ? 0 : 1;
    }

    private void print(Report report) {
        say("Import " + report.id() + " (" + report.kind() + ") for Patient/" + report.patient() + ": "
                + report.status().replace('_', ' '));
        report.lines().forEach(line -> say(text(line)));
        report.differences().forEach(what -> say("  differs from the record: " + what));
        report.losses().forEach(loss -> say("  left out: " + loss));
    }

    private static String text(Line line) {
        String what = line.state().equals("left") || line.state().equals("read")
                ? line.finding() == null ? "not compared" : line.finding()
                : line.state();
        String why = line.reason() == null ? "" : ": " + line.reason();
        return String.format(Locale.ROOT, "  %,7d  %-12s %s%s", line.count(), what, line.type(), why);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
