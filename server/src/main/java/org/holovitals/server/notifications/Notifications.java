package org.holovitals.server.notifications;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code notifications}. A notification stands in the transaction of what it tells of. */
public final class Notifications {
    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;

    Notifications(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /** Tells a user, in the transaction that runs. */
    public void tell(UUID user, Notification notification) {
        add(null, user, notification);
    }

    /**
     * Tells a user once.
     *
     * @param key what makes it one of a kind
     * @return whether it had not been told
     */
    public boolean tellOnce(String key, UUID user, Notification notification) {
        return add(key, user, notification);
    }

    private boolean add(@Nullable String key, UUID user, Notification notification) {
        return jdbc.sql("""
                        insert into holovitals.notifications
                          (id, patient_id, type, message, requires_action, link, notification_key, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (notification_key) do nothing
                        """)
                        .params(
                                ids.next(),
                                user,
                                notification.type(),
                                notification.message(),
                                notification.requiresAction(),
                                notification.link(),
                                key,
                                clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
