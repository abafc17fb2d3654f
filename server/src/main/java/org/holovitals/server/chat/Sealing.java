package org.holovitals.server.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.chat.Views.Cited;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.vault.ShreddedException;
import org.holovitals.server.vault.Vault;
import org.jspecify.annotations.Nullable;

/** Encrypts what is said in a conversation under the key of the patient whom it is about, each piece for its own place. */
final class Sealing {
    private final Vault vault;
    private final ObjectMapper json;

    Sealing(Vault vault, ObjectMapper json) {
        this.vault = vault;
        this.json = json;
    }

    /** Where a sealed text stands; it opens nowhere else. */
    record Place(String column, UUID row) {
        static final String CONTENT = "chat_messages.content";
        static final String CITATIONS = "chat_messages.citations";
        static final String TITLE = "chat_conversations.title";
        static final String QUERY = "ai_interactions.query";
        static final String RESPONSE = "ai_interactions.response";
        static final String SHOWN = "ai_interactions.citations";

        private String context() {
            return column + ":" + row;
        }
    }

    /** Refuses what would be said of a patient whose key was destroyed. */
    String seal(UUID record, Place place, String text) {
        try {
            return vault.sealText(record, place.context(), text);
        } catch (ShreddedException e) {
            throw new Problem(
                    ProblemType.CONFLICT, "The key of this record was destroyed, so nothing more is kept of it");
        }
    }

    /** Empty where the patient's key was destroyed: nothing more is kept then. */
    Optional<String> sealUnlessShredded(UUID record, Place place, String text) {
        try {
            return Optional.of(vault.sealText(record, place.context(), text));
        } catch (ShreddedException e) {
            return Optional.empty();
        }
    }

    /** Empty where the patient's key was destroyed: then nobody can read it any more. */
    Optional<String> open(Place place, String sealed) {
        try {
            return Optional.of(vault.openText(place.context(), sealed));
        } catch (ShreddedException e) {
            return Optional.empty();
        }
    }

    /** Null where there are none. */
    @Nullable
    String sealCitations(UUID record, Place place, List<Cited> citations) {
        try {
            return citations.isEmpty() ? null : seal(record, place, json.writeValueAsString(citations));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("citations are plain records", e);
        }
    }

    /** None where there are none, and where they cannot be read any more. */
    List<Cited> openCitations(Place place, @Nullable String sealed) {
        Optional<String> opened = sealed == null ? Optional.empty() : open(place, sealed);
        try {
            return opened.isEmpty() ? List.of() : json.readValue(opened.get(), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("sealed citations are not what was sealed", e);
        }
    }
}
