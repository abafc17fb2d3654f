package org.holovitals.server.ledger;

import java.time.Instant;
import org.holovitals.server.alerts.AuditWatch;
import org.holovitals.server.notifications.Notification;
import org.holovitals.server.notifications.Notifications;
import org.holovitals.server.users.Users;

/** Tells patients of everybody who looks at their record for the first time. */
final class NewViewers implements AuditWatch {
    private static final Notification NEWS =
            new Notification("new-viewer", "Somebody looked at your record for the first time.", false, "/access-log");

    private final RecordViewers viewers;
    private final Users users;
    private final Notifications notifications;

    NewViewers(RecordViewers viewers, Users users, Notifications notifications) {
        this.viewers = viewers;
        this.users = users;
        this.notifications = notifications;
    }

    @Override
    public String name() {
        return "new-viewers";
    }

    /** Whoever was in the log is no new viewer later on. */
    @Override
    public Instant beginning(Instant oldest, Instant now) {
        return oldest;
    }

    @Override
    public void look(Instant from, Instant until) {
        for (RecordViewers.FirstLook look : viewers.newOnes(from, until)) {
            if (viewers.add(look) && !look.isEmergency()) {
                users.ofPatient(look.patient())
                        .ifPresent(user -> notifications.tellOnce(
                                name() + " " + look.patient() + " " + look.viewer(), user, NEWS));
            }
        }
    }
}
