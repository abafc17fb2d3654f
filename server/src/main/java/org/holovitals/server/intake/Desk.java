package org.holovitals.server.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.LogReach;
import org.holovitals.server.access.RecordWrites;
import org.holovitals.server.base.Ids;
import org.holovitals.server.intake.Commit.Writer;
import org.holovitals.server.intake.Sealing.Report;
import org.holovitals.server.intake.Views.EntryPage;
import org.holovitals.server.intake.Views.EntryView;
import org.holovitals.server.intake.Views.ImportPage;
import org.holovitals.server.intake.Views.ImportView;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** The imports of a record, for its patient and for a proxy who decides for her: shows them, and has them written and undone. */
final class Desk {
    private final Tables tables;
    private final RecordWrites writes;
    private final Sealing sealing;
    private final Work work;
    private final Pace pace;

    Desk(Tables tables, RecordWrites writes, Sealing sealing, Work work, Pace pace) {
        this.tables = tables;
        this.writes = writes;
        this.sealing = sealing;
        this.work = work;
        this.pace = pace;
    }

    /** What is read and written. */
    record Tables(Imports imports, ImportEntries entries, TransactionOperations transactions) {}

    /** What does the work. */
    record Work(Commit commit, Undo undo) {}

    /** How long a request goes on. */
    record Pace(Clock clock, IntakeSettings settings) {}

    /**
     * The record that a file is for; whose it is stands in the log in any case.
     *
     * @param asked FHIR id of the patient; null is the caller's own record
     */
    String patient(Caller caller, @Nullable String asked) {
        String patient =
                asked == null ? LogReach.ownRecord(caller).stream().findFirst().orElse(null) : asked;
        if (patient == null) {
            throw new Problem(ProblemType.NOT_FOUND, "No record is known to be the caller's own");
        }
        if (!patient.matches("[A-Za-z0-9\\-.]{1,64}")) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        caller.call().record().about(patient);
        if (!writes.isTrusted(caller, patient)) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        return patient;
    }

    /** An import of a record for which the caller may decide. */
    Import reached(Caller caller, UUID id) {
        Import found = tables.imports().find(id).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        patient(caller, found.patient());
        return found;
    }

    ImportPage list(Caller caller, @Nullable String asked, @Nullable UUID before, int count) {
        String patient = patient(caller, asked);
        List<Import> found = tables.imports().list(patient, before == null ? Ids.GREATEST : before, count + 1);
        List<Import> shown = found.subList(0, Math.min(found.size(), count));
        return new ImportPage(
                shown.stream().map(this::view).toList(),
                found.size() > count ? shown.get(count - 1).id() : null);
    }

    ImportView read(Caller caller, UUID id) {
        return view(reached(caller, id));
    }

    EntryPage entries(Caller caller, UUID id, @Nullable Finding finding, int after, int count) {
        Import of = reached(caller, id);
        List<Entry> found = isOver(of) ? List.of() : tables.entries().page(id, after, finding, count + 1);
        List<Entry> shown = found.subList(0, Math.min(found.size(), count));
        return new EntryPage(
                shown.stream().map(this::view).toList(),
                found.size() > count ? shown.get(count - 1).ordinal() : null);
    }

    /** Writes for a while; false when there is more to write. */
    boolean commit(Caller caller, UUID user, Import of, @Nullable List<Integer> wanted, HttpServletRequest request) {
        return commit(of, wanted, writer(caller, user, of, request));
    }

    /** The same in whosever name. */
    boolean commit(Import of, @Nullable List<Integer> wanted, Writer writer) {
        tables.transactions().executeWithoutResult(status -> begin(of.id(), wanted));
        return until(() -> work.commit().step(of, writer));
    }

    private void begin(UUID id, @Nullable List<Integer> wanted) {
        Import now = tables.imports().lock(id).orElseThrow();
        if (now.status() == Status.COMMITTING && wanted == null) {
            return;
        }
        if (now.status() != Status.PREVIEW || !tables.imports().beginCommit(id)) {
            throw conflict(now);
        }
        if (wanted == null) {
            tables.entries().wantAll(id);
            return;
        }
        Set<Integer> missing = new TreeSet<>(wanted);
        missing.removeAll(tables.entries().want(id, new HashSet<>(wanted)));
        if (!missing.isEmpty()) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST, "These entries are not new, changed or in conflict: " + missing);
        }
    }

    /** Takes back for a while; false when there is more to take back. */
    boolean undo(Caller caller, UUID user, Import of, HttpServletRequest request) {
        return undo(of, writer(caller, user, of, request));
    }

    /** The same in whosever name. */
    boolean undo(Import of, Writer writer) {
        tables.transactions().executeWithoutResult(status -> {
            Import now = tables.imports().lock(of.id()).orElseThrow();
            if (now.status() != Status.UNDOING && !tables.imports().beginUndo(of.id())) {
                throw conflict(now);
            }
        });
        return until(() -> work.undo().step(of, writer));
    }

    private Problem conflict(Import now) {
        return new Problem(ProblemType.CONFLICT, "The import is " + status(now) + " now");
    }

    private boolean until(BooleanSupplier step) {
        Instant end = pace.clock().instant().plus(pace.settings().step());
        boolean isMore = step.getAsBoolean();
        while (isMore && pace.clock().instant().isBefore(end)) {
            isMore = step.getAsBoolean();
        }
        return !isMore;
    }

    private Writer writer(Caller caller, UUID user, Import of, HttpServletRequest request) {
        Reference author = new Reference();
        if (LogReach.ownRecord(caller).contains(of.patient())) {
            author.setReference("Patient/" + of.patient());
        } else {
            author.getIdentifier().setSystem("urn:ietf:rfc:3986").setValue("urn:uuid:" + user);
            author.setDisplay("A proxy of the patient");
        }
        return new Writer(author, () -> writes.transaction(caller, request));
    }

    private boolean isOver(Import of) {
        boolean waits = of.status() == Status.PREVIEW || of.status() == Status.NEEDS_CONFIRMATION;
        return of.status() == Status.EXPIRED
                || (waits && !of.expiresAt().isAfter(pace.clock().instant()));
    }

    /** What nobody has swept yet is over all the same. */
    private String status(Import of) {
        return isOver(of) ? Status.EXPIRED.text() : of.status().text();
    }

    ImportView view(Import of) {
        boolean isOver = isOver(of);
        Report report = sealing.openReport(of.id(), isOver ? null : of.report());
        return new ImportView(
                of.id(),
                of.patient(),
                of.kind().text(),
                isOver ? null : sealing.openName(of.id(), of.name()),
                of.sha256(),
                of.bytes(),
                status(of),
                of.createdAt(),
                of.expiresAt(),
                tables.entries().findings(of.id()),
                tables.entries().states(of.id()),
                report.differences(),
                report.losses());
    }

    private EntryView view(Entry entry) {
        String content = entry.content();
        Finding finding = entry.finding();
        Gist gist = content == null
                ? new Gist(null, null)
                : Gist.of(Envelope.of(sealing.openContent(entry.id(), content)).resource());
        return new EntryView(
                entry.ordinal(),
                entry.type(),
                finding == null ? null : finding.text(),
                entry.reason(),
                entry.state(),
                entry.fhirId() == null ? null : entry.reference(),
                gist.what(),
                gist.when());
    }
}
