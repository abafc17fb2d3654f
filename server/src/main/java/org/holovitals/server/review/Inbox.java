package org.holovitals.server.review;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.documents.SharedDocuments;
import org.holovitals.server.documents.SharedDocuments.Sheet;
import org.holovitals.server.documents.SharedDocuments.Whose;
import org.holovitals.server.labs.Measurement;
import org.holovitals.server.labs.Measurement.Side;
import org.holovitals.server.labs.ReportDate;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.review.Candidate.Ruled;
import org.holovitals.server.review.ExtractedData.Wanted;
import org.holovitals.server.review.Views.CandidateView;
import org.holovitals.server.review.Views.DateView;
import org.holovitals.server.review.Views.DecisionView;
import org.holovitals.server.review.Views.Page;
import org.jspecify.annotations.Nullable;

/** What was found in the documents that a caller may read, with what the record has of the same. */
final class Inbox {
    /** Greater than every id. */
    private static final UUID START = new UUID(-1, -1);

    private final Candidates candidates;
    private final SharedDocuments documents;
    private final VisibleRecords records;
    private final SameResults results;
    private final Readings readings;

    Inbox(
            Candidates candidates,
            SharedDocuments documents,
            VisibleRecords records,
            SameResults results,
            Readings readings) {
        this.candidates = candidates;
        this.documents = documents;
        this.records = records;
        this.results = results;
        this.readings = readings;
    }

    /** One, with the document that it stands in. */
    record Seen(Candidate candidate, Sheet document) {}

    /** One that the caller may see, sealed; else there is none. */
    Seen seen(Caller caller, UUID id) {
        Candidate sealed = candidates.find(id).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        return new Seen(sealed, documents.read(caller, sealed.document()));
    }

    CandidateView read(Caller caller, UUID id) {
        return view(caller, seen(caller, id));
    }

    /** What is asked for; null for no condition. */
    record Filter(@Nullable String patient, @Nullable UUID document, Set<Status> statuses) {}

    /** Those of a record in documents that the caller may find, in pages that are full whatever is left out. */
    Page list(Caller caller, Filter filter, @Nullable UUID after, int count) {
        Whose whose = filter.document() == null
                ? documents.listed(caller, filter.patient())
                : documents.read(caller, filter.document()).whose();
        Wanted wanted = new Wanted(whose.record(), filter.document(), filter.statuses());
        Map<UUID, Optional<Sheet>> sheets = new HashMap<>();
        List<Seen> found = new ArrayList<>();
        List<Candidate> batch = candidates.list(wanted, after == null ? START : after, count + 1);
        while (!batch.isEmpty() && found.size() <= count) {
            for (Candidate candidate : batch) {
                sheets.computeIfAbsent(candidate.document(), id -> documents.found(caller, id))
                        .ifPresent(document -> found.add(new Seen(candidate, document)));
            }
            batch = candidates.list(wanted, batch.get(batch.size() - 1).id(), count + 1);
        }
        boolean isLast = found.size() <= count;
        List<Seen> page = isLast ? found : found.subList(0, count);
        return new Page(
                page.stream().map(seen -> view(caller, seen)).toList(),
                isLast ? null : page.get(count - 1).candidate().id());
    }

    private CandidateView view(Caller caller, Seen seen) {
        Candidate opened = candidates.opened(seen.candidate());
        Sheet document = seen.document();
        Measurement measurement = readings.read(opened);
        ReportDate printed = candidates.date(opened);
        When when = When.of(printed, document);
        return new CandidateView(
                opened.id(),
                document.id(),
                document.whose().patient(),
                opened.kind().code(),
                opened.found().name(),
                opened.found().printed(),
                opened.found().value(),
                opened.found().unit(),
                opened.found().range(),
                measurement == null ? null : measurement.code(),
                measurement == null ? null : flag(measurement.side()),
                opened.found().confidence(),
                opened.found().page(),
                candidates.box(opened),
                opened.status().code(),
                Readings.gates(opened),
                when.date(),
                when.from() == null ? null : when.from().code(),
                printed == null
                        ? null
                        : new DateView(
                                printed.kind().name().toLowerCase(Locale.ROOT), printed.printed(), printed.page()),
                opened.isOpen() ? duplicates(caller, document, when, measurement) : List.of(),
                "/api/review/" + opened.id() + "/crop",
                decision(caller, opened, document));
    }

    private static @Nullable String flag(Side side) {
        return side == Side.UNKNOWN ? null : side.name().toLowerCase(Locale.ROOT);
    }

    /** Those that the caller may read. */
    private List<String> duplicates(Caller caller, Sheet document, When when, @Nullable Measurement measurement) {
        LocalDate date = when.date();
        String patient = document.whose().patient();
        return measurement == null || date == null
                ? List.of()
                : results.of(patient, measurement, date).stream()
                        .filter(id -> records.mayRead(caller, Kind.LAB.type(), id, patient))
                        .toList();
    }

    private @Nullable DecisionView decision(Caller caller, Candidate opened, Sheet document) {
        Ruling ruling = candidates.ruling(opened);
        Ruled ruled = opened.ruled();
        if (ruling == null || ruled.at() == null) {
            return null;
        }
        String type = opened.kind().type();
        String id = ruled.resource();
        boolean isReadable =
                id != null && records.mayRead(caller, type, id, document.whose().patient());
        return new DecisionView(
                ruling.value(),
                ruling.unit(),
                ruling.referenceRange(),
                ruling.code(),
                ruling.date(),
                ruling.reason(),
                ruled.at(),
                isReadable ? type + "/" + id : null,
                id != null && !records.owners(type, id).isEmpty());
    }
}
