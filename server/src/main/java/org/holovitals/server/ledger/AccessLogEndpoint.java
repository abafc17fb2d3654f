package org.holovitals.server.ledger;

import java.util.List;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/me/access-log}: who looked at the own record, and who tried to. */
@RestController
@ConditionalOnWebApplication
final class AccessLogEndpoint {
    private static final String PATH = "/api/me/access-log";

    private final AuditRows rows;
    private final LedgerEntries entries;
    private final OwnRecord records;
    private final Cursors cursors;
    private final Users users;

    AccessLogEndpoint(AuditRows rows, LedgerEntries entries, OwnRecord records, Cursors cursors, Users users) {
        this.rows = rows;
        this.entries = entries;
        this.records = records;
        this.cursors = cursors;
        this.users = users;
    }

    /**
     * A page, the newest first.
     *
     * @param next the path of the older ones; null on the last page
     */
    record AccessLog(
            String patient,
            List<LedgerEntry> entries,
            @Nullable String next) {}

    /**
     * A page.
     *
     * @param patient FHIR id of a record of which the caller is the proxy; the own record unless it is given
     * @param from a day (UTC) or time, {@code to} likewise
     * @param viewer as an entry names it
     * @param cursor of a next page; the other parameters are in it
     */
    @GetMapping(PATH)
    @CalledBy(Kind.PATIENT)
    AccessLog read(
            @RequestParam(required = false) @Nullable String patient,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String viewer,
            @RequestParam(required = false) @Nullable String count,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        caller.call().record().action("read-access-log");
        caller.call().record().resource("access-log", null);
        return cursor == null
                ? page(
                        LogQuery.of("patient", patient, "from", from, "to", to, "viewer", viewer, "count", count),
                        null,
                        caller)
                : next(cursor, caller);
    }

    private AccessLog next(String cursor, Caller caller) {
        Cursors.Content content =
                cursors.open(caller, PATH, cursor).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        return page(LogQuery.of(content), content.position(), caller);
    }

    private AccessLog page(LogQuery query, @Nullable Position after, Caller caller) {
        String patient = records.require(caller, query.text("patient").orElse(null));
        Where where = new Where().about(List.of(patient));
        query.from().ifPresent(where::from);
        query.to().ifPresent(where::before);
        query.text("viewer").ifPresent(viewer -> filter(where, viewer));
        if (after != null) {
            where.beyond(after, true);
        }
        Page<AuditRow> page = Page.of(rows.page(where, true, query.count() + 1), query.count());
        UUID owner = users.ofPatient(patient).orElse(null);
        return new AccessLog(
                patient,
                entries.of(page.items(), patient, users.of(caller), owner),
                page.next() == null ? null : PATH + "?cursor=" + cursors.seal(caller, query.from(PATH, page.next())));
    }

    private static void filter(Where where, String viewer) {
        if (viewer.startsWith("user:")) {
            AuditEventProvider.uuid(viewer.substring("user:".length()))
                    .ifPresentOrElse(user -> where.and("a.user_id = ?", user), where::nothing);
        } else if (viewer.startsWith("client:")) {
            where.and("a.user_id is null and a.client_id = ?", viewer.substring("client:".length()));
        } else {
            throw new Problem(ProblemType.INVALID_REQUEST, "viewer has to be one that an entry names");
        }
    }
}
