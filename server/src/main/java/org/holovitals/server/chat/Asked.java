package org.holovitals.server.chat;

import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Caller;
import org.holovitals.server.finder.RecordView;

/**
 * Who asks what in which conversation.
 *
 * @param record whose it is, by the row in patients
 * @param answer the id that the answer will have
 */
record Asked(
        Caller caller, UUID user, Conversation conversation, UUID record, Message question, String text, UUID answer) {

    String patient() {
        return Objects.requireNonNull(conversation.patient());
    }

    RecordView view() {
        return new RecordView(patient(), caller);
    }

    Drafts.Behind behind() {
        return new Drafts.Behind(record, question, text, answer);
    }

    /** The audit row names the reader; what it says of the record is in no log. */
    void note(String reader, Stream<String> resources) {
        caller.call().record().detail("model", reader);
        caller.call()
                .record()
                .detail(
                        "cited",
                        resources
                                .distinct()
                                .collect(Collectors.groupingBy(
                                        reference -> reference.substring(0, reference.indexOf('/')),
                                        Collectors.summingInt(reference -> 1))));
    }
}
