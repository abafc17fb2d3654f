package org.holovitals.server.passages;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.holovitals.server.base.Ids;
import org.holovitals.server.documents.DocumentTexts;
import org.holovitals.server.documents.DocumentTexts.About;
import org.holovitals.server.passages.Chunker.Chunk;
import org.holovitals.server.passages.IndexQueue.Claim;
import org.holovitals.server.passages.PassageSealing.Place;
import org.holovitals.server.passages.Passages.Sealed;
import org.holovitals.server.vault.ShreddedException;
import org.holovitals.server.vault.TamperedException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Cuts the texts of documents into passages and makes their vectors, one document after the other; again when the model is another
 * one. The passages of before are searched until the new ones take their place, all of them at once.
 */
final class Indexing {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int ATTEMPTS = 3;

    private final IndexQueue queue;
    private final DocumentTexts documents;
    private final Chunker chunker;
    private final Embedder embedder;
    private final Keeping keeping;

    Indexing(IndexQueue queue, DocumentTexts documents, Chunker chunker, Embedder embedder, Keeping keeping) {
        this.queue = queue;
        this.documents = documents;
        this.chunker = chunker;
        this.embedder = embedder;
        this.keeping = keeping;
    }

    /** Where passages go. */
    record Keeping(Passages rows, PassageSealing sealing, TransactionTemplate transactions, Ids ids, Clock clock) {
        Instant now() {
            return clock.instant();
        }
    }

    /** Indexes the one that waits longest; false when none does. */
    boolean next() {
        Instant now = keeping.now();
        queue.giveUp(ATTEMPTS, now);
        Optional<Claim> claim = queue.claim(embedder.space().key(), ATTEMPTS, now, now.plus(LONGEST));
        claim.ifPresent(this::index);
        return claim.isPresent();
    }

    private void index(Claim claim) {
        documents.find(claim.document()).ifPresent(document -> {
            try {
                List<Sealed> sealed = sealed(document);
                if (!Thread.currentThread().isInterrupted()) {
                    keep(claim, sealed);
                }
            } catch (ShreddedException | TamperedException e) {
                // What cannot be read now cannot be read later; its passages are as closed as its text.
                queue.fail(claim, keeping.now());
            }
        });
    }

    /** Whoever interrupts it gets what there is. */
    private List<Sealed> sealed(About document) {
        List<Sealed> sealed = new ArrayList<>();
        for (Chunk chunk : chunker.of(documents.pages(document.id()))) {
            if (Thread.currentThread().isInterrupted()) {
                return sealed;
            }
            sealed.add(keeping.sealing()
                    .seal(
                            keeping.ids().next(),
                            new Place(document.record(), document.id(), sealed.size()),
                            chunk,
                            embedder.passage(chunk.text()),
                            embedder.space()));
        }
        return sealed;
    }

    private void keep(Claim claim, List<Sealed> sealed) {
        keeping.transactions().executeWithoutResult(status -> {
            if (queue.done(claim, keeping.now())) {
                keeping.rows().deleteOf(claim.document());
                sealed.forEach(each -> keeping.rows().add(each, keeping.now()));
            }
        });
    }
}
