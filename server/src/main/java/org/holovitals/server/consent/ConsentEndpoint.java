package org.holovitals.server.consent;

import java.net.URI;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/consents}: who asked for, gave and ended a look into a record. To all others there is no such consent. */
@RestController
@ConditionalOnWebApplication
final class ConsentEndpoint {
    private final Requests requests;
    private final Decisions decisions;
    private final GrantList list;
    private final People people;
    private final Deciders deciders;

    ConsentEndpoint(Requests requests, Decisions decisions, GrantList list, People people, Deciders deciders) {
        this.requests = requests;
        this.decisions = decisions;
        this.list = list;
        this.people = people;
        this.deciders = deciders;
    }

    @PostMapping("/api/consents")
    @CalledBy(Kind.CLINICIAN)
    ResponseEntity<ConsentView> ask(@RequestBody Bodies.Request body, Caller caller) {
        Trail.begin(caller, "request-consent");
        return created(Trail.end(caller, requests.ask(people.caller(caller), body)));
    }

    @PostMapping("/api/consents/proxies")
    @CalledBy(Kind.PATIENT)
    ResponseEntity<ConsentView> askAsProxy(@RequestBody Bodies.ProxyRequest body, Caller caller) {
        Trail.begin(caller, "request-proxy");
        return created(Trail.end(caller, requests.askAsProxy(people.caller(caller), body)));
    }

    @PostMapping("/api/consents/grants")
    @CalledBy(Kind.PATIENT)
    ResponseEntity<ConsentView> give(@RequestBody Bodies.Gift body, Caller caller) {
        Trail.begin(caller, "grant-consent");
        return created(Trail.end(caller, decisions.give(people.caller(caller), body)));
    }

    @GetMapping("/api/consents")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    Page<ConsentView> list(
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String patient,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(required = false) @Nullable Integer count,
            Caller caller) {
        Trail.begin(caller, "list-consents");
        Status wanted = status == null ? null : Fields.word("status", status, Status.class);
        if (patient != null) {
            PatientFinder.requireId("patient", patient);
        }
        Decider user = deciders.of(caller);
        return Page.ofGrants(after, count, page -> list.ofUser(user, wanted, patient, page), ConsentView::of);
    }

    @GetMapping("/api/consents/{id}")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    ConsentView get(@PathVariable UUID id, Caller caller) {
        Trail.begin(caller, "read-consent", id);
        Decider user = deciders.of(caller);
        ConsentGrant grant = list.get(id)
                .filter(each -> user.decides(each) || each.isGivenTo(user.user()))
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        return ConsentView.of(Trail.end(caller, grant));
    }

    @PostMapping("/api/consents/{id}/approve")
    @CalledBy(Kind.PATIENT)
    ConsentView approve(
            @PathVariable UUID id, @RequestBody(required = false) Bodies.@Nullable Approval body, Caller caller) {
        Trail.begin(caller, "approve-consent", id);
        Bodies.Approval given = body == null ? new Bodies.Approval(null, null, null, null) : body;
        return ConsentView.of(Trail.end(caller, decisions.approve(deciders.of(caller), id, given)));
    }

    @PostMapping("/api/consents/{id}/deny")
    @CalledBy(Kind.PATIENT)
    ConsentView deny(@PathVariable UUID id, @RequestBody Bodies.Reason body, Caller caller) {
        Trail.begin(caller, "deny-consent", id);
        return ConsentView.of(Trail.end(caller, decisions.deny(deciders.of(caller), id, body)));
    }

    @PostMapping("/api/consents/{id}/revoke")
    @CalledBy(Kind.PATIENT)
    ConsentView revoke(
            @PathVariable UUID id, @RequestBody(required = false) Bodies.@Nullable Reason body, Caller caller) {
        Trail.begin(caller, "revoke-consent", id);
        Bodies.Reason given = body == null ? new Bodies.Reason(null) : body;
        return ConsentView.of(Trail.end(caller, decisions.revoke(deciders.of(caller), id, given)));
    }

    @PostMapping("/api/consents/{id}/withdraw")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    ConsentView giveUp(@PathVariable UUID id, Caller caller) {
        Trail.begin(caller, "withdraw-consent", id);
        return ConsentView.of(Trail.end(caller, requests.giveUp(people.caller(caller), id)));
    }

    static ResponseEntity<ConsentView> created(ConsentGrant grant) {
        return ResponseEntity.created(URI.create("/api/consents/" + grant.id())).body(ConsentView.of(grant));
    }
}
