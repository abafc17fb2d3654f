package org.holovitals.server.egress;

import java.util.UUID;
import java.util.function.UnaryOperator;
import org.holovitals.server.access.Caller;
import org.holovitals.server.models.EgressMode;
import org.holovitals.server.models.Model;
import org.holovitals.server.models.Reply;
import org.jspecify.annotations.Nullable;

/**
 * What a model is to answer.
 *
 * @param mode how much may leave
 * @param statements numbered lines of the record, of the kind that the mode permits; not masked yet
 * @param place where it is asked: {@code chat} or {@code analysis}, and the conversation or task
 */
public record Inquiry(Model model, EgressMode mode, Whose whose, String text, String statements, Place place) {

    /**
     * Whose record it is, and who asks.
     *
     * @param record the row in patients
     * @param patient its FHIR id
     */
    public record Whose(Caller caller, UUID user, UUID record, String patient) {}

    /**
     * Where it is asked.
     *
     * @param isPaid whether what it may cost is kept of the user's day already
     */
    public record Place(String purpose, String table, UUID id, boolean isPaid) {}

    /**
     * What came of it.
     *
     * @param call the row in model_calls; null where nothing left
     * @param reservation what is kept of the user's day; null where nothing is, or by somebody else
     * @param restore gives a text of the model its dates again
     */
    public record Told(
            Model model,
            Reply reply,
            @Nullable UUID call,
            @Nullable UUID reservation,
            UnaryOperator<String> restore) {}
}
