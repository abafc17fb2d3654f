package org.holovitals.server.notifications;

import java.util.List;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Ids;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/notifications}: what the caller was told. */
@RestController
@ConditionalOnWebApplication
final class NotificationsEndpoint {
    private static final int MOST = 100;
    private static final String USUAL = "20";

    private final Notifications notifications;
    private final Users users;

    NotificationsEndpoint(Notifications notifications, Users users) {
        this.notifications = notifications;
        this.users = users;
    }

    /**
     * A page, newest first.
     *
     * @param unread how many the caller has not read, on all pages
     * @param next what to give as {@code after} for the next page; null on the last
     */
    record Page(long unread, List<Told> items, @Nullable UUID next) {}

    /** How many were marked. */
    record Marked(int read) {}

    @GetMapping("/api/notifications")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN, Kind.COMPLIANCE, Kind.ADMIN})
    Page list(
            @RequestParam(defaultValue = "false") boolean unread,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = USUAL) int count,
            Caller caller) {
        caller.call().record().action("list-notifications");
        if (count < 1 || count > MOST) {
            throw new Problem(ProblemType.INVALID_REQUEST, "count has to be a number from 1 to " + MOST);
        }
        UUID user = user(caller);
        List<Told> found = notifications.of(user, unread, after == null ? Ids.GREATEST : after, count + 1);
        boolean isLast = found.size() <= count;
        List<Told> shown = isLast ? found : found.subList(0, count);
        return new Page(
                notifications.unread(user),
                shown,
                isLast ? null : shown.get(count - 1).id());
    }

    @PostMapping("/api/notifications/{id}/read")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN, Kind.COMPLIANCE, Kind.ADMIN})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void read(@PathVariable UUID id, Caller caller) {
        caller.call().record().action("read-notification");
        if (!notifications.read(user(caller), id)) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
    }

    @PostMapping("/api/notifications/read-all")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN, Kind.COMPLIANCE, Kind.ADMIN})
    Marked readAll(Caller caller) {
        caller.call().record().action("read-notifications");
        return new Marked(notifications.readAll(user(caller)));
    }

    private UUID user(Caller caller) {
        if (caller.isService()) {
            throw new Problem(ProblemType.FORBIDDEN, "A service is no user");
        }
        return users.of(caller);
    }
}
