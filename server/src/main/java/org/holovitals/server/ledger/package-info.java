/** What is read out of the audit log: AuditEvents, a patient's own ledger, disclosures, reviews and reports. */
@NullMarked
package org.holovitals.server.ledger;

import org.jspecify.annotations.NullMarked;
