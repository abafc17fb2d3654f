package org.holovitals.server.chat;

import java.util.Objects;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Ids;
import org.holovitals.server.chat.Generating.Outcome;
import org.holovitals.server.chat.Views.Answered;
import org.holovitals.server.finder.Finder;
import org.holovitals.server.finder.Finding;
import org.holovitals.server.finder.Question;
import org.holovitals.server.models.Model;
import org.holovitals.server.models.Models;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Takes a question and answers it. The question is stored first; then the record is read, in no transaction of ours; the
 * answer is stored before any of it leaves. Only the pieces of a model's answer are heard before, where somebody asked to hear
 * them.
 */
final class Asking {
    private final Reached reached;
    private final Answers answers;
    private final Readers readers;
    private final Admission admission;
    private final Ids ids;

    Asking(Reached reached, Answers answers, Readers readers, Admission admission, Ids ids) {
        this.reached = reached;
        this.answers = answers;
        this.readers = readers;
        this.admission = admission;
        this.ids = ids;
    }

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

    Answered ask(Caller caller, UUID user, UUID id, Wish wish, Hearer hearer) {
        Model model = wish.model() == null
                ? null
                : readers.models()
                        .named(wish.model())
                        .orElseThrow(() -> new Problem(ProblemType.INVALID_REQUEST, "There is no such model here"));
        Conversation conversation = reached.conversation(caller, user, id);
        UUID record = Objects.requireNonNull(conversation.record());
        Asked asked = new Asked(
                caller, user, conversation, record, answers.draft(record, wish.text()), wish.text(), ids.next());
        answers.take(asked, admission);
        Finding finding = find(asked);
        boolean isForModel = finding.kind() == Finding.Kind.FOUND || finding.kind() == Finding.Kind.NOT_FOUND;
        if (model == null || !isForModel) {
            return answers.found(asked, finding, null);
        }
        hearer.taken(asked.question().id(), asked.answer());
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
        return outcome instanceof Outcome.Said said
                ? answers.said(asked, said)
                : answers.found(asked, finding, (Outcome.Silent) outcome);
    }

    private Finding find(Asked asked) {
        try {
            return readers.finder().find(new Question(asked.text()), asked.view());
        } catch (RuntimeException e) {
            answers.failed(asked);
            throw e;
        }
    }
}
