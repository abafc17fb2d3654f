package org.holovitals.server.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.chat.Views.Answered;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/conversations/{id}/messages}: a question about the record, and its answer. */
@RestController
@ConditionalOnWebApplication
final class MessageEndpoint {
    private final Asking asking;
    private final ObjectMapper json;
    private final ChatSettings settings;
    private final Users users;

    MessageEndpoint(Asking asking, ObjectMapper json, ChatSettings settings, Users users) {
        this.asking = asking;
        this.json = json;
        this.settings = settings;
        this.users = users;
    }

    /** As JSON, or as events where the caller accepts only these; null when they have been written. */
    @PostMapping(
            value = "/api/conversations/{id}/messages",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE})
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    @Nullable
    ResponseEntity<Answered> ask(
            @PathVariable UUID id,
            @RequestBody Views.Ask body,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            HttpServletResponse response,
            Caller caller) {
        caller.call().record().action("ask");
        caller.call().record().resource("chat_conversations", id.toString());
        String text = Texts.required("text", body.text(), settings.longestQuestion());
        Asking.Wish wish = new Asking.Wish(text, body.model());
        UUID user = users.of(caller);
        if (!wantsEvents(accept)) {
            Answered answered = asking.ask(caller, user, id, wish, Asking.Hearer.NOBODY);
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answered);
        }
        MessageStream stream = new MessageStream(response, json);
        stream.write(asking.ask(caller, user, id, wish, stream));
        return null;
    }

    private static boolean wantsEvents(@Nullable String accept) {
        List<MediaType> accepted = MediaType.parseMediaTypes(accept);
        return accepted.stream().anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM))
                && accepted.stream().noneMatch(type -> type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON));
    }
}
