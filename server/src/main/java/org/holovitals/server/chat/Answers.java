package org.holovitals.server.chat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.holovitals.server.chat.Generating.Outcome;
import org.holovitals.server.chat.Sealing.Place;
import org.holovitals.server.chat.Views.Answered;
import org.holovitals.server.chat.Views.Cited;
import org.holovitals.server.costs.ChatbotCosts;
import org.holovitals.server.egress.Interactions.Interaction;
import org.holovitals.server.egress.Interactions.Sitting;
import org.holovitals.server.finder.Finder;
import org.holovitals.server.finder.Finding;
import org.holovitals.server.models.Usage;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Keeps questions and answers. An answer, what it cost and what was shown for it are one transaction. */
final class Answers {
    /** As the price list names the finder. */
    private static final String PROVIDER = "local";

    private final Shelf.Tables tables;
    private final ChatbotCosts costs;
    private final Generating generating;
    private final Shelf.Making making;
    private final TransactionOperations transactions;
    private final Drafts drafts;

    Answers(
            Shelf.Tables tables,
            ChatbotCosts costs,
            Generating generating,
            Shelf.Making making,
            TransactionOperations transactions) {
        this.tables = tables;
        this.costs = costs;
        this.generating = generating;
        this.making = making;
        this.transactions = transactions;
        this.drafts = new Drafts(making.sealing(), making.ids(), making.clock());
    }

    Message draft(UUID record, String question) {
        return drafts.question(record, question);
    }

    /** Stores the question, if it is admitted. */
    void take(Asked asked, Admission admission) {
        transactions.executeWithoutResult(status -> {
            Instant now = asked.question().timestamp();
            admission.admit(asked.user(), now);
            UUID id = asked.conversation().id();
            touch(asked, now);
            tables.messages().add(id, asked.question());
            tables.conversations()
                    .nameIfUnnamed(
                            id,
                            making.sealing()
                                    .seal(asked.record(), new Place(Place.TITLE, id), Texts.title(asked.text())));
        });
    }

    /** Says in place of an answer that there is none. */
    void failed(Asked asked) {
        Message failed = drafts.failed(asked.record(), asked.question());
        transactions.executeWithoutResult(status -> {
            touch(asked, failed.timestamp());
            tables.messages().add(asked.conversation().id(), failed);
        });
    }

    /** The finder's; {@code silent} tells why a model that was asked for says nothing. */
    Answered found(Asked asked, Finding finding, Outcome.@Nullable Silent silent) {
        asked.note(Finder.NAME, finding.citations().stream().map(cited -> cited.type() + "/" + cited.id()));
        List<Cited> cited = Drafts.cited(finding);
        Message answer = drafts.found(asked.behind(), finding, cited, silent);
        transactions.executeWithoutResult(status -> {
            tables.interactions()
                    .begin(
                            new Sitting(asked.conversation().id(), "chat", asked.user(), asked.record()),
                            answer.timestamp());
            add(asked, answer);
            shown(asked, answer, finding, cited);
            costs.add(PROVIDER, new ChatbotCosts.Use(asked.user(), answer.id(), Drafts.FINDER, 0, 0, false));
            if (silent != null && silent.told() != null) {
                var unused = generating.settle(silent.told());
            }
        });
        return answered(asked, answer, finding.text(), cited);
    }

    private void shown(Asked asked, Message answer, Finding finding, List<Cited> cited) {
        UUID conversation = asked.conversation().id();
        UUID id = making.ids().next();
        Sealing sealing = making.sealing();
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
    }

    /** A model's, with each line checked. */
    Answered said(Asked asked, Outcome.Said said) {
        try {
            asked.note(said.told().model().title(), said.shown().stream().map(Cited::resource));
            ModelAnswer checked = generating.checked(said, asked.view());
            List<Cited> kept = Stream.concat(checked.cited().stream(), said.shown().stream())
                    .toList();
            Message answer = drafts.generated(asked.behind(), said, checked, kept);
            transactions.executeWithoutResult(status -> {
                add(asked, answer);
                pay(asked, said, answer.id());
                generating.kept(said, checked.cited(), asked.record());
            });
            return answered(asked, answer, checked.text(), kept);
        } catch (RuntimeException e) {
            // What was used is paid, whatever became of the answer, such as when its conversation was deleted
            // meanwhile.
            transactions.executeWithoutResult(status -> pay(asked, said, null));
            throw e;
        }
    }

    private void pay(Asked asked, Outcome.Said said, @Nullable UUID message) {
        generating.settle(said.told()).ifPresent(charge -> costs.add(use(asked, said, message), charge));
    }

    private static ChatbotCosts.Use use(Asked asked, Outcome.Said said, @Nullable UUID message) {
        Usage usage = said.reply().usage();
        return new ChatbotCosts.Use(
                asked.user(),
                message,
                said.told().model().model(),
                usage.inputTokens(),
                usage.outputTokens(),
                usage.isEstimated());
    }

    private void add(Asked asked, Message answer) {
        touch(asked, answer.timestamp());
        tables.messages().add(asked.conversation().id(), answer);
        tables.escalated().answers(answer.id(), asked.question().id());
    }

    private void touch(Asked asked, Instant now) {
        if (!tables.conversations().touch(asked.conversation().id(), asked.user(), now)) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
    }

    private static Answered answered(Asked asked, Message answer, String text, List<Cited> cited) {
        return new Answered(
                Reader.view(asked.question(), asked.text(), List.of(), false), Reader.view(answer, text, cited, false));
    }
}
