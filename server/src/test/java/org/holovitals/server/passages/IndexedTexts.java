package org.holovitals.server.passages;

import org.springframework.context.ApplicationContext;

/** What the server's indexers do, for tests that have none. */
public final class IndexedTexts {
    private IndexedTexts() {}

    /** Cuts what was read into passages that are found. */
    public static void index(ApplicationContext context) {
        all(context.getBean(Indexing.class));
    }

    static void all(Indexing indexing) {
        while (indexing.next()) {
            // The next one waits already.
        }
    }
}
