package org.holovitals.server.chat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.holovitals.server.access.Caller;
import org.holovitals.server.analyses.AnalysisDesk;
import org.holovitals.server.analyses.AnalysisRequest;
import org.holovitals.server.analyses.AnalysisView;
import org.holovitals.server.chat.EscalatedMessages.Answer;
import org.holovitals.server.chat.EscalationPolicy.Reason;
import org.holovitals.server.chat.Sealing.Place;
import org.holovitals.server.chat.Views.Analysis;
import org.holovitals.server.chat.Views.Escalate;
import org.holovitals.server.chat.Views.Escalation;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** Turns an answer that does not suffice into an analysis of its question: first what it would cost, then, accepted, the task. */
final class Escalations {
    private static final Pattern TREND = Pattern.compile("\\b(trend|chang\\w*|develop\\w*|over time|course|since)\\b");
    private static final Pattern COMPARISON = Pattern.compile("\\b(compar\\w*|differ\\w*|versus|vs)\\b");

    private final Reached reached;
    private final EscalatedMessages messages;
    private final Sealing sealing;
    private final AnalysisDesk desk;

    Escalations(Reached reached, EscalatedMessages messages, Sealing sealing, AnalysisDesk desk) {
        this.reached = reached;
        this.messages = messages;
        this.sealing = sealing;
        this.desk = desk;
    }

    /** However often it is accepted there is one task. */
    Escalation escalate(Caller caller, UUID user, UUID conversation, UUID message, Escalate wish) {
        Conversation about = reached.conversation(caller, user, conversation);
        Answer answer = messages.answer(conversation, message).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        Optional<Escalation> before = before(answer);
        if (before.isPresent()) {
            return before.get();
        }
        AnalysisRequest request = request(about, answer, wish);
        BigDecimal accepted = wish.acceptedCost();
        if (accepted == null) {
            return new Escalation(desk.quote(request, caller), null, false);
        }
        AnalysisView task = desk.submit(request, message, caller, user, accepted, id -> link(message, id));
        return new Escalation(null, new Analysis(task.id(), "/api/analyses/" + task.id(), task.status()), true);
    }

    private Optional<Escalation> before(Answer answer) {
        return answer.task() == null
                ? Optional.empty()
                : Optional.ofNullable(messages.of(List.of(answer.id())).get(answer.id()))
                        .map(known -> new Escalation(null, Analysis.of(known), false));
    }

    /** In the task's transaction: a message that is gone, or has its task by now, takes no other. */
    private void link(UUID message, UUID task) {
        if (!messages.link(message, task)) {
            throw new Problem(ProblemType.CONFLICT, "The message is gone, or has its analysis already");
        }
    }

    private AnalysisRequest request(Conversation about, Answer answer, Escalate wish) {
        Reason reason = reason(answer);
        String question = Optional.ofNullable(answer.text())
                .flatMap(text -> sealing.open(new Place(Place.CONTENT, questionOf(answer)), text))
                .orElseThrow(() -> new Problem(
                        ProblemType.CONFLICT,
                        "The key of this record was destroyed, so the question cannot be read any more"));
        return new AnalysisRequest(
                wish.type() == null ? kind(question) : wish.type(),
                wish.priority() == null ? reason.priority() : wish.priority(),
                question,
                about.patient(),
                null,
                null);
    }

    private static UUID questionOf(Answer answer) {
        return Objects.requireNonNull(answer.question());
    }

    /** What belongs to a doctor is no analysis's to answer either. */
    private static Reason reason(Answer answer) {
        String word = answer.reason();
        if (word == null) {
            throw new Problem(
                    ProblemType.CONFLICT, "The answer suffices by its own account; ask /api/analyses for more");
        }
        Reason reason = Reason.of(word);
        if (reason.isForPeople()) {
            throw new Problem(ProblemType.CONFLICT, "No analysis answers such a question: ask a doctor or pharmacist");
        }
        return reason;
    }

    private static String kind(String question) {
        String text = question.toLowerCase(Locale.ROOT);
        if (COMPARISON.matcher(text).find()) {
            return "comparison";
        }
        return TREND.matcher(text).find() ? "trend_analysis" : "complex_query";
    }
}
