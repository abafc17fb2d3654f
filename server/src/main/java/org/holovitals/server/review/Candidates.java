package org.holovitals.server.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.holovitals.server.documents.PageListener;
import org.holovitals.server.labs.Gate;
import org.holovitals.server.labs.ItemLists;
import org.holovitals.server.labs.LabReports;
import org.holovitals.server.labs.LabValue;
import org.holovitals.server.labs.ListedItem;
import org.holovitals.server.labs.ReportDate;
import org.holovitals.server.labs.ReportDates;
import org.holovitals.server.review.Candidate.Found;
import org.holovitals.server.review.Candidate.Ruled;
import org.holovitals.server.review.ExtractedData.Wanted;
import org.holovitals.server.texts.PageText;
import org.holovitals.server.vault.Vault;
import org.jspecify.annotations.Nullable;

/** What was found in documents: sealed when their text is read, opened for whoever may read them. */
final class Candidates implements PageListener {
    private static final String NAME = "extracted_data.printed_name:";
    private static final String VALUE = "extracted_data.field_value:";
    private static final String RANGE = "extracted_data.reference_range:";
    private static final String DATE = "extracted_data.report_date:";
    private static final String DECISION = "extracted_data.decision:";

    private final LabReports reports = new LabReports();
    private final ReportDates dates = new ReportDates();
    private final ItemLists lists = new ItemLists();
    private final ExtractedData rows;
    private final Vault vault;
    private final ObjectMapper json;
    private final Ids ids;

    Candidates(ExtractedData rows, Vault vault, ObjectMapper json, Ids ids) {
        this.rows = rows;
        this.vault = vault;
        this.json = json;
        this.ids = ids;
    }

    @Override
    public void read(UUID document, UUID record, List<PageText> pages, Instant now) {
        ReportDate date = null;
        for (PageText page : pages) {
            // Pages that follow belong to the report of the page before, unless they say something else.
            date = dates.of(page, LocalDate.ofInstant(now, When.EARLIEST_ZONE)).orElse(date);
            for (LabValue value : reports.of(page)) {
                rows.add(sealed(document, record, value, date), now);
            }
            lists.of(page).forEach(item -> rows.add(sealed(document, record, item), now));
        }
    }

    /** Words pass no gate that numbers pass: somebody has to look at each. */
    private Candidate sealed(UUID document, UUID record, ListedItem item) {
        UUID id = ids.next();
        Kind kind = Kind.valueOf(item.kind().name());
        Found found = new Found(
                kind.code(),
                vault.sealText(record, NAME + id, item.text()),
                vault.sealText(record, VALUE + id, item.text()),
                null,
                null,
                null,
                item.confidence(),
                item.page(),
                item.box().isEmpty() ? null : item.box().toString(),
                List.of(),
                null);
        return new Candidate(id, document, kind, found, Ruled.open(false));
    }

    private Candidate sealed(UUID document, UUID record, LabValue value, @Nullable ReportDate date) {
        UUID id = ids.next();
        Found found = new Found(
                value.name(),
                vault.sealText(record, NAME + id, value.printed()),
                vault.sealText(record, VALUE + id, value.value()),
                value.unit(),
                value.range() == null ? null : vault.sealText(record, RANGE + id, value.range()),
                value.isAbnormal(),
                value.confidence(),
                value.page(),
                value.box().isEmpty() ? null : value.box().toString(),
                value.failed().stream().map(Gate::code).sorted().toList(),
                date == null ? null : vault.sealText(record, DATE + id, json(date)));
        return new Candidate(
                id, document, Kind.LAB, found, Ruled.open(value.failed().isEmpty()));
    }

    Optional<Candidate> find(UUID id) {
        return rows.find(id);
    }

    /** What is printed in the clear. */
    Candidate opened(Candidate sealed) {
        Found found = sealed.found();
        String range = found.range();
        String date = found.date();
        String decision = sealed.ruled().decision();
        return new Candidate(
                sealed.id(),
                sealed.document(),
                sealed.kind(),
                new Found(
                        found.name(),
                        vault.openText(NAME + sealed.id(), found.printed()),
                        vault.openText(VALUE + sealed.id(), found.value()),
                        found.unit(),
                        range == null ? null : vault.openText(RANGE + sealed.id(), range),
                        found.isAbnormal(),
                        found.confidence(),
                        found.page(),
                        found.box(),
                        found.failed(),
                        date == null ? null : vault.openText(DATE + sealed.id(), date)),
                new Ruled(
                        sealed.status(),
                        decision == null ? null : vault.openText(DECISION + sealed.id(), decision),
                        sealed.ruled().at(),
                        sealed.ruled().resource()));
    }

    /** The laboratory values of a document, in the clear. */
    List<Candidate> of(UUID document) {
        return rows.of(document, Kind.LAB).stream().map(this::opened).toList();
    }

    /** Those of a record, sealed, the last one that was found first. */
    List<Candidate> list(Wanted wanted, UUID after, int limit) {
        return rows.list(wanted, after, limit);
    }

    /** Whether it was open until now and this says what it is. */
    boolean decide(Candidate candidate, UUID record, Status to, UUID user, Ruling ruling, Instant now) {
        String decision = vault.sealText(record, DECISION + candidate.id(), json(ruling));
        return rows.decide(candidate.id(), to, user, decision, now);
    }

    private String json(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is sealed are plain records", e);
        }
    }

    /** Names what stands in the record for it. */
    void written(Candidate candidate, String resource) {
        rows.written(candidate.id(), resource);
    }

    /** What was said of one that is opened. */
    @Nullable
    Ruling ruling(Candidate opened) {
        return read(opened.ruled().decision(), Ruling.class);
    }

    /** When one that is opened was, as its report says. */
    @Nullable
    ReportDate date(Candidate opened) {
        return read(opened.found().date(), ReportDate.class);
    }

    private <T> @Nullable T read(@Nullable String text, Class<T> type) {
        try {
            return text == null ? null : json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is unsealed is not what was sealed", e);
        }
    }

    /** Left, top, width and height as fractions of the page; empty where there are none. */
    List<Double> box(Candidate candidate) {
        String box = candidate.found().box();
        try {
            return box == null ? List.of() : List.of(json.readValue(box, Double[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a box is an array of numbers", e);
        }
    }
}
