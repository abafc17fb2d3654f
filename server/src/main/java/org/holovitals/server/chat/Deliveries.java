package org.holovitals.server.chat;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.analyses.Status;
import org.holovitals.server.analyses.TaskEnd;
import org.holovitals.server.analyses.TaskEnd.Line;
import org.holovitals.server.analyses.TaskEnd.Report;
import org.holovitals.server.analyses.TaskEndings;
import org.holovitals.server.chat.EscalatedMessages.Origin;
import org.holovitals.server.chat.Sealing.Place;
import org.holovitals.server.chat.Views.Cited;
import org.jspecify.annotations.Nullable;

/**
 * Tells of the ends of analyses in the conversations that they were asked for in. It works in the transaction of the end, so a
 * message stands there once, whoever was killed when. Who reads it is asked for his rights again each time.
 */
final class Deliveries implements TaskEndings {
    private static final String UNCONFIRMED =
            "One statement could not be confirmed against the record, so it is not stated.";
    private static final String NOTHING = "Nothing was found in your record that answers this.";
    private static final String WITHOUT_RESULT = "The analysis has no result. ";

    private final Conversations conversations;
    private final EscalatedMessages messages;
    private final Shelf.Making making;

    Deliveries(Conversations conversations, EscalatedMessages messages, Shelf.Making making) {
        this.conversations = conversations;
        this.messages = messages;
        this.making = making;
    }

    @Override
    public void ended(TaskEnd end) {
        messages.origin(end.task()).ifPresent(origin -> deliver(origin, end));
    }

    @Override
    public void reopened(UUID task) {
        messages.withdraw(task);
    }

    /** Under a key that was destroyed nothing can be kept, and in a conversation that is gone nothing is told. */
    private void deliver(Origin origin, TaskEnd end) {
        UUID id = making.ids().next();
        Report report = end.report();
        Optional<String> content =
                making.sealing().sealUnlessShredded(origin.record(), new Place(Place.CONTENT, id), text(end));
        if (content.isEmpty()
                || !conversations.touch(
                        origin.conversation(), origin.user(), making.clock().instant())) {
            return;
        }
        Message message = new Message(
                id,
                "assistant",
                content.get(),
                making.clock().instant().truncatedTo(ChronoUnit.MICROS),
                null,
                false,
                null,
                report == null
                        ? null
                        : making.sealing()
                                .sealCitations(origin.record(), new Place(Place.CITATIONS, id), cited(report)),
                end.status() == Status.COMPLETED ? "complete" : "failed",
                end.model(),
                kind(report),
                Message.Remarks.NONE);
        var unused =
                messages.deliver(origin.conversation(), end.task(), message, report == null ? null : report.label());
    }

    private static @Nullable String kind(@Nullable Report report) {
        if (report == null) {
            return null;
        }
        return report.lines().isEmpty() ? "not-found" : "found";
    }

    /** A line for each statement. */
    private static String text(TaskEnd end) {
        Report report = end.report();
        if (report == null) {
            return WITHOUT_RESULT + end.reason() + ".";
        }
        return report.lines().isEmpty()
                ? NOTHING
                : String.join(
                        "\n", report.lines().stream().map(Deliveries::line).toList());
    }

    private static String line(Line line) {
        return line.isStated() ? line.text().replace('\n', ' ') : UNCONFIRMED;
    }

    /** Of a source as a whole: its FHIRPath is its type. */
    private static List<Cited> cited(Report report) {
        List<Cited> cited = new ArrayList<>();
        for (int i = 0; i < report.lines().size(); i++) {
            int sentence = i;
            Line line = report.lines().get(i);
            line.sources()
                    .forEach(source -> cited.add(new Cited(
                            sentence,
                            source.type() + "/" + source.id(),
                            source.version(),
                            source.type(),
                            source.value(),
                            line.isStated() && source.isVerified())));
        }
        return List.copyOf(cited);
    }
}
