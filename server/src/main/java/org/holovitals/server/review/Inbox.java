package org.holovitals.server.review;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.base.FullPage;
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
        Seen seen = seen(caller, id);
        return views(caller, seen.document().whose().patient(), List.of(seen)).get(0);
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
        FullPage<CandidateView> page = FullPage.of(
                        after,
                        count,
                        (last, limit) -> candidates.list(wanted, last, limit),
                        Candidate::id,
                        batch -> batch.stream()
                                .filter(candidate -> sheets.computeIfAbsent(
                                                candidate.document(), id -> documents.found(caller, id))
                                        .isPresent())
                                .toList())
                .map(found -> views(
                        caller,
                        whose.patient(),
                        found.stream()
                                .map(candidate -> new Seen(
                                        candidate,
                                        Objects.requireNonNull(sheets.get(candidate.document()))
                                                .orElseThrow()))
                                .toList()));
        return new Page(page.items(), page.next());
    }

    /** What a candidate says. */
    private record Opened(
            Candidate candidate,
            Sheet document,
            @Nullable Measurement measurement,
            @Nullable ReportDate printed,
            When when) {}

    private Opened opened(Seen seen) {
        Candidate opened = candidates.opened(seen.candidate());
        ReportDate printed = candidates.date(opened);
        return new Opened(opened, seen.document(), readings.read(opened), printed, When.of(printed, seen.document()));
    }

    /** Of one patient's, with one look at the results and one at the resources. */
    private List<CandidateView> views(Caller caller, String patient, List<Seen> seen) {
        List<Opened> opened = seen.stream().map(this::opened).toList();
        Map<Integer, List<String>> same = results.of(patient, wanted(opened));
        Stream<String> results = same.values().stream().flatMap(List::stream).map(id -> Kind.LAB.type() + "/" + id);
        Stream<String> made = opened.stream().flatMap(each -> Stream.ofNullable(made(each.candidate())));
        Map<String, Boolean> met = records.met(
                caller,
                Interaction.READ,
                Stream.concat(results, made).distinct().toList(),
                patient);
        return IntStream.range(0, opened.size())
                .mapToObj(at -> view(opened.get(at), same.getOrDefault(at, List.of()), met))
                .toList();
    }

    private static List<SameResults.Wanted> wanted(List<Opened> opened) {
        List<SameResults.Wanted> wanted = new ArrayList<>();
        for (int at = 0; at < opened.size(); at++) {
            Measurement measurement = opened.get(at).measurement();
            LocalDate date = opened.get(at).when().date();
            if (measurement != null
                    && date != null
                    && opened.get(at).candidate().isOpen()) {
                wanted.add(new SameResults.Wanted(at, measurement, date));
            }
        }
        return wanted;
    }

    /** A reference to what was written for it. */
    private static @Nullable String made(Candidate candidate) {
        String id = candidate.ruled().resource();
        return id == null ? null : candidate.kind().type() + "/" + id;
    }

    /**
     * One as the caller may see it.
     *
     * @param same ids of results that say the same
     * @param met references of what is in the record, each with whether the caller may read it
     */
    private CandidateView view(Opened of, List<String> same, Map<String, Boolean> met) {
        Candidate opened = of.candidate();
        Sheet document = of.document();
        Measurement measurement = of.measurement();
        ReportDate printed = of.printed();
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
                of.when().date(),
                of.when().from() == null ? null : of.when().from().code(),
                printed == null
                        ? null
                        : new DateView(
                                printed.kind().name().toLowerCase(Locale.ROOT), printed.printed(), printed.page()),
                same.stream()
                        .filter(id -> Boolean.TRUE.equals(met.get(Kind.LAB.type() + "/" + id)))
                        .toList(),
                "/api/review/" + opened.id() + "/crop",
                decision(opened, met));
    }

    private static @Nullable String flag(Side side) {
        return side == Side.UNKNOWN ? null : side.name().toLowerCase(Locale.ROOT);
    }

    private @Nullable DecisionView decision(Candidate opened, Map<String, Boolean> met) {
        Ruling ruling = candidates.ruling(opened);
        Ruled ruled = opened.ruled();
        if (ruling == null || ruled.at() == null) {
            return null;
        }
        String made = made(opened);
        return new DecisionView(
                ruling.value(),
                ruling.unit(),
                ruling.referenceRange(),
                ruling.code(),
                ruling.date(),
                ruling.reason(),
                ruled.at(),
                made != null && Boolean.TRUE.equals(met.get(made)) ? made : null,
                made != null && met.containsKey(made));
    }
}
