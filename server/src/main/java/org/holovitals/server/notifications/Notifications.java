package org.holovitals.server.notifications;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
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

    /** What was told once may be told once more; what was told stays. */
    public void forget(String key) {
        jdbc.sql("update holovitals.notifications set notification_key = null where notification_key = ?")
                .param(key)
                .update();
    }

    /** What a user was told, newest first, before a row that was shown already. */
    List<Told> of(UUID user, boolean isUnreadOnly, UUID before, int limit) {
        return jdbc.sql("""
                        select id, type, message, requires_action, read, link, created_at from holovitals.notifications
                        where patient_id = ? and id < ? and not (? and read) order by id desc limit ?
                        """)
                .params(user, before, isUnreadOnly, limit)
                .query((row, number) -> new Told(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getString(6),
                        row.getObject(7, OffsetDateTime.class).toInstant()))
                .list();
    }

    /** How many a user has not read. */
    long unread(UUID user) {
        return jdbc.sql("select count(*) from holovitals.notifications where patient_id = ? and not read")
                .param(user)
                .query(Long.class)
                .single();
    }

    /** Marks one as read, also one that is already; false when it is not the user's. */
    boolean read(UUID user, UUID id) {
        return jdbc.sql("""
                        update holovitals.notifications set read = true, read_at = coalesce(read_at, ?)
                        where id = ? and patient_id = ?
                        """).params(now(), id, user).update() == 1;
    }

    /** Marks all of a user as read, and returns how many were not. */
    int readAll(UUID user) {
        return jdbc.sql("""
                        update holovitals.notifications set read = true, read_at = ?
                        where patient_id = ? and not read
                        """).params(now(), user).update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
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
                                now())
                        .update()
                == 1;
    }
}
