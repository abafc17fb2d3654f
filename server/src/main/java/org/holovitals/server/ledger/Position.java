package org.holovitals.server.ledger;

import java.time.Instant;

/** Where a page of the log ends: rows of one instant are told apart by their number. */
record Position(Instant timestamp, long seq) {}
