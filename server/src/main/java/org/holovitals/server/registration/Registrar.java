package org.holovitals.server.registration;

import org.holovitals.server.audit.AccessRecord;
import org.holovitals.server.audit.AuditEntry;

/**
 * Who registers an app. What he did is written down before he is answered, and so that it can be taken back when that
 * fails; the request leaves no other row.
 *
 * @param record of the request
 */
record Registrar(AuditEntry.Who who, AccessRecord record) {}
