package org.holovitals.server.recording;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.holovitals.server.access.Caller;
import org.holovitals.server.audit.AuditLogs;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The rows of writes, each in the transaction that writes. */
final class WriteRows {
    private static final String BATCH = WriteRows.class.getName() + ".batch";

    private final AuditLogs logs;
    private final Recorder recorder;

    WriteRows(AuditLogs logs, Recorder recorder) {
        this.logs = logs;
        this.recorder = recorder;
    }

    /** Says of a request that it is a batch, whose entries are transactions by themselves. */
    static void markBatch(RequestDetails request) {
        request.getUserData().put(BATCH, true);
    }

    static boolean isBatch(RequestDetails request) {
        return request.getUserData().containsKey(BATCH);
    }

    /** The row of the transaction that runs; of none, where there is no transaction to put a row into. */
    WriteRow of(Caller caller, RequestDetails request) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return new WriteRow(this, caller, request, entry -> {});
        }
        WriteRow known = (WriteRow) TransactionSynchronizationManager.getResource(this);
        if (known != null) {
            return known;
        }
        WriteRow row = new WriteRow(this, caller, request, logs::appendLast);
        TransactionSynchronizationManager.bindResource(this, row);
        TransactionSynchronizationManager.registerSynchronization(row);
        return row;
    }

    Recorder recorder() {
        return recorder;
    }
}
