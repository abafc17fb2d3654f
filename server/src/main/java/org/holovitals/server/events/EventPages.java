package org.holovitals.server.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.holovitals.keycloak.admin.RealmAdmin;

/**
 * Reads a stream from a moment on, oldest first, page by page. The next page begins at the time of the last event, not
 * at a number: events that come late or go meanwhile would shift the numbers.
 */
final class EventPages {
    private final RealmAdmin keycloak;
    private final int size;

    EventPages(RealmAdmin keycloak, int size) {
        this.keycloak = keycloak;
        this.size = size;
    }

    /** Takes the events of a page; some come twice. */
    @FunctionalInterface
    interface Sink {
        void take(List<IdentityEvent> page);
    }

    void read(EventStream stream, Instant from, Sink sink) {
        Instant begin = from;
        int skipped = 0;
        List<IdentityEvent> page;
        do {
            page = page(stream, begin, skipped);
            sink.take(page);
            if (!page.isEmpty()) {
                Instant last = page.get(page.size() - 1).time();
                // More events of one millisecond than a page holds.
                skipped = last.equals(begin) ? skipped + page.size() : 0;
                begin = last;
            }
        } while (page.size() == size);
    }

    private List<IdentityEvent> page(EventStream stream, Instant from, int skipped) {
        JsonNode answer = keycloak.get("/" + stream.path() + "?direction=asc&dateFrom=" + from.toEpochMilli()
                + "&first=" + skipped + "&max=" + size);
        List<IdentityEvent> events = new ArrayList<>();
        answer.forEach(event -> events.add(IdentityEvent.of(stream, event)));
        return events;
    }
}
