package org.holovitals.server.documents;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.holovitals.server.base.Repetition;
import org.slf4j.LoggerFactory;

/** The threads that read the text of documents. */
final class TextReaders implements AutoCloseable {
    private static final Repetition.Words READING = Repetition.Words.of(
            LoggerFactory.getLogger(TextReaders.class),
            "The text of documents cannot be read",
            "The text of documents is read again");

    private final List<Repetition> threads;

    TextReaders(TextWork work, int count, Duration interval) {
        this.threads = IntStream.range(0, count)
                .mapToObj(number ->
                        new Repetition("document-text-" + number, work::once, READING, interval).startAfter(interval))
                .toList();
    }

    /** What is under way is given up; the next start reads it again. */
    @Override
    public void close() {
        threads.forEach(Repetition::close);
    }
}
