package org.holovitals.server.intake;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.access.Caller;
import org.holovitals.server.intake.Commit.Writer;
import org.holovitals.server.intake.Sealing.Difference;
import org.holovitals.server.intake.Views.ImportView;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Files for a patient's record by an operator of the machine. They are read, compared, written and taken back as those of patients
 * are; what is told of them names no health information.
 */
public final class OperatorImports {
    private final Intake intake;
    private final Desk desk;
    private final Imports imports;
    private final ImportEntries entries;

    OperatorImports(Intake intake, Desk desk, Imports imports, ImportEntries entries) {
        this.intake = intake;
        this.desk = desk;
        this.imports = imports;
        this.entries = entries;
    }

    /**
     * How an import stands.
     *
     * @param patient FHIR id
     * @param kind of file
     * @param status such as preview or refused
     * @param lines what its entries are and became
     * @param differences in what the file's patient is not the record's, such as birthDate
     * @param losses what of the file is left out
     */
    public record Report(
            UUID id,
            String patient,
            String kind,
            String status,
            List<Line> lines,
            List<String> differences,
            List<String> losses) {
        /** Whether entries of some state are there, such as failed or kept. */
        public int count(String state) {
            return lines.stream()
                    .filter(line -> line.state().equals(state))
                    .mapToInt(Line::count)
                    .sum();
        }
    }

    /**
     * Entries that are alike.
     *
     * @param type resource type
     * @param finding new, changed, duplicate, conflict or refused; null while nobody has confirmed whose file it is
     * @param state left, waiting, written, failed, undone or kept
     * @param reason why
     */
    public record Line(
            int count,
            String type,
            @Nullable String finding,
            String state,
            @Nullable String reason) {}

    /** Looks at a file; the record stays as it is. A {@link Problem} says why it cannot be read. */
    public Report look(String patient, String name, InputStream file) {
        return report(intake.receive(Caller.operator(), null, patient, name, file));
    }

    /** Says that a file is the record's whose patient is not quite the same. */
    public Report confirm(UUID id) {
        intake.confirm(Caller.operator(), find(id));
        return report(id);
    }

    /** Drops a file that nobody wants to be written. */
    public void withdraw(UUID id) {
        imports.withdraw(id);
    }

    /** Writes what is new or changed, to the end. */
    public Report commit(UUID id) {
        Import of = find(id);
        wholly(() -> desk.commit(of, null, writer()));
        return report(id);
    }

    /** Takes back what an import wrote, to the end; one that was cut short is written first. */
    public Report undo(UUID id) {
        Import of = find(id);
        if (of.status() == Status.COMMITTING) {
            wholly(() -> desk.commit(of, null, writer()));
        }
        wholly(() -> desk.undo(of, writer()));
        return report(id);
    }

    /** The FHIR id of the patient for whose record an import is; a {@link Problem} where there is none. */
    public String patient(UUID id) {
        return find(id).patient();
    }

    private static Writer writer() {
        return new Writer(new Reference().setDisplay("An operator of the server"), SystemRequestDetails::new);
    }

    private static void wholly(BooleanSupplier isDone) {
        boolean isOver = isDone.getAsBoolean();
        while (!isOver) {
            isOver = isDone.getAsBoolean();
        }
    }

    private Import find(UUID id) {
        return imports.find(id).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "There is no such import"));
    }

    private Report report(UUID id) {
        ImportView view = desk.view(find(id));
        return new Report(
                id,
                view.patient(),
                view.kind(),
                view.status(),
                entries.lines(id),
                view.differences().stream().map(Difference::what).toList(),
                view.losses());
    }
}
