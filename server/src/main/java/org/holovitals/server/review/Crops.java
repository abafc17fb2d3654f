package org.holovitals.server.review;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.holovitals.server.access.Caller;
import org.holovitals.server.documents.SharedDocuments;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.review.Inbox.Seen;
import org.holovitals.server.texts.Failure;
import org.holovitals.server.texts.Place;
import org.holovitals.server.texts.TextReader;

/** Pictures of rows. Each is drawn in a process of its own, so only some are drawn at a time. */
final class Crops {
    private static final int AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SharedDocuments documents;
    private final Candidates candidates;
    private final TextReader reader;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    Crops(SharedDocuments documents, Candidates candidates, TextReader reader) {
        this.documents = documents;
        this.candidates = candidates;
        this.reader = reader;
    }

    /** A PNG. */
    byte[] of(Caller caller, Seen seen) {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Problem.tooMany("Too many pictures are drawn now", PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemType.UNAVAILABLE);
        }
        try {
            return drawn(caller, seen);
        } finally {
            places.release();
        }
    }

    private byte[] drawn(Caller caller, Seen seen) {
        Place place = new Place(seen.candidate().found().page(), candidates.box(seen.candidate()));
        AtomicReference<byte[]> png = new AtomicReference<>(new byte[0]);
        try (InputStream file = documents.open(caller, seen.document().id())) {
            Optional<Failure> failure = reader.show(seen.document().type(), file, place, png::set);
            if (failure.isPresent()) {
                throw problem(failure.get());
            }
        } catch (IOException e) {
            throw new Problem(ProblemType.UNAVAILABLE);
        }
        return Objects.requireNonNull(png.get());
    }

    private static Problem problem(Failure failure) {
        return switch (failure) {
            case NO_PICTURE -> new Problem(ProblemType.NOT_FOUND, "This document has no pages that can be seen");
            case TOO_SLOW, CRASHED -> new Problem(ProblemType.UNAVAILABLE, "The page cannot be drawn now");
            default -> new Problem(ProblemType.DOCUMENT_UNREADABLE, "The page cannot be drawn: " + failure.code());
        };
    }
}
