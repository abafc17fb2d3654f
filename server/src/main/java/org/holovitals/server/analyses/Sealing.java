package org.holovitals.server.analyses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.UUID;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.vault.ShreddedException;
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

    /** The same for a caller, who is told when nothing can be kept. */
    String sealFor(UUID patient, Place place, String text) {
        try {
            return seal(patient, place, text);
        } catch (ShreddedException e) {
            throw destroyed();
        }
    }

    /** What was sealed, for a caller, who is told when nobody can read it any more. */
    String openFor(Place place, String sealed) {
        try {
            return open(place, sealed);
        } catch (ShreddedException e) {
            throw destroyed();
        }
    }

    static Problem destroyed() {
        return new Problem(
                ProblemType.CONFLICT, "The key of this record was destroyed, so nothing is kept of it or can be read");
    }

    String sealJson(UUID patient, Place place, Object value) {
        return seal(patient, place, JSON.valueToTree(value).toString());
    }

    String open(Place place, String sealed) {
        return vault.openText(place.context(), sealed);
    }

    <T> T openJson(Place place, String sealed, Class<T> type) {
        return read(open(place, sealed), type);
    }

    <T> T openJsonFor(Place place, String sealed, Class<T> type) {
        return read(openFor(place, sealed), type);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
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
