package org.holovitals.server.chat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Ids;
import org.holovitals.server.chat.EscalationPolicy.Verdict;
import org.holovitals.server.chat.Sealing.Place;
import org.holovitals.server.chat.Views.Answered;
import org.holovitals.server.chat.Views.Cited;
import org.holovitals.server.costs.ChatbotCosts;
import org.holovitals.server.finder.Finder;
import org.holovitals.server.finder.Finding;
import org.holovitals.server.finder.Question;
import org.holovitals.server.finder.RecordView;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes a question and answers it. The question is stored first; then the record is read, in no transaction of ours; answer,
 * cost and what was shown are stored together before any of it leaves.
 */
final class Asking {
    /** As the price list names the finder. */
    private static final String PROVIDER = "local";

    private static final String MODEL = "record-finder";
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final String FAILED = "The question could not be answered. Please ask again.";

    private final Shelf.Tables tables;
    private final ChatbotCosts costs;
    private final Finder finder;
    private final TransactionOperations transactions;
    private final Limits limits;

    Asking(Shelf.Tables tables, ChatbotCosts costs, Finder finder, TransactionOperations transactions, Limits limits) {
        this.tables = tables;
        this.costs = costs;
        this.finder = finder;
        this.transactions = transactions;
        this.limits = limits;
    }

    /** What bounds and makes messages. */
    record Limits(ChatSettings settings, Reached reached, Sealing sealing, Ids ids, Clock clock) {}

    /** Who asks what in which conversation. */
    private record Asked(
            Caller caller, UUID user, Conversation conversation, UUID record, Message question, String text) {}

    Answered ask(Caller caller, UUID user, UUID id, String text) {
        Conversation conversation = limits.reached().conversation(caller, user, id);
        UUID record = Objects.requireNonNull(conversation.record());
        Message question = question(record, text);
        Asked asked = new Asked(caller, user, conversation, record, question, text);
        transactions.executeWithoutResult(status -> take(asked));
        Finding finding = find(asked);
        note(asked, finding);
        List<Cited> cited = cited(finding);
        Message answer = answer(asked, finding, cited);
        transactions.executeWithoutResult(status -> keep(asked, answer, finding, cited));
        return new Answered(
                Reader.view(question, text, List.of(), false), Reader.view(answer, finding.text(), cited, false));
    }

    private Message question(UUID record, String text) {
        UUID id = limits.ids().next();
        return new Message(
                id,
                "user",
                limits.sealing().seal(record, new Place(Place.CONTENT, id), text),
                now(),
                null,
                false,
                null,
                null,
                "complete",
                null,
                null);
    }

    private Instant now() {
        return limits.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void take(Asked asked) {
        tables.messages().hold(asked.user());
        Instant now = asked.question().timestamp();
        tables.messages()
                .asked(asked.user(), limits.settings().messagesPerMinute(), now.minus(WINDOW))
                .ifPresent(oldest -> {
                    throw Problem.tooMany(
                            "More than " + limits.settings().messagesPerMinute() + " messages in a minute",
                            Duration.between(now, oldest.plus(WINDOW)).plusSeconds(1));
                });
        UUID id = asked.conversation().id();
        touch(asked, now);
        tables.messages().add(id, asked.question());
        tables.conversations()
                .nameIfUnnamed(
                        id,
                        limits.sealing().seal(asked.record(), new Place(Place.TITLE, id), Texts.title(asked.text())));
    }

    private void touch(Asked asked, Instant now) {
        if (!tables.conversations().touch(asked.conversation().id(), asked.user(), now)) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
    }

    private Finding find(Asked asked) {
        try {
            return finder.find(
                    new Question(asked.text()),
                    new RecordView(Objects.requireNonNull(asked.conversation().patient()), asked.caller()));
        } catch (RuntimeException e) {
            UUID id = limits.ids().next();
            Message failed = new Message(
                    id,
                    "assistant",
                    limits.sealing().seal(asked.record(), new Place(Place.CONTENT, id), FAILED),
                    behind(asked.question()),
                    null,
                    false,
                    null,
                    null,
                    "failed",
                    null,
                    null);
            transactions.executeWithoutResult(status -> {
                touch(asked, failed.timestamp());
                tables.messages().add(asked.conversation().id(), failed);
            });
            throw e;
        }
    }

    /** An answer stands behind its question however exact the clock is. */
    private Instant behind(Message question) {
        Instant now = now();
        return now.isAfter(question.timestamp()) ? now : question.timestamp().plus(1, ChronoUnit.MICROS);
    }

    /** The audit row names the finder as the reader; what it says of the record is in no log. */
    private static void note(Asked asked, Finding finding) {
        asked.caller().call().record().detail("model", Finder.NAME);
        asked.caller()
                .call()
                .record()
                .detail(
                        "cited",
                        finding.citations().stream()
                                .map(cited -> cited.type() + "/" + cited.id())
                                .distinct()
                                .collect(Collectors.groupingBy(
                                        reference -> reference.substring(0, reference.indexOf('/')),
                                        Collectors.summingInt(reference -> 1))));
    }

    private static List<Cited> cited(Finding finding) {
        List<Cited> cited = new ArrayList<>();
        for (int i = 0; i < finding.sentences().size(); i++) {
            int sentence = i;
            finding.sentences().get(i).citations().stream()
                    .distinct()
                    .forEach(citation -> cited.add(Cited.of(sentence, citation)));
        }
        return List.copyOf(cited);
    }

    private Message answer(Asked asked, Finding finding, List<Cited> cited) {
        Verdict verdict = EscalationPolicy.decide(asked.text(), finding);
        UUID id = limits.ids().next();
        return new Message(
                id,
                "assistant",
                limits.sealing().seal(asked.record(), new Place(Place.CONTENT, id), finding.text()),
                behind(asked.question()),
                verdict.confidence(),
                verdict.needsEscalation(),
                verdict.reason() == null ? null : verdict.reason().word(),
                limits.sealing().sealCitations(asked.record(), new Place(Place.CITATIONS, id), cited),
                "complete",
                MODEL,
                finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private void keep(Asked asked, Message answer, Finding finding, List<Cited> cited) {
        UUID conversation = asked.conversation().id();
        touch(asked, answer.timestamp());
        tables.interactions().begin(conversation, asked.user(), asked.record(), answer.timestamp());
        tables.messages().add(conversation, answer);
        tables.escalated().answers(answer.id(), asked.question().id());
        UUID id = limits.ids().next();
        Sealing sealing = limits.sealing();
        tables.interactions()
                .add(
                        conversation,
                        new Interactions.Interaction(
                                id,
                                sealing.seal(asked.record(), new Place(Place.QUERY, id), asked.text()),
                                sealing.seal(asked.record(), new Place(Place.RESPONSE, id), finding.text()),
                                cited.stream().map(Cited::resource).distinct().toList(),
                                MODEL,
                                sealing.sealCitations(asked.record(), new Place(Place.SHOWN, id), cited)),
                        answer.timestamp());
        costs.add(PROVIDER, new ChatbotCosts.Use(asked.user(), answer.id(), MODEL, 0, 0, false));
    }
}
