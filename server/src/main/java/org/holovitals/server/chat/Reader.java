package org.holovitals.server.chat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holovitals.server.access.Caller;
import org.holovitals.server.chat.Sealing.Place;
import org.holovitals.server.chat.Views.Cited;
import org.holovitals.server.chat.Views.MessageView;
import org.holovitals.server.finder.Citation;
import org.holovitals.server.finder.CitationCheck;
import org.holovitals.server.finder.Finding;
import org.holovitals.server.finder.RecordView;

/** Opens messages for a caller who reaches the record; of answers those only that he might be given today. */
final class Reader {
    private static final String WITHHELD = "Your access does not open what this answer tells of any more.";

    private static final String DESTROYED = "The key of this record was destroyed, so nobody can read this any more.";

    private final Sealing sealing;
    private final CitationCheck check;
    private final EscalatedMessages escalated;

    Reader(Sealing sealing, CitationCheck check, EscalatedMessages escalated) {
        this.sealing = sealing;
        this.check = check;
        this.escalated = escalated;
    }

    private record Opened(Message message, List<Cited> cited) {}

    List<MessageView> show(Caller caller, Conversation conversation, List<Message> messages) {
        List<Opened> opened = messages.stream()
                .map(message -> new Opened(
                        message, sealing.openCitations(place(Place.CITATIONS, message.id()), message.citations())))
                .toList();
        Set<Citation> all = opened.stream()
                .flatMap(each -> each.cited().stream().map(Cited::citation))
                .collect(Collectors.toSet());
        Set<Citation> seen = check.seen(new RecordView(Objects.requireNonNull(conversation.patient()), caller), all);
        Map<UUID, Escalated> analyses =
                escalated.of(messages.stream().map(Message::id).toList());
        return opened.stream()
                .map(each -> seen.containsAll(
                                each.cited().stream().map(Cited::citation).toList())
                        ? open(each)
                        : view(each.message(), WITHHELD, List.of(), true))
                .map(view -> analyses.containsKey(view.id()) ? view.of(analyses.get(view.id())) : view)
                .toList();
    }

    private MessageView open(Opened opened) {
        Message message = opened.message();
        return sealing.open(place(Place.CONTENT, message.id()), message.content())
                .map(text -> view(message, text, opened.cited(), false))
                .orElseGet(() -> view(message, DESTROYED, List.of(), true));
    }

    private static Place place(String column, UUID row) {
        return new Place(column, row);
    }

    static MessageView view(Message message, String text, List<Cited> cited, boolean isWithheld) {
        return new MessageView(
                message.id(),
                message.role(),
                text,
                message.model() == null ? null : "quick",
                message.model() == null ? null : Finding.LABEL,
                message.kind(),
                cited,
                message.confidence(),
                message.needsEscalation(),
                message.escalationReason(),
                message.status(),
                message.model(),
                message.timestamp(),
                null,
                isWithheld);
    }
}
