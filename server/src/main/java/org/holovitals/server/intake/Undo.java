package org.holovitals.server.intake;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.importing.FhirPieces;
import org.holovitals.server.intake.Commit.Writer;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes an import back, the last turn first: deletes what it made and puts former versions in the place of what it changed. What
 * was changed since, or is referred to by something else, stays, and says so.
 */
final class Undo {
    static final String CHANGED_SINCE = "was changed since the import";
    static final String DELETED_SINCE = "was deleted since the import";
    static final String IN_USE = "is referred to by something that did not come by the import";
    static final String OUT_OF_SCOPE = "is more than the app's scopes, or the consent, let the caller delete or change";

    private final Imports imports;
    private final ImportEntries entries;
    private final StoredRecord stored;
    private final RecordWriter record;
    private final TransactionOperations transactions;

    Undo(
            Imports imports,
            ImportEntries entries,
            StoredRecord stored,
            RecordWriter record,
            TransactionOperations transactions) {
        this.imports = imports;
        this.entries = entries;
        this.stored = stored;
        this.record = record;
        this.transactions = transactions;
    }

    /** Takes the last turn back; false when nothing is left. */
    boolean step(Import of, Writer writer) {
        List<Entry> turn = Objects.requireNonNull(transactions.execute(status -> {
            lock(of);
            return entries.last(of.id());
        }));
        if (turn.isEmpty()) {
            transactions.executeWithoutResult(status -> imports.endUndo(of.id()));
            return false;
        }
        try {
            takeBack(of, writer, turn);
        } catch (BaseServerResponseException | DataIntegrityViolationException | UnexpectedRollbackException e) {
            turn.forEach(entry -> takeBackAlone(of, writer, entry));
        }
        return true;
    }

    private void lock(Import of) {
        Import now = imports.lock(of.id()).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        if (now.status() != Status.UNDOING) {
            throw new Problem(
                    ProblemType.CONFLICT, "The import is " + now.status().text() + " now");
        }
    }

    private void takeBackAlone(Import of, Writer writer, Entry entry) {
        try {
            takeBack(of, writer, List.of(entry));
        } catch (ForbiddenOperationException e) {
            transactions.executeWithoutResult(status -> entries.kept(entry.id(), OUT_OF_SCOPE));
        } catch (BaseServerResponseException | DataIntegrityViolationException | UnexpectedRollbackException e) {
            transactions.executeWithoutResult(status -> entries.kept(entry.id(), FhirPieces.reasonOfStoring(e)));
        }
    }

    private void takeBack(Import of, Writer writer, List<Entry> turn) {
        transactions.executeWithoutResult(status -> {
            lock(of);
            List<Entry> free = free(
                    of,
                    turn.stream()
                            .map(entry -> entries.get(entry.id()))
                            .filter(entry -> entry.state().equals("written"))
                            .toList());
            if (!free.isEmpty()) {
                forget(free);
                record.write(
                        writer.requests().get(),
                        free.stream().map(this::request).toList());
                free.forEach(entry -> entries.undone(entry.id()));
            }
        });
    }

    /** Those that are still as the import left them and are not needed by anything that stays. */
    private List<Entry> free(Import of, List<Entry> written) {
        Map<String, Long> versions =
                stored.versions(written.stream().map(Entry::reference).toList());
        List<Entry> free = new ArrayList<>();
        for (Entry entry : written) {
            Long version = versions.get(entry.reference());
            if (version == null) {
                entries.kept(entry.id(), DELETED_SINCE);
            } else if (version != entry.after()) {
                entries.kept(entry.id(), CHANGED_SINCE);
            } else {
                free.add(entry);
            }
        }
        return notInUse(of, free);
    }

    /** What stays needs what it refers to, so the question is asked until nothing more has to stay. */
    private List<Entry> notInUse(Import of, List<Entry> free) {
        List<Entry> left = free;
        // These do not refer to it any more once it is taken back.
        Set<String> without = free.stream()
                .map(entry -> entry.makes() ? "Provenance/" + entry.provenance() : entry.reference())
                .collect(Collectors.toSet());
        while (true) {
            Set<String> made =
                    left.stream().filter(Entry::makes).map(Entry::reference).collect(Collectors.toSet());
            Set<String> needed = made.isEmpty() ? Set.of() : needed(of, made, without);
            if (needed.isEmpty()) {
                return left;
            }
            List<Entry> next = new ArrayList<>();
            for (Entry entry : left) {
                if (entry.makes() && needed.contains(entry.reference())) {
                    entries.kept(entry.id(), IN_USE);
                } else {
                    next.add(entry);
                }
            }
            left = next;
        }
    }

    /** HAPI has no link for a reference by which nobody can search, so the texts of the record are looked at, too. */
    private Set<String> needed(Import of, Set<String> made, Set<String> without) {
        Set<String> needed = stored.inUse(made, without);
        needed.addAll(stored.mentioned(of, entries.kept(of.id()), made));
        return needed;
    }

    private void forget(List<Entry> free) {
        Map<String, Set<String>> byProvenance = new HashMap<>();
        free.forEach(entry -> byProvenance
                .computeIfAbsent(String.valueOf(entry.provenance()), unknown -> new HashSet<>())
                .add(entry.reference()));
        byProvenance.forEach(record::forget);
    }

    private BundleEntryComponent request(Entry entry) {
        BundleEntryComponent request = new BundleEntryComponent();
        if (entry.makes()) {
            request.getRequest().setMethod(HTTPVerb.DELETE).setUrl(entry.reference());
            return request;
        }
        Resource former = record.version(entry.reference(), entry.before());
        former.setId(entry.reference());
        former.getMeta().setVersionId(null).setLastUpdated(null);
        request.setResource(former);
        request.getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl(entry.reference())
                .setIfMatch("W/\"" + entry.after() + "\"");
        return request;
    }
}
