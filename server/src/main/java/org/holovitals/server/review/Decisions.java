package org.holovitals.server.review;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.RecordWrites;
import org.holovitals.server.documents.SharedDocuments;
import org.holovitals.server.documents.SharedDocuments.Sheet;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.review.Choice.Deed;
import org.holovitals.server.review.Origins.Saying;
import org.holovitals.server.review.Readings.Settled;
import org.holovitals.server.stored.ResourceTables;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What a person says of something that was found, and what becomes of it: the row, the resource and its Provenance are one
 * transaction. The row is changed first; of two who decide at once the second finds it decided.
 */
final class Decisions {
    private static final int LONGEST_REASON = 500;

    private final Candidates candidates;
    private final SharedDocuments documents;
    private final RecordWrites writes;
    private final Readings readings;
    private final Writing writing;

    Decisions(
            Candidates candidates, SharedDocuments documents, RecordWrites writes, Readings readings, Writing writing) {
        this.candidates = candidates;
        this.documents = documents;
        this.writes = writes;
        this.readings = readings;
        this.writing = writing;
    }

    /** What it writes with. */
    record Writing(ReviewedRecord record, ResourceTables stored, TransactionOperations transactions, Clock clock) {}

    /** Who says it, in which request. */
    record By(Caller caller, UUID user, HttpServletRequest request) {}

    /** Does as somebody says; gives a reference to what was written, null for nothing. */
    @Nullable
    String decide(By by, Choice choice) {
        Candidate sealed = candidates.find(choice.id()).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        Sheet document = documents.read(by.caller(), sealed.document());
        if (!writes.mayCreate(by.caller(), draft(sealed.kind(), document.whose().patient()))) {
            throw new Problem(ProblemType.FORBIDDEN);
        }
        if (!sealed.isOpen()) {
            throw decided();
        }
        if (choice.deed() != Deed.CORRECT && choice.isCorrecting()) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST, "Only what is corrected has another value, unit, range or code");
        }
        if (choice.deed() == Deed.REJECT) {
            reject(by, choice, sealed, document);
            return null;
        }
        return write(by, choice, candidates.opened(sealed), document);
    }

    private static DomainResource draft(Kind kind, String patient) {
        return switch (kind) {
            case LAB -> Results.draft(patient, ObservationStatus.PRELIMINARY);
            case MEDICATION -> Statements.medication(patient);
            case ALLERGY -> Statements.allergy(patient);
        };
    }

    private void reject(By by, Choice choice, Candidate candidate, Sheet document) {
        String reason = choice.reason() == null ? "" : choice.reason().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST, "reason has to be a text of 1 to " + LONGEST_REASON + " characters");
        }
        writing.transactions().executeWithoutResult(status -> {
            change(by, candidate, document, choice.deed().status(), Ruling.rejected(reason));
        });
    }

    private String write(By by, Choice choice, Candidate opened, Sheet document) {
        Settled settled = readings.settled(opened, choice, document, date(choice, opened, document));
        Witness witness = Witness.of(by.caller(), by.user(), document.whose().patient(), writing.stored());
        DomainResource resource = settled.resource().apply(witness);
        Status status = choice.deed().status();
        try {
            return Objects.requireNonNull(writing.transactions().execute(running -> {
                Instant now = change(by, opened, document, status, settled.ruling());
                String id = writing.record().create(writes.transaction(by.caller(), by.request()), resource);
                Saying saying = new Saying(witness, status, now);
                writing.record()
                        .prove(Origins.of(reference(opened, id), document, opened, candidates.box(opened), saying));
                candidates.written(opened, id);
                return reference(opened, id);
            }));
        } catch (ForbiddenOperationException e) {
            throw new Problem(ProblemType.FORBIDDEN);
        } catch (BaseServerResponseException e) {
            throw new Problem(ProblemType.CONFLICT, "The record does not take this now");
        }
    }

    private static String reference(Candidate candidate, String id) {
        return candidate.kind().type() + "/" + id;
    }

    private Instant change(By by, Candidate candidate, Sheet document, Status to, Ruling ruling) {
        Instant now = writing.clock().instant();
        if (!candidates.decide(candidate, document.whose().record(), to, by.user(), ruling, now)) {
            throw decided();
        }
        return now;
    }

    private static Problem decided() {
        return new Problem(ProblemType.CONFLICT, "Somebody has decided this already");
    }

    /** Nobody guesses when it was so. */
    private @Nullable LocalDate date(Choice choice, Candidate opened, Sheet document) {
        LocalDate date = choice.date() == null
                ? When.of(candidates.date(opened), document).date()
                : choice.date();
        if (date != null && date.isAfter(LocalDate.ofInstant(writing.clock().instant(), When.EARLIEST_ZONE))) {
            throw new Problem(ProblemType.INVALID_REQUEST, "date is in the future");
        }
        return date;
    }
}
