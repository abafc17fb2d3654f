package org.holovitals.server.chat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.analyses.Quoted;
import org.holovitals.server.finder.Citation;
import org.jspecify.annotations.Nullable;

/** What the routes take and answer with. */
final class Views {
    private Views() {}

    /**
     * A conversation is started.
     *
     * @param patient FHIR id of the record that it is about; the caller's own where it is not given
     */
    record Start(@Nullable String patient, @Nullable String title) {}

    /** It is renamed. */
    record Title(@Nullable String title) {}

    /**
     * A question.
     *
     * @param model name of a language model that is to answer; the finder does where it is not given
     */
    record Ask(@Nullable String text, @Nullable String model) {}

    /**
     * A conversation.
     *
     * @param patient FHIR id of the record that it is about
     */
    record ConversationView(
            UUID id,
            @Nullable String patient,
            String title,
            Instant startedAt,
            @Nullable Instant lastMessageAt) {}

    /**
     * Where a value in an answer stands.
     *
     * @param sentence the line of the text, from 0
     * @param resource such as {@code Observation/1}
     * @param path FHIRPath
     */
    record Cited(int sentence, String resource, long version, String path, String value, boolean verified) {
        /** Of what a model was shown, whether or not it cites it. */
        static final int NO_SENTENCE = -1;

        static Cited of(int sentence, Citation citation) {
            return of(sentence, citation, citation.verified());
        }

        static Cited of(int sentence, Citation citation, boolean verified) {
            return new Cited(
                    sentence,
                    citation.type() + "/" + citation.id(),
                    citation.version(),
                    citation.path(),
                    citation.value(),
                    verified);
        }

        boolean isOfSentence() {
            return sentence >= 0;
        }

        Citation citation() {
            String[] parts = resource.split("/", 2);
            return new Citation(parts[0], parts[1], version, path, value, verified);
        }
    }

    /**
     * An answer is turned into an analysis.
     *
     * @param type of the analysis; by the question's words where it is not given
     * @param priority likewise by why the answer does not suffice
     * @param acceptedCost what it may cost; without it there is only the quote
     */
    record Escalate(
            @Nullable String type,
            @Nullable String priority,
            @Nullable BigDecimal acceptedCost) {}

    /** What became of that: the quote, or the analysis. */
    record Escalation(
            @Nullable Quoted quote,
            @Nullable Analysis analysis,
            @JsonIgnore boolean isNew) {}

    /**
     * An analysis that an answer was turned into, or whose end a message tells of.
     *
     * @param link where it is
     */
    record Analysis(UUID id, String link, String status) {
        static Analysis of(Escalated escalated) {
            return new Analysis(escalated.task(), "/api/analyses/" + escalated.task(), escalated.status());
        }
    }

    /**
     * A message.
     *
     * @param role {@code user} or {@code assistant}
     * @param text a line for each sentence
     * @param type of an answer: {@code quick}, or {@code deep} where it tells of an analysis
     * @param label says of an answer where it comes from
     * @param kind of an answer: {@code found}, {@code not-found}, {@code closed}, {@code unsafe} or {@code generated}
     * @param note why a model that was asked for did not answer
     * @param unverified lines of a generated answer whose citations could not be checked, from 0
     * @param status {@code complete}, {@code incomplete} where a model was cut, or {@code failed}
     * @param analysis what it was turned into, or tells of
     * @param withheld whether text and citations are left out, since the caller may not see any more what they tell of
     */
    record MessageView(
            UUID id,
            String role,
            String text,
            @Nullable String type,
            @Nullable String label,
            @Nullable String kind,
            List<Cited> citations,
            @Nullable BigDecimal confidence,
            boolean needsEscalation,
            @Nullable String escalationReason,
            String status,
            @Nullable String model,
            @Nullable String note,
            List<Integer> unverified,
            Instant timestamp,
            @Nullable Analysis analysis,
            boolean withheld) {
        /** The same of a message that has to do with an analysis. */
        MessageView of(Escalated escalated) {
            return new MessageView(
                    id,
                    role,
                    text,
                    escalated.isEnd() ? "deep" : type,
                    escalated.isEnd() ? escalated.label() : label,
                    kind,
                    citations,
                    confidence,
                    needsEscalation,
                    escalationReason,
                    status,
                    model,
                    note,
                    unverified,
                    timestamp,
                    Analysis.of(escalated),
                    withheld);
        }
    }

    /** A question and its answer. */
    record Answered(MessageView question, MessageView answer) {}

    /**
     * A page of conversations, the last started first.
     *
     * @param next what to give as {@code after} for the next page; null on the last
     */
    record ConversationPage(
            List<ConversationView> items, @Nullable UUID next) {}

    /** A conversation with a page of its messages, the newest first; {@code next} likewise. */
    record MessagePage(
            ConversationView conversation,
            List<MessageView> messages,
            @Nullable UUID next) {}
}
