package org.holovitals.server.chat;

import java.math.BigDecimal;
import java.net.URI;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.chat.Views.Escalate;
import org.holovitals.server.chat.Views.Escalation;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/conversations/{id}/messages/{message}/escalation}: an analysis of a question whose answer does not suffice. */
@RestController
@ConditionalOnWebApplication
final class EscalationEndpoint {
    private final Escalations escalations;
    private final Users users;

    EscalationEndpoint(Escalations escalations, Users users) {
        this.escalations = escalations;
        this.users = users;
    }

    /** Without {@code acceptedCost} the quote, with it the task: 201 when this request made it, else 200. */
    @PostMapping("/api/conversations/{id}/messages/{message}/escalation")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    ResponseEntity<Escalation> escalate(
            @PathVariable UUID id,
            @PathVariable UUID message,
            @RequestBody(required = false) @Nullable Escalate body,
            Caller caller) {
        caller.call().record().action("escalate");
        caller.call().record().resource("chat_conversations", id.toString());
        Escalate wish = body == null ? new Escalate(null, null, null) : body;
        BigDecimal accepted = wish.acceptedCost();
        if (accepted != null && accepted.signum() < 0) {
            throw new Problem(ProblemType.INVALID_REQUEST, "acceptedCost has to be a number from 0 on");
        }
        Escalation escalation = escalations.escalate(caller, users.of(caller), id, message, wish);
        Views.Analysis analysis = escalation.analysis();
        return (escalation.isNew() && analysis != null
                        ? ResponseEntity.created(URI.create(analysis.link()))
                        : ResponseEntity.ok())
                .body(escalation);
    }
}
