package org.holovitals.server.documents;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.holovitals.server.documents.ExtractedData.SealedValue;
import org.holovitals.server.labs.Gate;
import org.holovitals.server.labs.LabReports;
import org.holovitals.server.labs.LabValue;
import org.holovitals.server.texts.PageText;
import org.holovitals.server.vault.Vault;

/** The laboratory values of documents: found when their text is read, sealed with it, opened for whoever may read them. */
final class FoundValues {
    private static final String VALUE = "extracted_data.field_value:";
    private static final String RANGE = "extracted_data.reference_range:";

    private final LabReports reports = new LabReports();
    private final ExtractedData rows;
    private final Vault vault;
    private final Ids ids;

    FoundValues(ExtractedData rows, Vault vault, Ids ids) {
        this.rows = rows;
        this.vault = vault;
        this.ids = ids;
    }

    /** Keeps those of a page, in the transaction that runs. */
    void keep(Document document, PageText page, Instant now) {
        reports.of(page).forEach(value -> rows.add(document.id(), sealed(document.record(), value), now));
    }

    private SealedValue sealed(UUID record, LabValue value) {
        UUID id = ids.next();
        return new SealedValue(
                id,
                value.name(),
                vault.sealText(record, VALUE + id, value.value()),
                value.unit(),
                value.range() == null ? null : vault.sealText(record, RANGE + id, value.range()),
                value.isAbnormal(),
                value.confidence(),
                value.page(),
                value.box().isEmpty() ? null : value.box().toString(),
                value.failed().isEmpty() ? "auto" : "needs_review",
                value.failed().stream().map(Gate::code).sorted().toList());
    }

    /** Those of a document, with what is printed of them in the clear. */
    List<SealedValue> of(UUID document) {
        return rows.list(document).stream().map(this::opened).toList();
    }

    private SealedValue opened(SealedValue sealed) {
        String range = sealed.range();
        return new SealedValue(
                sealed.id(),
                sealed.name(),
                vault.openText(VALUE + sealed.id(), sealed.value()),
                sealed.unit(),
                range == null ? null : vault.openText(RANGE + sealed.id(), range),
                sealed.isAbnormal(),
                sealed.confidence(),
                sealed.page(),
                sealed.box(),
                sealed.status(),
                sealed.failed());
    }
}
