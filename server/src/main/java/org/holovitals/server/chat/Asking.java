package org.holovitals.server.chat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Ids;
import org.holovitals.server.chat.EscalationPolicy.Verdict;
import org.holovitals.server.chat.Generating.Outcome;
import org.holovitals.server.chat.Message.Remarks;
import org.holovitals.server.chat.Sealing.Place;
import org.holovitals.server.chat.Views.Answered;
import org.holovitals.server.chat.Views.Cited;
import org.holovitals.server.costs.ChatbotCosts;
import org.holovitals.server.egress.Interactions.Interaction;
import org.holovitals.server.egress.Interactions.Sitting;
import org.holovitals.server.finder.Finder;
import org.holovitals.server.finder.Finding;
import org.holovitals.server.finder.Question;
import org.holovitals.server.finder.RecordView;
import org.holovitals.server.models.Model;
import org.holovitals.server.models.Models;
import org.holovitals.server.models.Reply.Finish;
import org.holovitals.server.models.Usage;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes a question and answers it. The question is stored first; then the record is read, in no transaction of ours; answer,
 * cost and what was shown are stored together before any of it leaves. Only the pieces of a model's answer are heard before,
 * where somebody asked to hear them.
 */
final class Asking {
    /** As the price list names the finder. */
    private static final String PROVIDER = "local";

    private static final String MODEL = "record-finder";
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final String FAILED = "The question could not be answered. Please ask again.";

    private final Shelf.Tables tables;
    private final ChatbotCosts costs;
    private final Readers readers;
    private final TransactionOperations transactions;
    private final Limits limits;

    Asking(
            Shelf.Tables tables,
            ChatbotCosts costs,
            Readers readers,
            TransactionOperations transactions,
            Limits limits) {
        this.tables = tables;
        this.costs = costs;
        this.readers = readers;
        this.transactions = transactions;
        this.limits = limits;
    }

    /** What bounds and makes messages. */
    record Limits(ChatSettings settings, Reached reached, Sealing sealing, Ids ids, Clock clock) {}

    /** Who reads the record for an answer. */
    record Readers(Finder finder, Generating generating, Models models) {}

    /**
     * What somebody wants to know.
     *
     * @param model name of the model that is to answer; null for the finder
     */
    record Wish(String text, @Nullable String model) {}

    /** Hears of an answer in the making. */
    interface Hearer {
        /** The question is taken; the answer will have an id. */
        void taken(UUID question, UUID answer);

        /** A piece of what a model says, unchecked. */
        void piece(String text);

        /** Whoever waits for the whole. */
        Hearer NOBODY = new Hearer() {
            @Override
            public void taken(UUID question, UUID answer) {}

            @Override
            public void piece(String text) {}
        };
    }

    /** Who asks what in which conversation. */
    private record Asked(
            Caller caller,
            UUID user,
            Conversation conversation,
            UUID record,
            Message question,
            String text,
            UUID answer) {
        String patient() {
            return Objects.requireNonNull(conversation.patient());
        }
    }

    Answered ask(Caller caller, UUID user, UUID id, Wish wish, Hearer hearer) {
        Model model = wish.model() == null
                ? null
                : readers.models()
                        .named(wish.model())
                        .orElseThrow(() -> new Problem(ProblemType.INVALID_REQUEST, "There is no such model here"));
        Conversation conversation = limits.reached().conversation(caller, user, id);
        UUID record = Objects.requireNonNull(conversation.record());
        Message question = question(record, wish.text());
        Asked asked = new Asked(
                caller,
                user,
                conversation,
                record,
                question,
                wish.text(),
                limits.ids().next());
        transactions.executeWithoutResult(status -> take(asked));
        Finding finding = find(asked);
        boolean isForModel = finding.kind() == Finding.Kind.FOUND || finding.kind() == Finding.Kind.NOT_FOUND;
        if (model == null || !isForModel) {
            return found(asked, finding, null);
        }
        hearer.taken(question.id(), asked.answer());
        return generated(asked, finding, model, hearer);
    }

    /** By a model; by the finder, with a note, where it says nothing. */
    private Answered generated(Asked asked, Finding finding, Model model, Hearer hearer) {
        Outcome outcome = readers.generating()
                .answer(
                        new Generating.Wanted(
                                asked.caller(),
                                asked.user(),
                                asked.conversation().id(),
                                asked.record(),
                                asked.patient(),
                                asked.text(),
                                model),
                        hearer::piece);
        if (outcome instanceof Outcome.Said said) {
            return said(asked, said);
        }
        return found(asked, finding, (Outcome.Silent) outcome);
    }

