package org.holovitals.server.documents;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.holovitals.server.documents.TextQueue.Claim;
import org.holovitals.server.texts.PageText;

/** Collects pages as they are read and tells how far it is, now and then: pages with text follow each other in milliseconds. */
final class TextProgress implements ObjIntConsumer<PageText> {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final TextQueue queue;
    private final Claim claim;
    private final List<PageText> pages;
    private final Clock clock;
    private Instant next = Instant.MIN;

    TextProgress(TextQueue queue, Claim claim, List<PageText> pages, Clock clock) {
        this.queue = queue;
        this.claim = claim;
        this.pages = pages;
        this.clock = clock;
    }

    @Override
    public void accept(PageText page, int of) {
        pages.add(page);
        Instant now = clock.instant();
        // How many there are is the word of a process that reads strangers' files.
        int count = Math.max(of, pages.size());
        if (!now.isBefore(next) || pages.size() == count) {
            queue.progress(claim, pages.size(), count);
            next = now.plus(PAUSE);
        }
    }
}
