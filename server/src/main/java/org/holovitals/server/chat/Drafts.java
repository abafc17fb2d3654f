package org.holovitals.server.chat;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.holovitals.server.chat.EscalationPolicy.Verdict;
import org.holovitals.server.chat.Generating.Outcome;
import org.holovitals.server.chat.Message.Remarks;
import org.holovitals.server.chat.Sealing.Place;
import org.holovitals.server.chat.Views.Cited;
import org.holovitals.server.finder.Finding;
import org.holovitals.server.models.Reply.Finish;
import org.jspecify.annotations.Nullable;

/** Makes the rows of questions and answers, sealed and not stored yet. */
final class Drafts {
    /** As the price list names the finder. */
    static final String FINDER = "record-finder";

    private static final String FAILED = "The question could not be answered. Please ask again.";

    private final Sealing sealing;
    private final Ids ids;
    private final Clock clock;

    Drafts(Sealing sealing, Ids ids, Clock clock) {
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Where an answer stands.
     *
     * @param record whose it is, by the row in patients
     * @param text of the question
     * @param answer its id
     */
    record Behind(UUID record, Message question, String text, UUID answer) {}

    Message question(UUID record, String text) {
        return plain(record, "user", text, now(), "complete");
    }

    /** In place of an answer. */
    Message failed(UUID record, Message question) {
        return plain(record, "assistant", FAILED, after(question), "failed");
    }

    private Message plain(UUID record, String role, String text, Instant at, String status) {
        UUID id = ids.next();
        String content = sealing.seal(record, new Place(Place.CONTENT, id), text);
        return new Message(id, role, content, at, null, false, null, null, status, null, null, Remarks.NONE);
    }

    /** By the finder; {@code silent} tells why a model that was asked for says nothing. */
    Message found(Behind behind, Finding finding, List<Cited> cited, Outcome.@Nullable Silent silent) {
        return answer(
                behind,
                EscalationPolicy.decide(behind.text(), finding),
                new Said(
                        finding.text(),
                        cited,
                        "complete",
                        FINDER,
                        finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        new Remarks(silent == null ? null : silent.why().name(), List.of(), finding.looked())));
    }

    /** By a model. */
    Message generated(Behind behind, Outcome.Said said, ModelAnswer checked, List<Cited> kept) {
        boolean isComplete = said.reply().finish() == Finish.COMPLETE;
        return answer(
                behind,
                EscalationPolicy.decide(checked, isComplete),
                new Said(
                        checked.text(),
                        kept,
                        isComplete ? "complete" : "incomplete",
                        said.told().model().model(),
                        Message.GENERATED,
                        new Remarks(null, checked.unverified(), List.of())));
    }

    /** What an answer is made of. */
    private record Said(
            String text, Collection<Cited> cited, String status, String model, String kind, Remarks remarks) {}

    private Message answer(Behind behind, Verdict verdict, Said said) {
        UUID id = behind.answer();
        return new Message(
                id,
                "assistant",
                sealing.seal(behind.record(), new Place(Place.CONTENT, id), said.text()),
                after(behind.question()),
                verdict.confidence(),
                verdict.needsEscalation(),
                verdict.reason() == null ? null : verdict.reason().word(),
                sealing.sealCitations(behind.record(), new Place(Place.CITATIONS, id), List.copyOf(said.cited())),
                said.status(),
                said.model(),
                said.kind(),
                said.remarks());
    }

    static List<Cited> cited(Finding finding) {
        List<Cited> cited = new ArrayList<>();
        for (int i = 0; i < finding.sentences().size(); i++) {
            int sentence = i;
            finding.sentences().get(i).citations().stream()
                    .distinct()
                    .forEach(citation -> cited.add(Cited.of(sentence, citation)));
        }
        return List.copyOf(cited);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** An answer stands behind its question however exact the clock is. */
    private Instant after(Message question) {
        Instant now = now();
        return now.isAfter(question.timestamp()) ? now : question.timestamp().plus(1, ChronoUnit.MICROS);
    }
}