    private Answered found(Asked asked, Finding finding, Outcome.@Nullable Silent silent) {
        note(asked, Finder.NAME, finding.citations().stream().map(cited -> cited.type() + "/" + cited.id()));
        List<Cited> cited = cited(finding);
        Message answer = answer(asked, finding, cited, silent);
        transactions.executeWithoutResult(status -> {
            keep(asked, answer, finding, cited);
            if (silent != null && silent.told() != null) {
                readers.generating().settle(silent.told());
            }
        });
        return answered(asked, answer, finding.text(), cited);
    }

    private Answered said(Asked asked, Outcome.Said said) {
        try {
            note(asked, said.told().model().title(), said.shown().stream().map(Cited::resource));
            ModelAnswer checked = readers.generating().checked(said, new RecordView(asked.patient(), asked.caller()));
            List<Cited> kept = Stream.concat(checked.cited().stream(), said.shown().stream())
                    .toList();
            Message answer = answer(asked, said, checked, kept);
            transactions.executeWithoutResult(status -> {
                touch(asked, answer.timestamp());
                tables.messages().add(asked.conversation().id(), answer);
                pay(asked, said, answer.id());
                readers.generating().kept(said, checked.cited(), asked.record());
            });
            return answered(asked, answer, checked.text(), kept);
        } catch (RuntimeException e) {
            // What was used is paid, whatever became of the answer, such as when its conversation was deleted
            // meanwhile.
            transactions.executeWithoutResult(status -> {
                pay(asked, said, null);
                readers.generating().settle(said.told());
            });
            throw e;
        }
    }

    private void pay(Asked asked, Outcome.Said said, @Nullable UUID message) {
        Usage usage = said.reply().usage();
        costs.add(
                said.told().model().provider(),
                new ChatbotCosts.Use(
                        asked.user(),
                        message,
                        said.told().model().model(),
                        usage.inputTokens(),
                        usage.outputTokens(),
                        usage.isEstimated()));
    }

    private static Answered answered(Asked asked, Message answer, String text, List<Cited> cited) {
        return new Answered(
                Reader.view(asked.question(), asked.text(), List.of(), false), Reader.view(answer, text, cited, false));
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
                null,
                Remarks.NONE);
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
            return readers.finder().find(new Question(asked.text()), new RecordView(asked.patient(), asked.caller()));
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
                    null,
                    Remarks.NONE);
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

    /** The audit row names the reader; what it says of the record is in no log. */
    private static void note(Asked asked, String reader, Stream<String> resources) {
        asked.caller().call().record().detail("model", reader);
        asked.caller()
                .call()
                .record()
                .detail(
                        "cited",
                        resources
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

    private Message answer(Asked asked, Finding finding, List<Cited> cited, Outcome.@Nullable Silent silent) {
        return assistant(
                asked,
                EscalationPolicy.decide(asked.text(), finding),
                new Said(
                        finding.text(),
                        cited,
                        "complete",
                        MODEL,
                        finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        silent == null ? Remarks.NONE : new Remarks(silent.why().name(), List.of())));
    }

    private Message answer(Asked asked, Outcome.Said said, ModelAnswer checked, List<Cited> kept) {
        boolean isComplete = said.reply().finish() == Finish.COMPLETE;
        return assistant(
                asked,
                EscalationPolicy.decide(checked, isComplete),
                new Said(
                        checked.text(),
                        kept,
                        isComplete ? "complete" : "incomplete",
                        said.told().model().model(),
                        Message.GENERATED,
                        new Remarks(null, checked.unverified())));
    }

    /** What an answer is made of. */
    private record Said(
            String text, Collection<Cited> cited, String status, String model, String kind, Remarks remarks) {}

    private Message assistant(Asked asked, Verdict verdict, Said said) {
        UUID id = asked.answer();
        return new Message(
                id,
                "assistant",
                limits.sealing().seal(asked.record(), new Place(Place.CONTENT, id), said.text()),
                behind(asked.question()),
                verdict.confidence(),
                verdict.needsEscalation(),
                verdict.reason() == null ? null : verdict.reason().word(),
                limits.sealing()
                        .sealCitations(asked.record(), new Place(Place.CITATIONS, id), List.copyOf(said.cited())),
                said.status(),
                said.model(),
                said.kind(),
                said.remarks());
    }

    private void keep(Asked asked, Message answer, Finding finding, List<Cited> cited) {
        UUID conversation = asked.conversation().id();
        touch(asked, answer.timestamp());
        tables.interactions()
                .begin(new Sitting(conversation, "chat", asked.user(), asked.record()), answer.timestamp());
        tables.messages().add(conversation, answer);
        tables.escalated().answers(answer.id(), asked.question().id());
        UUID id = limits.ids().next();
        Sealing sealing = limits.sealing();
        tables.interactions()
                .add(
                        conversation,
                        new Interaction(
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
