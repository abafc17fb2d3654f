package org.holovitals.server.analyses;

import java.util.List;
import java.util.UUID;
import org.holovitals.server.context.ModelPrice;
import org.holovitals.server.egress.Inquiry.Whose;

/** Answers a question from a text. Behind it the world outside begins: it is never called in a transaction. */
public interface Analyst {
    /** Whether it answers with a model of the price list. */
    boolean answersWith(String provider, String model);

    /** Whether it answers with a model of the price list. */
    default boolean answersWith(ModelPrice price) {
        return answersWith(price.provider(), price.model());
    }

    /**
     * What a part of a text says to a question.
     *
     * @throws InterruptedException when the worker has lost the task or ends
     */
    Extract answer(Asked asked) throws InterruptedException;

    /**
     * What is asked.
     *
     * @param content a part of a record; {@code [3]} behind something is its citation
     * @param isOutline whether the content only sums up what the other parts are
     * @param before what was found in the parts on which this one depends
     */
    record Asked(String model, String question, String content, boolean isOutline, List<Extract> before, About about) {}

    /**
     * What it is asked for.
     *
     * @param provider of the model
     */
    record About(UUID task, String provider, Whose whose) {}

    /**
     * What was found in a part.
     *
     * @param inputTokens that were read for it
     * @param outputTokens that were written
     */
    record Extract(List<Finding> findings, long inputTokens, long outputTokens) {}

    /**
     * Something that a part says.
     *
     * @param citations numbers of the sources that say it; without one it counts for nothing
     * @param verified whether it was found there
     */
    record Finding(String text, List<Integer> citations, boolean verified) {}
}
