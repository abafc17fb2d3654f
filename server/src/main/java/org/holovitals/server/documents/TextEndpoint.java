package org.holovitals.server.documents;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.texts.PageText;
import org.holovitals.server.texts.PageText.Word;
import org.holovitals.server.vault.ShreddedException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/documents/ID/text}: what was read of a document. */
@RestController
@ConditionalOnWebApplication
final class TextEndpoint {
    private static final int MOST = 100;
    private static final String USUAL = "20";

    private final DocumentReach reach;
    private final Pages pages;

    TextEndpoint(DocumentReach reach, Pages pages) {
        this.reach = reach;
        this.pages = pages;
    }

    /**
     * Some pages of a document.
     *
     * @param status how far the reading is; there are no pages before it is complete
     * @param failure why no text could be read, as a code
     * @param next what to give as {@code after} for more pages; null behind the last
     */
    record TextView(
            String status,
            @Nullable String failure,
            List<PageView> pages,
            @Nullable Integer next) {}

    /**
     * One page.
     *
     * @param page from 1
     * @param method {@code text_layer} or {@code tesseract}
     * @param confidence 0 to 1; null for a text that stands in the file
     * @param words with their places, of a text that was recognised, where they are asked for
     */
    record PageView(int page, String method, @Nullable Double confidence, String text, List<Word> words) {}

    @GetMapping("/api/documents/{id}/text")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    TextView text(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = USUAL) int count,
            @RequestParam(defaultValue = "false") boolean words,
            Caller caller) {
        DocumentEndpoint.note(caller, "read-document-text", id);
        Document document = reach.read(caller, id);
        if (count < 1 || count > MOST) {
            throw new Problem(ProblemType.INVALID_REQUEST, "count has to be a number from 1 to " + MOST);
        }
        List<PageText> found = opened(id, after, count + 1);
        List<PageText> page = found.size() > count ? found.subList(0, count) : found;
        return new TextView(
                document.status().code(),
                document.failure(),
                page.stream().map(each -> view(each, words)).toList(),
                found.size() > count ? page.get(count - 1).number() : null);
    }

    private List<PageText> opened(UUID id, int after, int limit) {
        try {
            return pages.of(id, after, limit);
        } catch (ShreddedException e) {
            throw new Problem(ProblemType.DOCUMENT_UNREADABLE, "The key of this record was destroyed");
        }
    }

    private static PageView view(PageText page, boolean withWords) {
        return new PageView(
                page.number(),
                page.method().name().toLowerCase(Locale.ROOT),
                page.confidence(),
                page.text(),
                withWords ? page.words() : List.of());
    }
}
