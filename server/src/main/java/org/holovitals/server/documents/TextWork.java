package org.holovitals.server.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.holovitals.server.documents.TextQueue.Claim;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.texts.Failure;
import org.holovitals.server.texts.PageText;
import org.holovitals.server.texts.TextReader;
import org.holovitals.server.vault.ShreddedException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the text of documents, one after the other. A document that was claimed and not ended, since its reader was killed, is
 * read again; after some tries it is given up.
 */
final class TextWork {
    /** Its bytes are not there any more, or not those that were kept. */
    private static final String UNREADABLE = "unreadable";

    private static final int ATTEMPTS = 3;

    private final TextQueue queue;
    private final Documents documents;
    private final StoredFiles files;
    private final TextReader reader;
    private final Keeping keeping;

    TextWork(TextQueue queue, Documents documents, StoredFiles files, TextReader reader, Keeping keeping) {
        this.queue = queue;
        this.documents = documents;
        this.files = files;
        this.reader = reader;
        this.keeping = keeping;
    }

    /** Where what was read goes. */
    record Keeping(Pages pages, List<PageListener> listeners, TransactionTemplate transactions, Clock clock) {
        Instant now() {
            return clock.instant();
        }
    }

    /** Reads all that wait. */
    void once() {
        while (!Thread.currentThread().isInterrupted() && next()) {
            // The next one waits already.
        }
    }

    /** Reads the one that waits longest; false when none does. */
    boolean next() {
        Instant now = keeping.now();
        queue.giveUp(now, ATTEMPTS, Failure.CRASHED.code());
        Optional<Claim> claim = queue.claim(now, now.plus(reader.longest()));
        claim.ifPresent(this::read);
        return claim.isPresent();
    }

    /** A document that was deleted since then has no text to keep. */
    private void read(Claim claim) {
        documents.find(claim.document()).ifPresent(document -> {
            List<PageText> pages = new ArrayList<>();
            try {
                Optional<String> failure = failure(claim, document, pages);
                if (Thread.currentThread().isInterrupted()) {
                    // The server ends, and its reader with it: that is not the document's fault.
                    return;
                } else if (failure.isPresent()) {
                    queue.fail(claim, failure.get(), keeping.now());
                } else {
                    complete(claim, document, pages);
                }
            } catch (ShreddedException e) {
                queue.fail(claim, UNREADABLE, keeping.now());
            }
        });
    }

    /** What is read of it goes into the list. */
    private Optional<String> failure(Claim claim, Document document, List<PageText> pages) {
        try (InputStream file = files.open(document)) {
            return reader.read(document.type().mimeType(), file, new TextProgress(queue, claim, pages, keeping.clock()))
                    .map(Failure::code);
        } catch (Problem e) {
            if (e.type() != ProblemType.DOCUMENT_UNREADABLE) {
                throw e;
            }
            return Optional.of(UNREADABLE);
        } catch (IOException e) {
            throw new UncheckedIOException("A document cannot be read now", e);
        }
    }

    private void complete(Claim claim, Document document, List<PageText> pages) {
        keeping.transactions().executeWithoutResult(status -> {
            if (queue.complete(claim, keeping.now())) {
                pages.forEach(page -> keeping.pages().keep(document, page, keeping.now()));
                keeping.listeners().forEach(each -> each.read(document.id(), document.record(), pages, keeping.now()));
            }
        });
    }
}
