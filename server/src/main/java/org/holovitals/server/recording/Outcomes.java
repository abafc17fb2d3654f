package org.holovitals.server.recording;

import org.holovitals.server.audit.AccessRecord.Facts;
import org.holovitals.server.audit.AuditEntry.Outcome;

/** How an access ended, as the status of its answer tells. */
final class Outcomes {
    private Outcomes() {}

    /** To the caller a hidden record is one that does not exist; the log knows whose it was, and calls that refused. */
    static Outcome of(int status, Facts facts) {
        if (status < 400) {
            return Outcome.SUCCESS;
        }
        return switch (status) {
            case 401, 403 -> Outcome.REFUSED;
            case 404, 410 -> isAboutSomebody(facts) ? Outcome.REFUSED : Outcome.FAILURE;
            default -> Outcome.FAILURE;
        };
    }

    /** Of what no row stands for yet, by the statuses of a batch's entries. What was shown counts before what was refused. */
    static Outcome ofBatch(int done, int refused, int settled) {
        if (done > settled) {
            return Outcome.SUCCESS;
        }
        return refused > 0 ? Outcome.REFUSED : Outcome.FAILURE;
    }

    private static boolean isAboutSomebody(Facts facts) {
        return !facts.about().patients().isEmpty() || "page".equals(facts.action());
    }
}
