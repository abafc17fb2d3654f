package org.holovitals.server.documents;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.access.LogReach;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.access.RecordWrites;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.PatientKeys;
import org.jspecify.annotations.Nullable;

/**
 * Which documents a caller may meet: those of which he may meet a DocumentReference under {@code /fhir}. Whose record he tried to
 * look into stands in the log in any case.
 */
final class DocumentReach {
    private static final Pattern FHIR_ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    private final Documents documents;
    private final VisibleRecords records;
    private final RecordWrites writes;
    private final RecordReach reach;
    private final PatientKeys keys;

    DocumentReach(
            Documents documents, VisibleRecords records, RecordWrites writes, RecordReach reach, PatientKeys keys) {
        this.documents = documents;
        this.records = records;
        this.writes = writes;
        this.reach = reach;
        this.keys = keys;
    }

    /**
     * A record.
     *
     * @param record the row in patients
     * @param patient its FHIR id
     */
    record Target(UUID record, String patient) {}

    /** The record that something is to be added to: the one asked for, the own, or the one of the launch. */
    Target target(Caller caller, @Nullable String asked) {
        Target target = named(caller, asked);
        if (!writes.mayCreate(caller, DocumentReferences.draft(target.patient()))) {
            throw refusal(caller, target);
        }
        return target;
    }

    /** The record whose documents are listed. */
    Target listed(Caller caller, @Nullable String asked) {
        Target target = named(caller, asked);
        if (reach.limits(caller, DocumentReferences.TYPE, target.patient()).isEmpty()) {
            throw refusal(caller, target);
        }
        return target;
    }

    /** The same of one patient's, empty where nothing of it may be found. */
    Optional<Target> ifListed(Caller caller, String patient) {
        return reach.limits(caller, DocumentReferences.TYPE, patient).isEmpty()
                ? Optional.empty()
                : keys.record(patient).map(record -> new Target(record, patient));
    }

    private Problem refusal(Caller caller, Target target) {
        boolean isKnown = reach.reached(caller).contains(target.patient());
        return new Problem(isKnown ? ProblemType.FORBIDDEN : ProblemType.NOT_FOUND);
    }

    /** The patient who is meant where none is named: the caller, or the one of the launch. */
    static Optional<String> own(Caller caller) {
        return LogReach.ownRecord(caller).stream().findFirst().or(() -> Optional.ofNullable(caller.patient()));
    }

    private Target named(Caller caller, @Nullable String asked) {
        String patient = Optional.ofNullable(asked)
                .or(() -> own(caller))
                .orElseThrow(() -> new Problem(ProblemType.INVALID_REQUEST, "patient is missing"));
        if (!FHIR_ID.matcher(patient).matches()) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        caller.call().record().about(patient);
        return new Target(keys.record(patient).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND)), patient);
    }

    /** The document of an id that the caller may read. */
    Document read(Caller caller, UUID id) {
        return require(caller, id, Interaction.READ);
    }

    /** The document of an id with which the caller may do more. */
    Document require(Caller caller, UUID id, Interaction interaction) {
        Document document = documents.find(id).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        caller.call().record().about(document.patient());
        if (!may(caller, interaction, document)) {
            throw new Problem(mayRead(caller, document) ? ProblemType.FORBIDDEN : ProblemType.NOT_FOUND);
        }
        return document;
    }

    boolean mayRead(Caller caller, Document document) {
        return may(caller, Interaction.READ, document);
    }

    boolean may(Caller caller, Interaction interaction, Document document) {
        return met(caller, interaction, document).isPresent();
    }

    /** By which DocumentReference the caller may meet a document. */
    Optional<String> met(Caller caller, Interaction interaction, Document document) {
        return document.references().stream()
                .filter(reference -> may(caller, interaction, reference, document.patient()))
                .findFirst();
    }

    /** Those of some documents of a patient that the caller may meet. */
    List<Document> met(Caller caller, Interaction interaction, List<Document> documents, String patient) {
        Set<String> met = references(caller, interaction, documents, patient);
        return documents.stream()
                .filter(document -> document.references().stream().anyMatch(met::contains))
                .toList();
    }

    /** The DocumentReferences by which the caller may meet some documents of a patient, by one look at the record. */
    Set<String> references(Caller caller, Interaction interaction, List<Document> documents, String patient) {
        Set<String> references = documents.stream()
                .flatMap(document -> document.references().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<String, Boolean> met = records.met(
                caller,
                interaction,
                references.stream().map(DocumentReach::typed).toList(),
                patient);
        references.removeIf(reference -> !Boolean.TRUE.equals(met.get(typed(reference))));
        return references;
    }

    private static String typed(String reference) {
        return DocumentReferences.TYPE + "/" + reference;
    }

    /** Whether the caller may meet a DocumentReference of a patient. */
    boolean may(Caller caller, Interaction interaction, String reference, String patient) {
        return records.may(caller, interaction, DocumentReferences.TYPE, reference, patient);
    }
}
