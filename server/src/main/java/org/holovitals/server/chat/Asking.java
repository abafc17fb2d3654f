package org.holovitals.server.chat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Ids;
import org.holovitals.server.chat.Generating.Outcome;
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

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Shelf.Tables tables;
    private final ChatbotCosts costs;
    private final Readers readers;
    private final TransactionOperations transactions;
    private final Limits limits;
    private final Drafts drafts;

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
        this.drafts = new Drafts(limits.sealing(), limits.ids(), limits.clock());
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

    private static Drafts.Behind behind(Asked asked) {
        return new Drafts.Behind(asked.record(), asked.question(), asked.text(), asked.answer());
    }

    Answered ask(Caller caller, UUID user, UUID id, Wish wish, Hearer hearer) {
        Model model = wish.model() == null
                ? null
                : readers.models()
                        .named(wish.model())
                        .orElseThrow(() -> new Problem(ProblemType.INVALID_REQUEST, "There is no such model here"));
        Conversation conversation = limits.reached().conversation(caller, user, id);
        UUID record = Objects.requireNonNull(conversation.record());
        Message question = drafts.question(record, wish.text());
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
        List<Cited> cited = Drafts.cited(finding);
        Message answer = drafts.found(behind(asked), finding, cited, silent);
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
            Message answer = drafts.generated(behind(asked), said, checked, kept);
            transactions.executeWithoutResult(status -> {
                touch(asked, answer.timestamp());
                tables.messages().add(asked.conversation().id(), answer);
                tables.escalated().answers(answer.id(), asked.question().id());
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
            Message failed = drafts.failed(asked.record(), asked.question());
            transactions.executeWithoutResult(status -> {
                touch(asked, failed.timestamp());
                tables.messages().add(asked.conversation().id(), failed);
            });
            throw e;
        }
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
                                Drafts.FINDER,
                                sealing.sealCitations(asked.record(), new Place(Place.SHOWN, id), cited)),
                        answer.timestamp());
        costs.add(PROVIDER, new ChatbotCosts.Use(asked.user(), answer.id(), Drafts.FINDER, 0, 0, false));
    }
}
