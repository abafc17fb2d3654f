package org.holovitals.server.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.Consents.Permission;
import org.holovitals.server.consent.ConsentGrant.Terms;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What patients, and proxies for them, do with their records: say yes or no, give without having been asked, and take back. */
final class Decisions {
    private static final int MOST_HOURS = 72;

    private final ConsentGrants grants;
    private final GrantList list;
    private final ConsentSteps steps;
    private final People people;

    Decisions(ConsentGrants grants, GrantList list, ConsentSteps steps, People people) {
        this.grants = grants;
        this.list = list;
        this.steps = steps;
        this.people = people;
    }

    /** Says yes to a request, or to less than it asks for. */
    ConsentGrant approve(Decider by, UUID id, Bodies.Approval body) {
        return approve(by.user(), decided(by, id), body);
    }

    private ConsentGrant approve(UUID by, ConsentGrant request, Bodies.Approval body) {
        Integer asked = request.terms().hours();
        Terms terms = new Terms(
                permissions(request, body), Restrictions.parse(body.restrictions()), hours(body.hours(), asked));
        Instant now = grants.now();
        Instant end = end(terms, until(request, body, now), now);
        return steps.take(
                request.id(),
                () -> grants.approve(request.id(), terms, now, end, by),
                ConsentNews.decided(ConsentNews::approved, by));
    }

    private static Set<Permission> permissions(ConsentGrant request, Bodies.Approval body) {
        Set<Permission> asked = request.terms().permissions();
        if (body.permissions() == null) {
            return asked;
        }
        Set<Permission> given = Permissions.parse(body.permissions());
        if (!given.stream().allMatch(each -> Permissions.cover(asked, each))) {
            throw Fields.wrong("permissions goes beyond what was asked for");
        }
        return given;
    }

    /** Not more than was asked for; a proxy has none. */
    private static @Nullable Integer hours(@Nullable Integer given, @Nullable Integer asked) {
        if (asked == null) {
            requireNoHours(given);
            return null;
        }
        return given == null ? asked : Integer.valueOf(Fields.number("hours", given, asked));
    }

    private static @Nullable Integer hours(Kind kind, Bodies.Gift body) {
        if (kind == Kind.PROXY) {
            requireNoHours(body.hours());
            return null;
        }
        return Fields.number("hours", body.hours(), MOST_HOURS);
    }

    private static void requireNoHours(@Nullable Integer given) {
        if (given != null) {
            throw Fields.wrong("hours is not for a proxy; give until");
        }
    }

    private static @Nullable Instant until(ConsentGrant request, Bodies.Approval body, Instant now) {
        Instant asked = request.times().expires();
        Instant given = until(request.kind(), body.until(), now);
        if (given == null) {
            return asked;
        }
        if (asked != null && given.isAfter(asked)) {
            throw Fields.wrong("until is later than was asked for");
        }
        return given;
    }

    private static @Nullable Instant until(Kind kind, @Nullable String given, Instant now) {
        if (given != null && kind != Kind.PROXY) {
            throw Fields.wrong("until is for a proxy; give hours");
        }
        return Fields.future("until", given, now);
    }

    private static @Nullable Instant end(Terms terms, @Nullable Instant until, Instant now) {
        return terms.hours() == null ? until : now.plus(Duration.ofHours(terms.hours()));
    }

    /** Says no to a request. */
    ConsentGrant deny(Decider by, UUID id, Bodies.Reason body) {
        String reason = Fields.reason("reason", body.reason(), 1);
        decided(by, id);
        return deny(by.user(), id, reason);
    }

    private ConsentGrant deny(UUID by, UUID id, String reason) {
        return steps.end(id, () -> grants.deny(id, reason, by), ConsentNews.decided(ConsentNews::denied, by));
    }

    /** Takes a grant back, a break-glass too. */
    ConsentGrant revoke(Decider by, UUID id, Bodies.Reason body) {
        String reason = Fields.optionalReason("reason", body.reason());
        decided(by, id);
        return steps.end(
                id, () -> grants.revoke(id, reason, by.user()), ConsentNews.decided(ConsentNews::revoked, by.user()));
    }

    /** Gives without having been asked. */
    ConsentGrant give(UUID patient, Bodies.Gift body) {
        Kind kind = body.kind() == null ? Kind.CLINICIAN : Fields.word("kind", body.kind(), Kind.class);
        if (kind == Kind.BREAK_GLASS) {
            throw Fields.wrong("kind has to be clinician or proxy");
        }
        Terms terms = new Terms(
                Permissions.parse(body.permissions(), kind),
                Restrictions.parse(body.restrictions()),
                hours(kind, body));
        String reason = Fields.optionalReason("reason", body.reason());
        Instant now = grants.now();
        Instant end = end(terms, until(kind, body.until(), now), now);
        UUID grantee = people.named(body.to(), kind.role());
        if (grantee.equals(patient)) {
            throw Fields.wrong("to is the caller");
        }
        String record = people.ownRecord(patient);
        Draft draft = new Draft(kind, record, patient, grantee, terms, reason, Urgency.ROUTINE, now, end);
        return steps.inTransaction(() -> steps.stored(grants.add(draft, null), ConsentNews::approved));
    }

    private ConsentGrant decided(Decider by, UUID id) {
        return list.get(id).filter(by::decides).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    /** For a record that nobody has claimed, an administrator says yes. */
    ConsentGrant approveUnclaimed(UUID administrator, UUID id) {
        return approve(administrator, unclaimed(id), new Bodies.Approval(null, null, null, null));
    }

    /** For a record that nobody has claimed, an administrator says no. */
    ConsentGrant denyUnclaimed(UUID administrator, UUID id, Bodies.Reason body) {
        String reason = Fields.reason("reason", body.reason(), 1);
        unclaimed(id);
        return deny(administrator, id, reason);
    }

    private ConsentGrant unclaimed(UUID id) {
        return list.get(id)
                .filter(each -> each.kind() == Kind.PROXY && each.owner() == null)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }
}
