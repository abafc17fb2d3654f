package org.holovitals.server.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.vault.ShreddedException;
import org.holovitals.server.vault.Vault;
import org.jspecify.annotations.Nullable;

/** Encrypts what a file says under the key of the patient whose record it is for, each piece for its own place. */
final class Sealing {
    private static final String CONTENT = "import_entries.content:";
    private static final String NAME = "imports.name:";
    private static final String REPORT = "imports.report:";

    private final Vault vault;
    private final ObjectMapper json;

    Sealing(Vault vault, ObjectMapper json) {
        this.vault = vault;
        this.json = json;
    }

    /**
     * What is said of a file to its owner only.
     *
     * @param differences in what the file's patient is not the record's
     * @param losses what of the file is left out
     */
    record Report(List<Difference> differences, List<String> losses) {}

    /**
     * Something of a patient that is not the same.
     *
     * @param what such as birthDate
     */
    record Difference(
            String what, @Nullable String file, @Nullable String record) {}

    String content(UUID patient, UUID entry, String content) {
        return seal(patient, CONTENT + entry, content);
    }

    String openContent(UUID entry, String sealed) {
        return open(CONTENT + entry, sealed);
    }

    @Nullable
    String name(UUID patient, UUID id, @Nullable String name) {
        return name == null ? null : seal(patient, NAME + id, name);
    }

    @Nullable
    String openName(UUID id, @Nullable String sealed) {
        return sealed == null ? null : open(NAME + id, sealed);
    }

    String report(UUID patient, UUID id, Report report) {
        try {
            return seal(patient, REPORT + id, json.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is plain records", e);
        }
    }

    Report openReport(UUID id, @Nullable String sealed) {
        try {
            return sealed == null
                    ? new Report(List.of(), List.of())
                    : json.readValue(open(REPORT + id, sealed), Report.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sealed report is not what was sealed", e);
        }
    }

    private String seal(UUID patient, String context, String text) {
        try {
            return vault.sealText(patient, context, text);
        } catch (ShreddedException e) {
            throw new Problem(
                    ProblemType.CONFLICT, "The key of this record was destroyed, so nothing more is kept of it");
        }
    }

    private String open(String context, String sealed) {
        try {
            return vault.openText(context, sealed);
        } catch (ShreddedException e) {
            throw new Problem(ProblemType.SEALED_UNREADABLE, "The key of this record was destroyed");
        }
    }
}
