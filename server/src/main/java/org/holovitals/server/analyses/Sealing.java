package org.holovitals.server.analyses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.UUID;
import org.holovitals.server.vault.Vault;

/** Seals what tasks hold of records under their patients' keys; what is sealed for one column opens in no other. */
final class Sealing {
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private final Vault vault;

    Sealing(Vault vault) {
        this.vault = vault;
    }

    /** Where a sealed text stands: the table and column, and the row. */
    record Place(String column, UUID row) {
        String context() {
            return column + ":" + row;
        }
    }

    String seal(UUID patient, Place place, String text) {
        return vault.sealText(patient, place.context(), text);
    }

    String sealJson(UUID patient, Place place, Object value) {
        return seal(patient, place, JSON.valueToTree(value).toString());
    }

    String open(Place place, String sealed) {
        return vault.openText(place.context(), sealed);
    }

    <T> T openJson(Place place, String sealed, Class<T> type) {
        try {
            return JSON.readValue(open(place, sealed), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Only " + type.getSimpleName() + " is written there", e);
        }
    }

    static Place prompt(UUID task) {
        return new Place("analysis_queue.prompt", task);
    }

    static Place result(UUID task) {
        return new Place("analysis_queue.result", task);
    }
}
