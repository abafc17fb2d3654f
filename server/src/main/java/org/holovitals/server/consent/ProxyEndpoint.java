package org.holovitals.server.consent;

import java.time.Instant;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/consents/proxies} for administrators: a record that nobody has claimed, such as a small child's, has nobody
 * who could let a parent in.
 */
@RestController
@ConditionalOnWebApplication
final class ProxyEndpoint {
    private static final int SHORTEST_NOTE = 10;

    private final Decisions decisions;
    private final GrantList list;
    private final People people;

    ProxyEndpoint(Decisions decisions, GrantList list, People people) {
        this.decisions = decisions;
        this.list = list;
        this.people = people;
    }

    /**
     * One that waits, with no more than has to be compared with papers.
     *
     * @param patient FHIR id of the Patient
     * @param proxy who asks
     * @param reason what he says of himself
     */
    record Item(
            UUID id,
            String patient,
            ConsentGrant.Grantee proxy,
            Status status,
            @Nullable String reason,
            Instant requestedAt,
            @Nullable Instant expiresAt) {

        static Item of(ConsentGrant grant) {
            return new Item(
                    grant.id(),
                    grant.patient(),
                    grant.grantee(),
                    grant.status(),
                    grant.reason(),
                    grant.times().requested(),
                    grant.times().expires());
        }
    }

    @GetMapping("/api/consents/proxies")
    @CalledBy(Kind.ADMIN)
    Page<Item> list(
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(required = false) @Nullable Integer count,
            Caller caller) {
        Trail.begin(caller, "list-proxies");
        return Page.ofGrants(after, count, list::unclaimed, Item::of);
    }

    @PostMapping("/api/consents/proxies/{id}/approve")
    @CalledBy(Kind.ADMIN)
    Item approve(@PathVariable UUID id, @RequestBody Bodies.Check body, Caller caller) {
        Trail.begin(caller, "approve-proxy", id);
        String note = Fields.reason("note", body.note(), SHORTEST_NOTE);
        caller.call().record().detail("note", note);
        caller.call().record().requireReview(Severity.MEDIUM);
        return Item.of(Trail.end(caller, decisions.approveUnclaimed(people.caller(caller), id)));
    }

    @PostMapping("/api/consents/proxies/{id}/deny")
    @CalledBy(Kind.ADMIN)
    Item deny(@PathVariable UUID id, @RequestBody Bodies.Reason body, Caller caller) {
        Trail.begin(caller, "deny-proxy", id);
        return Item.of(Trail.end(caller, decisions.denyUnclaimed(people.caller(caller), id, body)));
    }
}
