package org.holovitals.server.consent;

import java.time.Instant;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.consent.Emergencies.Broken;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/consents/break-glass}: into a record without consent, in an emergency. */
@RestController
@ConditionalOnWebApplication
final class BreakGlassEndpoint {
    private final Emergencies emergencies;
    private final PatientFinder patients;
    private final GrantList list;
    private final People people;

    BreakGlassEndpoint(Emergencies emergencies, PatientFinder patients, GrantList list, People people) {
        this.emergencies = emergencies;
        this.patients = patients;
        this.list = list;
        this.people = people;
    }

    /**
     * One of them, for who reviews it; the reason may tell of an illness and stays with patient and clinician.
     *
     * @param patient FHIR id of the Patient
     * @param clinician who took it
     */
    record Item(
            UUID id,
            String patient,
            ConsentGrant.Grantee clinician,
            Status status,
            @Nullable Instant grantedAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {

        static Item of(ConsentGrant grant) {
            return new Item(
                    grant.id(),
                    grant.patient(),
                    grant.grantee(),
                    grant.status(),
                    grant.times().granted(),
                    grant.times().expires(),
                    grant.times().revoked());
        }
    }

    @PostMapping("/api/consents/break-glass")
    @CalledBy(Kind.CLINICIAN)
    ResponseEntity<ConsentView> breakGlass(@RequestBody Bodies.Emergency body, Caller caller) {
        Trail.begin(caller, "break-glass");
        String reason = Emergencies.reason(body);
        // Whoever watches over the records looks at it, also at the try that finds no patient.
        caller.call().record().requireReview(Severity.HIGH);
        Broken broken = emergencies.breakGlass(people.caller(caller), patients.find(body.patient()), reason);
        ConsentGrant grant = Trail.end(caller, broken.grant());
        return broken.isNew() ? ConsentEndpoint.created(grant) : ResponseEntity.ok(ConsentView.of(grant));
    }

    @GetMapping("/api/consents/break-glass")
    @CalledBy(Kind.COMPLIANCE)
    Page<Item> list(
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(required = false) @Nullable Integer count,
            Caller caller) {
        Trail.begin(caller, "list-break-glass");
        return Page.ofGrants(after, count, list::emergencies, Item::of);
    }
}
