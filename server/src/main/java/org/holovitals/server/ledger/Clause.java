package org.holovitals.server.ledger;

import java.util.List;

/** One condition on {@code audit_logs a}, with a {@code ?} for each parameter. */
record Clause(String sql, List<?> parameters) {
    /** What no row meets. */
    static final Clause NEVER = new Clause("false", List.of());
}
