package org.holovitals.server.recording;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.holovitals.server.access.Caller;
import org.holovitals.server.audit.AccessRecord;
import org.holovitals.server.audit.AccessRecord.Facts;
import org.holovitals.server.audit.AuditEntry;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What a transaction writes, for its row: the row is committed with it, or not at all. When it is not, or when it changed
 * nothing, the request's own row tells whose records it was about.
 */
final class WriteRow implements TransactionSynchronization {
    private final WriteRows rows;
    private final Caller caller;
    private final RequestDetails request;
    private final Consumer<AuditEntry> log;
    private final Set<String> patients = new TreeSet<>();
    private final List<Write> writes = new ArrayList<>();

    WriteRow(WriteRows rows, Caller caller, RequestDetails request, Consumer<AuditEntry> log) {
        this.rows = rows;
        this.caller = caller;
        this.request = request;
        this.log = log;
    }

    private record Write(
            String action, String type, @Nullable String id) {}

    /** These patients' records are about to be written. */
    void asked(Collection<String> owners) {
        patients.addAll(owners);
    }

    /** A resource of theirs was written. */
    void done(String action, String type, @Nullable String id, Collection<String> owners) {
        patients.addAll(owners);
        writes.add(new Write(action, type, id));
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        if (writes.isEmpty()) {
            return;
        }
        try {
            log.accept(entry());
        } catch (DataAccessException e) {
            // The other entries of a batch are answered by themselves.
            if (!WriteRows.isBatch(request)) {
                caller.call().record().unwritable();
            }
            throw e;
        }
    }

    private AuditEntry entry() {
        AccessRecord record = caller.call().record();
        boolean isOfBatch = WriteRows.isBatch(request);
        boolean isTransaction = request.getRestOperationType() == RestOperationTypeEnum.TRANSACTION;
        Facts known = record.facts();
        Map<String, Object> details = new TreeMap<>(isOfBatch ? Map.of("batch", true) : known.details());
        details.put("method", request.getRequestType().name());
        details.put("request", String.valueOf(request.getHeader("X-Request-ID")));
        if (writes.size() > 1 || isTransaction) {
            details.put("written", counts());
        }
        Set<String> about = new TreeSet<>(patients);
        if (!isOfBatch) {
            about.addAll(known.about().patients());
        }
        return rows.recorder()
                .entry(
                        caller,
                        request.getHeader("User-Agent"),
                        named(known, isOfBatch, isTransaction),
                        new Recorder.Ending(about, Outcome.SUCCESS, details));
    }

    private Facts named(Facts known, boolean isOfBatch, boolean isTransaction) {
        Write first = writes.get(0);
        boolean isWhole = isTransaction && !isOfBatch;
        return new Facts(
                isOfBatch ? first.action() : known.action(),
                isWhole ? known.resource() : first.type(),
                isWhole || writes.size() > 1 ? null : first.id(),
                known.about(),
                known.severity(),
                known.requiresReview(),
                known.details());
    }

    private Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        writes.forEach(write -> counts.merge(write.action() + " " + write.type(), 1, Integer::sum));
        return counts;
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(rows);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(rows, this);
    }

    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(rows);
        if (status == STATUS_COMMITTED && !writes.isEmpty()) {
            caller.call().record().settled();
        } else {
            caller.call().record().about(patients);
        }
    }
}
