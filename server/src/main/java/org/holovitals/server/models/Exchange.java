package org.holovitals.server.models;

import java.time.Duration;
import java.time.Instant;
import org.holovitals.server.models.LanguageModel.Departure;
import org.holovitals.server.models.LanguageModel.Pieces;
import org.holovitals.server.models.Reply.Failure;
import org.holovitals.server.models.Reply.Finish;
import org.jspecify.annotations.Nullable;

/** One attempt of a call: what came of it so far. The first end counts; whatever comes behind it is dropped. */
final class Exchange {
    private final Departure departure;
    private final Pieces pieces;
    private final StringBuilder text = new StringBuilder();
    private @Nullable Failure failure;
    private @Nullable Finish finish;
    private @Nullable Usage usage;
    private @Nullable Duration retryAfter;
    private @Nullable Instant first;

    Exchange(Departure departure, Pieces pieces) {
        this.departure = departure;
        this.pieces = pieces;
    }

    boolean permits(String body) {
        return departure.permits(body);
    }

    /** A piece of the answer. */
    void add(String piece, Instant now) {
        if (!isOver() && !piece.isEmpty()) {
            first = first == null ? now : first;
            text.append(piece);
            pieces.next(piece);
        }
    }

    /** The provider said how it ended, and what it used where it told. */
    void finish(Finish how, @Nullable Usage used) {
        if (!isOver()) {
            finish = how;
            usage = used;
        }
    }

    /** It broke; what was written until then is an answer that was cut. */
    void fail(Failure why) {
        if (!isOver()) {
            failure = why;
            finish = text.isEmpty() ? null : Finish.INCOMPLETE;
        }
    }

    /** The provider asks to come again not before a time. */
    void retryAfter(@Nullable Duration time) {
        retryAfter = time;
    }

    boolean isOver() {
        return failure != null || finish != null;
    }

    /** Whether there is an answer, whole or cut. An empty one is none. */
    boolean isAnswered() {
        return finish != null && !text.isEmpty();
    }

    /** Why there is none; a stream that ended without a word is not understood. */
    Failure failure() {
        return failure == null ? Failure.MALFORMED : failure;
    }

    Finish finish() {
        return finish == null ? Finish.INCOMPLETE : finish;
    }

    @Nullable
    Usage usage() {
        return usage;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    String text() {
        return text.toString();
    }

    Instant firstAt(Instant otherwise) {
        return first == null ? otherwise : first;
    }
}
