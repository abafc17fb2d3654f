package org.holovitals.server.passages;

import org.springframework.context.ApplicationContext;

/** What the server's indexers do, for tests that have none. */
public final class IndexedTexts {
    private IndexedTexts() {}

    /** Cuts what was read into passages that are found. */
    public static void index(ApplicationContext context) {
        context.getBean(Indexing.class).once();
    }
}
