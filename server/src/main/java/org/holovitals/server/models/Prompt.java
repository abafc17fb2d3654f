package org.holovitals.server.models;

import java.time.Duration;
import java.util.List;
import org.holovitals.server.context.Tokens;

/**
 * What a model is asked.
 *
 * @param system how it is to answer; words of this server's own
 * @param messages what was said, in order; the last is a user's
 * @param maxTokens that it may write
 * @param deadline until when the answer is complete, counted from the call, with all attempts
 */
public record Prompt(String system, List<Message> messages, int maxTokens, Duration deadline) {

    /** One question. */
    public static Prompt of(String system, String question, int maxTokens, Duration deadline) {
        return new Prompt(system, List.of(new Message(Role.USER, question)), maxTokens, deadline);
    }

    /** Who speaks. */
    public enum Role {
        /** Whoever asks. */
        USER,
        /** The model. */
        ASSISTANT
    }

    /** What somebody said. */
    public record Message(Role role, String text) {}

    /** Tokens that it reads, as they are counted here. */
    public long tokens() {
        return Tokens.count(system)
                + messages.stream()
                        .mapToLong(message -> Tokens.count(message.text()))
                        .sum();
    }
}
