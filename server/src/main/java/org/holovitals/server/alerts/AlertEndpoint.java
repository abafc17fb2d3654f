package org.holovitals.server.alerts;

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
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/alerts}: suspicious activity, to be looked at and acknowledged. */
@RestController
@ConditionalOnWebApplication
final class AlertEndpoint {
    private static final int PAGE = 100;
    private static final int NOTE_LENGTH = 2000;

    private final Alerts alerts;
    private final Users users;

    AlertEndpoint(Alerts alerts, Users users) {
        this.alerts = alerts;
        this.users = users;
    }

    /**
     * A page, the newest first.
     *
     * @param next where the older ones are; null on the last page
     */
    record AlertPage(List<SecurityAlert> alerts, @Nullable String next) {}

    /** What whoever looked at it found. */
    record AlertNote(@Nullable String note) {}

    @GetMapping("/api/alerts")
    @CalledBy({Kind.ADMIN, Kind.COMPLIANCE})
    AlertPage list(
            @RequestParam(defaultValue = "open") String state,
            @RequestParam(required = false) @Nullable UUID before,
            Caller caller) {
        if (!List.of("open", "acknowledged").contains(state)) {
            throw new Problem(ProblemType.INVALID_REQUEST, "state may be open or acknowledged");
        }
        caller.call().record().action("read-alerts");
        caller.call().record().resource("security_alerts", null);
        List<SecurityAlert> found = alerts.page(state.equals("acknowledged"), before, PAGE + 1);
        List<SecurityAlert> shown = found.subList(0, Math.min(PAGE, found.size()));
        return new AlertPage(
                shown,
                found.size() > PAGE
                        ? "/api/alerts?state=" + state + "&before="
                                + shown.get(PAGE - 1).id()
                        : null);
    }

    @PostMapping("/api/alerts/{id}/acknowledge")
    @CalledBy({Kind.ADMIN, Kind.COMPLIANCE})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void acknowledge(@PathVariable UUID id, @RequestBody AlertNote note, Caller caller) {
        caller.call().record().action("acknowledge-alert");
        caller.call().record().resource("security_alerts", id.toString());
        if (!alerts.acknowledge(id, users.of(caller), text(note))) {
            throw new Problem(alerts.exists(id) ? ProblemType.CONFLICT : ProblemType.NOT_FOUND);
        }
    }

    private static String text(AlertNote note) {
        String text = note.note();
        if (text == null || text.isBlank() || text.length() > NOTE_LENGTH) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST,
                    "note has to say what was found, in at most " + NOTE_LENGTH + " characters");
        }
        return text;
    }
}
