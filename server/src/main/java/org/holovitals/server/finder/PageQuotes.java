package org.holovitals.server.finder;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.documents.DocumentTexts;
import org.holovitals.server.vault.ShreddedException;

/**
 * Reads again whether words stand on a page of a document. In a citation the page takes the path's place, as a fragment of the
 * document's address does (RFC 8118, section 3).
 */
final class PageQuotes {
    private static final Pattern PATH = Pattern.compile("#page=([1-9]\\d{0,4})");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final String TYPE = "DocumentReference";

    private final DocumentTexts documents;

    PageQuotes(DocumentTexts documents) {
        this.documents = documents;
    }

    static String path(int page) {
        return "#page=" + page;
    }

    /** A text in one line. */
    static String plain(String text) {
        return SPACE.matcher(text.strip()).replaceAll(" ");
    }

    /** Whether the words of a claim stand on the page that a path names, in a resource that its reader may see. */
    boolean hold(Claim claim, String path) {
        Matcher page = PATH.matcher(path);
        if (!page.matches()
                || !claim.source().type().equals(TYPE)
                || claim.value().isBlank()) {
            return false;
        }
        try {
            return documents.page(claim.source().id(), Integer.parseInt(page.group(1))).stream()
                    .anyMatch(text -> plain(text).contains(plain(claim.value())));
        } catch (ShreddedException e) {
            // Nobody can read it any more.
            return false;
        }
    }
}
