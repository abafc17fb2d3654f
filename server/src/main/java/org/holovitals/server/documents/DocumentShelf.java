package org.holovitals.server.documents;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.base.FullPage;
import org.holovitals.server.base.Ids;
import org.holovitals.server.documents.DocumentLinks.Link;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What callers do with documents that are there. */
final class DocumentShelf {
    private final Documents documents;
    private final DocumentLinks links;
    private final DocumentReferences references;
    private final DocumentReach reach;
    private final Making making;

    DocumentShelf(
            Documents documents,
            DocumentLinks links,
            DocumentReferences references,
            DocumentReach reach,
            Making making) {
        this.documents = documents;
        this.links = links;
        this.references = references;
        this.reach = reach;
        this.making = making;
    }

    /** What new rows need. */
    record Making(Ids ids, Clock clock) {}

    /** What is listed; null for no condition. */
    record Filter(
            @Nullable String patient,
            @Nullable DocumentStatus status,
            @Nullable FileType type) {}

    /** One document. */
    DocumentView read(Caller caller, UUID id) {
        return view(caller, reach.read(caller, id));
    }

    /** The document as the caller may see it. */
    DocumentView view(Caller caller, Document document) {
        return views(caller, List.of(document)).get(0);
    }

    /** Those of a record that the caller may find, in pages that are full whatever is left out. */
    DocumentView.Page list(Caller caller, Filter filter, @Nullable UUID after, int count) {
        DocumentReach.Target target = reach.listed(caller, filter.patient());
        Documents.Wanted wanted = new Documents.Wanted(target.record(), filter.status(), filter.type());
        FullPage<DocumentView> page = FullPage.of(
                        after,
                        count,
                        (last, limit) -> documents.list(wanted, last, limit),
                        Document::id,
                        batch -> reach.met(caller, Interaction.SEARCH, batch, target.patient()))
                .map(found -> views(caller, found));
        return new DocumentView.Page(page.items(), page.next());
    }

    /** A link to what the caller may not read is not told of. */
    private List<DocumentView> views(Caller caller, List<Document> page) {
        List<Link> all = page.isEmpty()
                ? List.of()
                : links.of(page.stream().map(Document::id).toList());
        Map<UUID, Boolean> readable = new HashMap<>();
        page.forEach(document -> readable.put(document.id(), true));
        return page.stream()
                .map(document -> DocumentView.of(
                        document,
                        all.stream()
                                .filter(link -> isOf(document, link))
                                .filter(link -> isReadable(caller, link.source(), readable)
                                        && isReadable(caller, link.target(), readable))
                                .toList()))
                .toList();
    }

    private static boolean isOf(Document document, Link link) {
        return link.source().equals(document.id()) || link.target().equals(document.id());
    }

    private boolean isReadable(Caller caller, UUID id, Map<UUID, Boolean> known) {
        return known.computeIfAbsent(id, other -> documents
                .find(other)
                .filter(document -> reach.mayRead(caller, document))
                .isPresent());
    }

    /** Ends a document: its bytes, what was read of it, its links and the DocumentReferences that have it. */
    void delete(Caller caller, UUID id) {
        Document document = reach.require(caller, id, Interaction.DELETE);
        for (String reference : document.references()) {
            if (!reach.may(caller, Interaction.DELETE, reference, document.patient())) {
                throw new Problem(ProblemType.FORBIDDEN);
            }
        }
        document.references().forEach(references::delete);
    }

    /** Says how a document belongs to another of the same patient. */
    DocumentView link(Caller caller, UUID id, UUID other, String relationship) {
        Document source = reach.require(caller, id, Interaction.UPDATE);
        Document target = reach.read(caller, other);
        if (id.equals(other) || !source.record().equals(target.record())) {
            throw new Problem(ProblemType.INVALID_REQUEST, "A document is linked with another one of the same patient");
        }
        links.put(
                making.ids().next(),
                new Link(id, other, relationship),
                making.clock().instant());
        return view(caller, source);
    }

    /** Takes that back. */
    void unlink(Caller caller, UUID id, UUID other) {
        reach.require(caller, id, Interaction.UPDATE);
        reach.read(caller, other);
        if (!links.delete(id, other)) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
    }
}
