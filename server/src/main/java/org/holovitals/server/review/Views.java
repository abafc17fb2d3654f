package org.holovitals.server.review;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.problem.ProblemDocument;
import org.jspecify.annotations.Nullable;

/** What callers see. */
final class Views {
    private Views() {}

    /**
     * Something that was found in a document.
     *
     * @param kind {@code lab}, {@code medication} or {@code allergy}; a line of a list has a value, which is its words, and no gates
     * @param name the usual one
     * @param printedName as it was read; so are value, unit and referenceRange
     * @param code of LOINC that would be written; null where the unit is none in which this is measured
     * @param flag {@code low}, {@code normal} or {@code high} by its range; null where that cannot be told
     * @param confidence 0 to 1
     * @param box left, top, width and height as fractions of the page; empty where it has no place
     * @param status {@code auto}, {@code needs_review}, {@code confirmed}, {@code corrected} or {@code rejected}
     * @param date which it gets unless another is said; null where nobody can tell
     * @param dateFrom {@code collected} or {@code reported} where the report says so, {@code document} where whoever brought it does
     * @param printedDate what the report says of its date, also where it can be read in several ways; null where it says nothing
     * @param duplicates ids of Observations of the same day that say the same
     * @param crop where its picture is
     * @param decision what a person said; null while nobody has
     */
    record CandidateView(
            UUID id,
            UUID document,
            String patient,
            String kind,
            String name,
            String printedName,
            String value,
            @Nullable String unit,
            @Nullable String referenceRange,
            @Nullable String code,
            @Nullable String flag,
            double confidence,
            int page,
            List<Double> box,
            String status,
            List<GateView> gates,
            @Nullable LocalDate date,
            @Nullable String dateFrom,
            @Nullable DateView printedDate,
            List<String> duplicates,
            String crop,
            @Nullable DecisionView decision) {}

    /**
     * A date as it is printed.
     *
     * @param kind {@code collected} or {@code reported}
     * @param page from 1, on which it stands
     */
    record DateView(String kind, String printed, int page) {}

    /** What one gate says, in words. */
    record GateView(String gate, boolean passed, String says) {}

    /**
     * What a person said, and what became of it.
     *
     * @param resource a reference to it; null where there is none, or none that the caller may read
     * @param inRecord whether it is in the record now: what was written may have been deleted since
     */
    record DecisionView(
            @Nullable String value,
            @Nullable String unit,
            @Nullable String referenceRange,
            @Nullable String code,
            @Nullable LocalDate date,
            @Nullable String reason,
            Instant at,
            @Nullable String resource,
            boolean inRecord) {}

    /**
     * A page, the last one that was found first.
     *
     * @param next what to give as {@code after} for the next page; null on the last
     */
    record Page(List<CandidateView> items, @Nullable UUID next) {}

    /** What became of each of many. */
    record Outcomes(List<Outcome> outcomes) {}

    /**
     * What became of one.
     *
     * @param status it has now; null where it could not be done
     * @param resource a reference to what stands in the record for it
     * @param problem why it could not be done
     */
    record Outcome(
            UUID id,
            @Nullable String status,
            @Nullable String resource,
            @Nullable ProblemDocument problem) {}
}
