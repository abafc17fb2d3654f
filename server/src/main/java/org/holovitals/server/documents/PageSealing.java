package org.holovitals.server.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.holovitals.server.documents.PageTexts.SealedPage;
import org.holovitals.server.texts.PageText;
import org.holovitals.server.texts.PageText.Method;
import org.holovitals.server.texts.PageText.Word;
import org.holovitals.server.vault.Vault;

/** Encrypts what was read of a page under the key of the patient whose document it is. */
final class PageSealing {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TEXT = "ocr_results.raw_text:";
    private static final String WORDS = "ocr_results.words:";

    private final Vault vault;

    PageSealing(Vault vault) {
        this.vault = vault;
    }

    /** A row of its own id. */
    SealedPage seal(UUID record, UUID id, PageText page) {
        return new SealedPage(
                id,
                page.number(),
                page.method().name().toLowerCase(Locale.ROOT),
                vault.sealText(record, TEXT + id, page.text()),
                page.confidence(),
                page.words().isEmpty() ? null : vault.sealText(record, WORDS + id, json(page.words())));
    }

    String text(SealedPage page) {
        return vault.openText(TEXT + page.id(), page.text());
    }

    PageText open(SealedPage page) {
        String words = page.words();
        return new PageText(
                page.page(),
                Method.valueOf(page.method().toUpperCase(Locale.ROOT)),
                text(page),
                page.confidence(),
                words == null ? List.of() : words(vault.openText(WORDS + page.id(), words)));
    }

    private static String json(List<Word> words) {
        try {
            return JSON.writeValueAsString(words);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("words are plain records", e);
        }
    }

    private static List<Word> words(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("sealed words are not what was sealed", e);
        }
    }
}
