package org.holovitals.server.passages;

import java.util.List;
import java.util.stream.IntStream;
import org.holovitals.server.base.Courtesy;
import org.holovitals.server.base.Repetition;
import org.slf4j.LoggerFactory;

/** The threads that index documents. Nobody waits for them as for an answer. */
final class Indexers implements AutoCloseable {
    private static final Repetition.Words INDEXING = Repetition.Words.of(
            LoggerFactory.getLogger(Indexers.class), "Documents cannot be indexed", "Documents are indexed again");

    private final List<Repetition> threads;

    Indexers(Indexing indexing, PassageSettings settings) {
        Courtesy courtesy = Courtesy.ofTheMachine();
        this.threads = IntStream.range(0, settings.indexers())
                .mapToObj(number -> new Repetition(
                                "document-index-" + number,
                                () -> courtesy.repeat(indexing::next),
                                INDEXING,
                                settings.interval())
                        .startAfter(settings.interval()))
                .toList();
    }

    /** What is under way is given up; another claims it when its time is over. */
    @Override
    public void close() {
        threads.forEach(Repetition::close);
    }
}
