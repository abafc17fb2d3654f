package org.holovitals.server.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.base.Ids;
import org.holovitals.server.intake.Sealing.Difference;
import org.holovitals.server.intake.Sealing.Report;
import org.holovitals.server.intake.Whose.Answer;
import org.holovitals.server.intake.Whose.Verdict;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.PatientKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.unit.DataSize;

/** Takes a file in as far as it can be looked at: nothing of it is in the record yet. */
final class Intake {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int LONGEST_NAME = 255;

    private final Tables tables;
    private final Preparation preparation;
    private final SourceFiles files;
    private final Making making;
    private final Semaphore readers;

    Intake(Tables tables, Preparation preparation, SourceFiles files, Making making) {
        this.tables = tables;
        this.preparation = preparation;
        this.files = files;
        this.making = making;
        this.readers = new Semaphore(making.settings().readers());
    }

    /** What is read and written. */
    record Tables(
            PatientKeys keys,
            Imports imports,
            ImportEntries entries,
            StoredRecord stored,
            VisibleRecords visible,
            TransactionOperations transactions) {}

    /** What new rows are made with. */
    record Making(Sealing sealing, Ids ids, Clock clock, IntakeSettings settings) {}

    /**
     * A file of a patient's, looked at.
     *
     * @param user who brings it; null for an operator
     */
    UUID receive(Caller caller, @Nullable UUID user, String patient, @Nullable String name, InputStream body) {
        UUID record = tables.keys().record(patient).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        ObjectNode self = self(caller, patient);
        if (tables.imports().open(record) >= making.settings().open()) {
            throw new Problem(ProblemType.QUOTA_EXCEEDED, "Commit an import first, or let one expire: too many wait");
        }
        if (!readers.tryAcquire()) {
            throw Problem.tooMany("Other files are being read", SOON);
        }
        UUID id = making.ids().next();
        try (Spool spool = spool(body, id);
                Harvest harvest = Harvest.in(making.settings().directory(), id)) {
            Kind kind = harvest.gather(
                    sink -> files.read(spool::open, sink), making.settings().maxResources());
            Arrival arrival = new Arrival(
                    row(id, record, patient, kind, spool, name == null ? null : shortened(name)), user, self);
            tables.transactions().executeWithoutResult(status -> look(caller, arrival, harvest));
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException("A file cannot be kept while it is read", e);
        } finally {
            readers.release();
        }
    }

    private Spool spool(InputStream body, UUID id) throws IOException {
        byte[] start = body.readNBytes(SourceFiles.PEEK);
        DataSize most = SourceFiles.isHealthExport(start)
                ? making.settings().maxHealthExport()
                : making.settings().maxSize();
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), body);
        return Spool.of(whole, making.settings().directory(), id, most.toBytes());
    }

    /** A file whose content is known, who brings it and the Patient of the record for which it is. */
    private record Arrival(Import row, @Nullable UUID user, ObjectNode self) {}

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** The record's own Patient, which the app has to be allowed to read: what differs from it is told. */
    private ObjectNode self(Caller caller, String patient) {
        if (!tables.visible().mayRead(caller, "Patient", patient, patient)) {
            throw new Problem(
                    ProblemType.FORBIDDEN, "The scopes of the access token do not permit to read the Patient");
        }
        return tables.stored()
                .current("Patient", patient)
                .map(stored -> Trees.read(Preparation.whole(stored).json()))
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private void look(Caller caller, Arrival arrival, Harvest harvest) {
        Import row = arrival.row();
        // The entries refer to the row, which says what was found in them: it is written twice.
        tables.imports().add(row, arrival.user());
        store(row, harvest);
        Contents contents = preparation.contents(row);
        Verdict verdict = verdict(contents, arrival.self());
        String report =
                making.sealing().report(row.record(), row.id(), new Report(verdict.differences(), harvest.losses()));
        tables.imports().looked(row.id(), status(verdict), report);
        switch (verdict.answer()) {
            case SAME -> preparation.prepare(caller, row, contents);
            case UNCLEAR -> {}
            case OTHER -> tables.entries().drop(row.id());
        }
    }

    private void store(Import row, Harvest harvest) {
        try {
            harvest.each((ordinal, file, piece) -> {
                UUID id = making.ids().next();
                String json = piece.json();
                String content = json == null
                        ? null
                        : making.sealing()
                                .content(
                                        row.record(), id, new Envelope(file, piece.fullUrl(), Trees.read(json)).json());
                tables.entries().add(id, row.id(), ordinal, piece.type(), content, piece.refusal());
            });
        } catch (IOException e) {
            throw new UncheckedIOException("What a file holds cannot be read again", e);
        }
    }

    private static Status status(Verdict verdict) {
        return switch (verdict.answer()) {
            case SAME -> Status.PREVIEW;
            case UNCLEAR -> Status.NEEDS_CONFIRMATION;
            case OTHER -> Status.REFUSED;
        };
    }

    private Import row(UUID id, UUID record, String patient, Kind kind, Spool spool, @Nullable String name) {
        Instant now = making.clock().instant();
        return new Import(
                id,
                record,
                patient,
                kind,
                spool.sha256(),
                spool.bytes(),
                Status.PREVIEW,
                making.sealing().name(record, id, name),
                null,
                now.plus(making.settings().lifetime()),
                now);
    }

    private Verdict verdict(Contents contents, ObjectNode self) {
        int persons = contents.persons();
        if (persons == 1) {
            return Whose.compare(preparation.resource(contents, contents.person()), self);
        }
        Set<String> named = contents.isOfSomebody() ? Set.of() : contents.missingPatients();
        int count = Math.max(persons, named.size());
        Difference difference = new Difference("patients", String.valueOf(count), "1");
        return new Verdict(count > 1 ? Answer.OTHER : Answer.UNCLEAR, List.of(difference));
    }

    /** The caller says that a file is the record's, whatever it says of its patient. */
    void confirm(Caller caller, Import of) {
        tables.transactions().executeWithoutResult(status -> {
            if (!tables.imports().confirm(of.id())) {
                throw new Problem(ProblemType.CONFLICT, "The import does not wait for a confirmation");
            }
            preparation.prepare(caller, of, preparation.contents(of));
        });
    }
}
