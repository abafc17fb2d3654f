package org.holovitals.server.passages;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.holovitals.server.access.Caller;
import org.holovitals.server.documents.DocumentTexts;
import org.holovitals.server.documents.DocumentTexts.About;
import org.holovitals.server.passages.Passages.Sealed;
import org.holovitals.server.passages.Ranking.Ranked;
import org.holovitals.server.passages.Ranking.Way;
import org.jspecify.annotations.Nullable;

/** Finds passages of a patient's documents, by words and by meaning: of those documents only that the caller may read now. */
public final class PassageSearch {
    private final DocumentTexts documents;
    private final Passages rows;
    private final PassageSealing sealing;
    private final Embedder embedder;

    PassageSearch(DocumentTexts documents, Passages rows, PassageSealing sealing, Embedder embedder) {
        this.documents = documents;
        this.rows = rows;
        this.sealing = sealing;
        this.embedder = embedder;
    }

    /**
     * A passage that was found.
     *
     * @param reference FHIR id of the DocumentReference by which the caller meets the document
     * @param name of the document's file
     * @param page from 1
     * @param text as it stands on the page
     * @param score of the order in which both ways are fused
     * @param words how well it fits by words, from 0
     * @param meaning how near it is in meaning, at most 1; null where there are no vectors
     */
    public record Hit(
            UUID document,
            String reference,
            String name,
            int page,
            String text,
            double score,
            double words,
            @Nullable Double meaning) {}

    /** The best passages of a patient's documents, none where the caller may read none. Not in a transaction: it takes a while. */
    public List<Hit> search(Caller caller, String patient, String question, int most) {
        return best(documents.of(caller, patient), question, most);
    }

    /** The same of the record that is asked for, or else the caller's own; a problem where he may find no documents in it. */
    List<Hit> searchAsked(Caller caller, @Nullable String patient, String question, int most) {
        return best(documents.ofAsked(caller, patient), question, most);
    }

    private List<Hit> best(List<About> readable, String question, int most) {
        Map<UUID, About> known = readable.stream().collect(Collectors.toMap(About::id, Function.identity()));
        List<Sealed> sealed = known.isEmpty() ? List.of() : rows.of(known.keySet());
        if (sealed.isEmpty()) {
            return List.of();
        }
        Space space = embedder.space();
        List<Passage> passages =
                sealed.stream().map(each -> sealing.open(each, space)).toList();
        return Ranking.of(question, embedder.query(question).orElse(null), passages, Way.BOTH).stream()
                .limit(most)
                .map(ranked -> hit(ranked, known))
                .toList();
    }

    private static Hit hit(Ranked ranked, Map<UUID, About> known) {
        Passage passage = ranked.passage();
        About document = Objects.requireNonNull(known.get(passage.document()));
        return new Hit(
                document.id(),
                Objects.requireNonNull(document.reference()),
                document.name(),
                passage.page(),
                passage.text(),
                ranked.score(),
                ranked.words(),
                ranked.meaning());
    }
}
