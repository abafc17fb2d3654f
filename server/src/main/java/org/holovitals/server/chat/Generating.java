package org.holovitals.server.chat;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Ids;
import org.holovitals.server.chat.Sealing.Place;
import org.holovitals.server.chat.Views.Cited;
import org.holovitals.server.costs.Charge;
import org.holovitals.server.egress.Departed;
import org.holovitals.server.egress.Gateway;
import org.holovitals.server.egress.Inquiry;
import org.holovitals.server.egress.Inquiry.Told;
import org.holovitals.server.egress.Inquiry.Whose;
import org.holovitals.server.egress.Interactions;
import org.holovitals.server.egress.Interactions.Interaction;
import org.holovitals.server.egress.Interactions.Sitting;
import org.holovitals.server.egress.Statements;
import org.holovitals.server.finder.Citation;
import org.holovitals.server.finder.CitationCheck;
import org.holovitals.server.finder.Evidence;
import org.holovitals.server.finder.Finder;
import org.holovitals.server.finder.Question;
import org.holovitals.server.finder.RecordView;
import org.holovitals.server.models.EgressMode;
import org.holovitals.server.models.LanguageModel.Pieces;
import org.holovitals.server.models.Model;
import org.holovitals.server.models.Reply.Answered;
import org.holovitals.server.models.Reply.Failed;
import org.jspecify.annotations.Nullable;

/** Has a language model answer from what the finder holds ready, and checks what it says. */
final class Generating {
    private static final int MOST = 60;
    private static final String PURPOSE = "chat";

    private final Gateway gateway;
    private final Finder finder;
    private final CitationCheck check;
    private final Interactions interactions;
    private final Tools tools;

    Generating(Gateway gateway, Finder finder, CitationCheck check, Interactions interactions, Tools tools) {
        this.gateway = gateway;
        this.finder = finder;
        this.check = check;
        this.interactions = interactions;
        this.tools = tools;
    }

    /** What rows are made with. */
    record Tools(Sealing sealing, Ids ids, Clock clock) {}

    /** Who asks what. */
    record Wanted(Caller caller, UUID user, UUID conversation, UUID record, String patient, String text, Model model) {}

    /** How it ended. */
    sealed interface Outcome {
        /** A model has answered. What it was shown stands with the answer, as whoever reads it later has to see all of it. */
        record Said(Told told, Answered reply, Statements statements, UUID interaction) implements Outcome {
            List<Cited> shown() {
                return Generating.shown(statements);
            }
        }

        /**
         * None has.
         *
         * @param told what has to be settled; null where nothing was tried
         */
        record Silent(Note why, @Nullable Told told) implements Outcome {}
    }

    /** In no transaction of ours. */
    Outcome answer(Wanted wanted, Pieces pieces) {
        EgressMode mode = gateway.permitted(wanted.model(), wanted.record());
        if (mode == EgressMode.NONE) {
            return new Outcome.Silent(Note.NOT_PERMITTED, null);
        }
        RecordView view = new RecordView(wanted.patient(), wanted.caller());
        List<Evidence> found = finder.evidence(new Question(wanted.text()), view, MOST);
        if (found.isEmpty()) {
            return new Outcome.Silent(Note.NOTHING_TO_SHOW, null);
        }
        Statements statements = Statements.of(wanted.text(), found, mode);
        UUID interaction = tools.ids().next();
        Told told = ask(wanted, mode, statements, interaction, pieces);
        if (!(told.reply() instanceof Answered answered)) {
            return new Outcome.Silent(Note.of((Failed) told.reply()), told);
        }
        return new Outcome.Said(told, answered, statements, interaction);
    }

    /** What was said, with dates again, and each line with what was found of its citations. */
    ModelAnswer checked(Outcome.Said said, RecordView view) {
        return ModelAnswer.of(
                said.told().restore().apply(said.reply().text()),
                said.statements(),
                citations -> check.check(view, citations));
    }

    private Told ask(Wanted wanted, EgressMode mode, Statements statements, UUID interaction, Pieces pieces) {
        wanted.caller().call().record().detail("model", wanted.model().title());
        Inquiry inquiry = new Inquiry(
                wanted.model(),
                mode,
                new Whose(wanted.caller(), wanted.user(), wanted.record(), wanted.patient()),
                wanted.text(),
                statements.text(),
                new Inquiry.Place(PURPOSE, "chat_conversations", wanted.conversation(), false));
        try {
            return gateway.ask(inquiry, departed -> keep(wanted, statements, interaction, departed), pieces);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the server ends", e);
        }
    }

    private void keep(Wanted wanted, Statements statements, UUID interaction, Departed departed) {
        interactions.begin(
                new Sitting(wanted.conversation(), PURPOSE, wanted.user(), wanted.record()),
                tools.clock().instant());
        interactions.add(
                wanted.conversation(),
                new Interaction(
                        interaction,
                        tools.sealing().seal(wanted.record(), new Place(Place.QUERY, interaction), departed.text()),
                        null,
                        shown(statements).stream()
                                .map(Cited::resource)
                                .distinct()
                                .toList(),
                        wanted.model().model(),
                        null),
                departed,
                tools.clock().instant());
    }

    /** Behind the last line of any answer, as no line rests on it. */
    private static List<Cited> shown(Statements statements) {
        return statements.citations().stream()
                .map(citation -> Cited.of(Cited.NO_SENTENCE, citation))
                .toList();
    }

    /** In the transaction that keeps the answer; empty where it was paid already, as one that was lost. */
    Optional<Charge> settle(Told told) {
        return gateway.settle(told);
    }

    /** What the model said, in that transaction. */
    void kept(Outcome.Said said, List<Cited> cited, UUID record) {
        Sealing sealing = tools.sealing();
        interactions.answer(
                said.interaction(),
                sealing.seal(
                        record,
                        new Place(Place.RESPONSE, said.interaction()),
                        said.reply().text()),
                sealing.sealCitations(record, new Place(Place.SHOWN, said.interaction()), cited));
    }

    /** Why a model did not answer, for whoever asked. */
    enum Note {
        /** By the patient's choice, or the operator's. */
        NOT_PERMITTED("The record may not be sent to this model, so it was not asked."),
        /** The finder has nothing that the caller may see. */
        NOTHING_TO_SHOW("There was nothing in the record to ask the model about."),
        /** The user has spent what may be spent today. */
        QUOTA("The model was not asked: it would be more than may be spent today."),
        /** Too much is under way. */
        BUSY("The model is busy, so it was not asked."),
        /** Something that names a person would have left, or it could not be kept. */
        WITHHELD("What would have been sent was held back, so the model was not asked."),
        /** It did not answer. */
        UNAVAILABLE("The model did not answer, so this is what was found in the record.");

        private final String words;

        Note(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        static Note of(Failed failed) {
            return switch (failed.failure()) {
                case QUOTA -> QUOTA;
                case BUSY -> BUSY;
                case WITHHELD -> WITHHELD;
                case RATE_LIMITED, REFUSED, PROVIDER_ERROR, UNREACHABLE, TIMEOUT, MALFORMED, TOO_LONG -> UNAVAILABLE;
            };
        }
    }

    /** Citations with what was found of each. */
    @FunctionalInterface
    interface Checking {
        List<Citation> check(List<Citation> citations);
    }
}
