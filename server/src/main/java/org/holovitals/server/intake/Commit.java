package org.holovitals.server.intake;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.importing.FhirPieces;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes what was wanted of a file, turn by turn. Each turn is one transaction with its journal: a process that is killed leaves
 * whole turns, and the next request goes on behind them. Whoever works on an import holds its row, so two do not write the same.
 */
final class Commit {
    static final String CHANGED_SINCE = "has changed in the record since it was looked at";

    private final Imports imports;
    private final ImportEntries entries;
    private final StoredRecord stored;
    private final Writing writing;
    private final TransactionOperations transactions;

    Commit(
            Imports imports,
            ImportEntries entries,
            StoredRecord stored,
            Writing writing,
            TransactionOperations transactions) {
        this.imports = imports;
        this.entries = entries;
        this.stored = stored;
        this.writing = writing;
        this.transactions = transactions;
    }

    /** What it writes with. */
    record Writing(RecordWriter record, Sealing sealing, Clock clock) {}

    /**
     * In whose name.
     *
     * @param author the patient, or a proxy who is known by an identifier
     * @param requests makes a request for each transaction
     */
    record Writer(Reference author, Supplier<RequestDetails> requests) {}

    /** Writes the next turn; false when nothing is left. */
    boolean step(Import of, Writer writer) {
        List<Entry> turn = Objects.requireNonNull(transactions.execute(status -> {
            lock(of);
            return entries.next(of.id());
        }));
        if (turn.isEmpty()) {
            end(of);
            return false;
        }
        try {
            write(of, writer, turn);
        } catch (BaseServerResponseException | DataIntegrityViolationException | UnexpectedRollbackException e) {
            // One of them cannot be stored; the others are not to blame.
            turn.forEach(entry -> writeAlone(of, writer, entry));
        }
        return true;
    }

    private void lock(Import of) {
        Import now = imports.lock(of.id()).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        if (now.status() != Status.COMMITTING) {
            throw new Problem(
                    ProblemType.CONFLICT, "The import is " + now.status().text() + " now");
        }
    }

    private void end(Import of) {
        transactions.executeWithoutResult(status -> {
            if (imports.endCommit(of.id())) {
                entries.forget(of.id());
            }
        });
    }

    private void writeAlone(Import of, Writer writer, Entry entry) {
        try {
            write(of, writer, List.of(entry));
        } catch (BaseServerResponseException | DataIntegrityViolationException | UnexpectedRollbackException e) {
            transactions.executeWithoutResult(status -> entries.failed(entry.id(), FhirPieces.reasonOfStoring(e)));
        }
    }

    /** Those that somebody else has written meanwhile are passed over. */
    private void write(Import of, Writer writer, List<Entry> wanted) {
        transactions.executeWithoutResult(status -> {
            lock(of);
            List<Entry> waiting = current(wanted.stream()
                    .map(entry -> entries.get(entry.id()))
                    .filter(entry -> entry.state().equals("waiting"))
                    .toList());
            if (!waiting.isEmpty()) {
                List<BundleEntryComponent> answers =
                        writing.record().write(writer.requests().get(), requests(of, waiting));
                note(of, writer, waiting, answers);
            }
        });
    }

    /** Without those whose resource in the record is another by now. */
    private List<Entry> current(List<Entry> waiting) {
        Map<String, Long> versions = stored.versions(waiting.stream()
                .filter(entry -> !entry.makes())
                .map(Entry::reference)
                .toList());
        List<Entry> current = new ArrayList<>();
        for (Entry entry : waiting) {
            if (entry.makes() || versions.getOrDefault(entry.reference(), 0L) == entry.before()) {
                current.add(entry);
            } else {
                entries.failed(entry.id(), CHANGED_SINCE);
            }
        }
        return current;
    }

    private List<BundleEntryComponent> requests(Import of, List<Entry> waiting) {
        Map<UUID, ObjectNode> resources = new HashMap<>();
        Set<UUID> mentioned = new HashSet<>();
        for (Entry entry : waiting) {
            ObjectNode resource = Envelope.of(
                            writing.sealing().openContent(entry.id(), String.valueOf(entry.content())))
                    .resource();
            resources.put(entry.id(), resource);
            Trees.references(resource, reference -> {
                UUID pending = References.pending(reference.path("reference").asText());
                if (pending != null) {
                    mentioned.add(pending);
                }
            });
        }
        Map<UUID, String> written = entries.references(of.id(), mentioned);
        return waiting.stream()
                .map(entry -> request(of, entry, resources, written))
                .toList();
    }

    private BundleEntryComponent request(
            Import of, Entry entry, Map<UUID, ObjectNode> resources, Map<UUID, String> written) {
        ObjectNode tree = Objects.requireNonNull(resources.get(entry.id()));
        References.redirect(tree, reference -> resolved(reference, resources.keySet(), written));
        Resource resource = writing.record().parse(Trees.write(tree));
        resource.getMeta().setVersionId(null).setLastUpdated(null).setSource(RecordWriter.source(of));
        BundleEntryComponent request = new BundleEntryComponent();
        request.setResource(resource);
        if (entry.makes()) {
            resource.setId((String) null);
            request.setFullUrl(References.PENDING + entry.id());
            request.getRequest().setMethod(HTTPVerb.POST).setUrl(entry.type());
        } else {
            resource.setId(entry.reference());
            request.setFullUrl(References.PENDING + entry.id());
            request.getRequest()
                    .setMethod(HTTPVerb.PUT)
                    .setUrl(entry.reference())
                    .setIfMatch("W/\"" + entry.before() + "\"");
        }
        return request;
    }

    private static Target resolved(String reference, Set<UUID> together, Map<UUID, String> written) {
        UUID pending = References.pending(reference);
        if (pending == null || together.contains(pending)) {
            return new Target.Stored(reference);
        }
        String known = written.get(pending);
        return known == null ? new Target.Words(null, "not imported") : new Target.Stored(known);
    }

    private void note(Import of, Writer writer, List<Entry> waiting, List<BundleEntryComponent> answers) {
        List<IdType> ids = answers.stream()
                .map(answer -> new IdType(answer.getResponse().getLocation()))
                .toList();
        String provenance = writing.record()
                .prove(
                        of,
                        writer.author(),
                        ids.stream()
                                .map(id -> id.toUnqualifiedVersionless().getValue())
                                .toList(),
                        writing.clock().instant());
        for (int i = 0; i < waiting.size(); i++) {
            entries.written(
                    waiting.get(i).id(), ids.get(i).getIdPart(), ids.get(i).getVersionIdPartAsLong(), provenance);
        }
    }
}
