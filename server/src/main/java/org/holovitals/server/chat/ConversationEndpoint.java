package org.holovitals.server.chat;

import java.net.URI;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.chat.Views.ConversationPage;
import org.holovitals.server.chat.Views.ConversationView;
import org.holovitals.server.chat.Views.MessagePage;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/conversations}: the caller's own, about records that he reaches at this moment. */
@RestController
@ConditionalOnWebApplication
final class ConversationEndpoint {
    private static final int MOST = 100;
    private static final String USUAL = "20";
    private static final String TABLE = "chat_conversations";

    private final Shelf shelf;
    private final Users users;

    ConversationEndpoint(Shelf shelf, Users users) {
        this.shelf = shelf;
        this.users = users;
    }

    @PostMapping("/api/conversations")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    ResponseEntity<ConversationView> start(@RequestBody(required = false) Views.@Nullable Start body, Caller caller) {
        note(caller, "start-conversation", null);
        ConversationView started =
                shelf.start(caller, users.of(caller), body == null ? new Views.Start(null, null) : body);
        note(caller, "start-conversation", started.id());
        return ResponseEntity.created(URI.create("/api/conversations/" + started.id()))
                .body(started);
    }

    @GetMapping("/api/conversations")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    ConversationPage list(
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = USUAL) int count,
            Caller caller) {
        note(caller, "list-conversations", null);
        return shelf.list(caller, users.of(caller), after, checked(count));
    }

    @GetMapping("/api/conversations/{id}")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    MessagePage read(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = USUAL) int count,
            Caller caller) {
        note(caller, "read-conversation", id);
        return shelf.read(caller, users.of(caller), id, after, checked(count));
    }

    @PatchMapping("/api/conversations/{id}")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    ConversationView rename(@PathVariable UUID id, @RequestBody Views.Title body, Caller caller) {
        note(caller, "rename-conversation", id);
        String title = Texts.required("title", body.title(), Texts.LONGEST_TITLE);
        return shelf.rename(caller, users.of(caller), id, title);
    }

    @DeleteMapping("/api/conversations/{id}")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, Caller caller) {
        note(caller, "delete-conversation", id);
        shelf.delete(caller, users.of(caller), id);
    }

    private static void note(Caller caller, String action, @Nullable UUID id) {
        caller.call().record().action(action);
        caller.call().record().resource(TABLE, id == null ? null : id.toString());
    }

    private static int checked(int count) {
        if (count < 1 || count > MOST) {
            throw new Problem(ProblemType.INVALID_REQUEST, "count has to be a number from 1 to " + MOST);
        }
        return count;
    }
}
