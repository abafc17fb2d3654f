package org.holovitals.server.chat;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Ids;
import org.holovitals.server.chat.Sealing.Place;
import org.holovitals.server.chat.Views.ConversationPage;
import org.holovitals.server.chat.Views.ConversationView;
import org.holovitals.server.chat.Views.MessagePage;
import org.holovitals.server.egress.Interactions;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.PatientKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** The conversations of users: starts, lists, shows, renames and deletes them. */
final class Shelf {
    private static final String UNNAMED = "New conversation";

    private final Tables tables;
    private final Reached reached;
    private final Reader reader;
    private final TransactionOperations transactions;
    private final Making making;

    Shelf(Tables tables, Reached reached, Reader reader, TransactionOperations transactions, Making making) {
        this.tables = tables;
        this.reached = reached;
        this.reader = reader;
        this.transactions = transactions;
        this.making = making;
    }

    /** The tables of conversations. */
    record Tables(
            PatientKeys keys,
            Conversations conversations,
            Messages messages,
            EscalatedMessages escalated,
            Interactions interactions) {}

    /** What new rows are made with. */
    record Making(Sealing sealing, Ids ids, Clock clock) {}

    ConversationView start(Caller caller, UUID user, Views.Start body) {
        String patient = reached.wanted(caller, body.patient());
        UUID record = tables.keys().record(patient).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        UUID id = making.ids().next();
        String title = body.title() == null
                ? null
                : making.sealing()
                        .seal(
                                record,
                                new Place(Place.TITLE, id),
                                Texts.required("title", body.title(), Texts.LONGEST_TITLE));
        tables.conversations().add(id, user, record, title, making.clock().instant());
        return view(reached.conversation(caller, user, id));
    }

    ConversationPage list(Caller caller, UUID user, @Nullable UUID after, int count) {
        List<Conversation> found =
                tables.conversations().list(user, reached.all(caller), after == null ? Ids.GREATEST : after, count + 1);
        found.stream()
                .map(Conversation::patient)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(patient -> caller.call().record().about(patient));
        List<Conversation> shown = found.subList(0, Math.min(found.size(), count));
        return new ConversationPage(
                shown.stream().map(this::view).toList(),
                found.size() > count ? shown.get(count - 1).id() : null);
    }

    MessagePage read(Caller caller, UUID user, UUID id, @Nullable UUID after, int count) {
        Conversation conversation = reached.conversation(caller, user, id);
        List<Message> found = tables.messages().list(id, after, count + 1);
        List<Message> shown = found.subList(0, Math.min(found.size(), count));
        return new MessagePage(
                view(conversation),
                reader.show(caller, conversation, shown),
                found.size() > count ? shown.get(count - 1).id() : null);
    }

    ConversationView rename(Caller caller, UUID user, UUID id, String title) {
        Conversation conversation = reached.conversation(caller, user, id);
        UUID record = Objects.requireNonNull(conversation.record());
        tables.conversations().rename(id, user, making.sealing().seal(record, new Place(Place.TITLE, id), title));
        return view(reached.conversation(caller, user, id));
    }

    /** Also one about a record that is not reached any more: it is the user's own. */
    void delete(Caller caller, UUID user, UUID id) {
        Conversation conversation =
                tables.conversations().find(id, user).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        if (conversation.patient() != null) {
            caller.call().record().about(conversation.patient());
        }
        transactions.executeWithoutResult(status -> {
            tables.interactions().delete(id);
            tables.conversations().delete(id, user);
        });
    }

    private ConversationView view(Conversation conversation) {
        return new ConversationView(
                conversation.id(),
                conversation.patient(),
                title(conversation),
                conversation.startedAt(),
                conversation.lastMessageAt());
    }

    private String title(Conversation conversation) {
        return Optional.ofNullable(conversation.title())
                .flatMap(title -> making.sealing().open(new Place(Place.TITLE, conversation.id()), title))
                .orElse(UNNAMED);
    }
}
