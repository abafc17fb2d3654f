package org.holovitals.server.importing;

import com.google.common.collect.Lists;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.importing.JsonEntries.Piece;
import org.holovitals.server.importing.LineReader.Line;
import org.holovitals.server.importing.Scan.Format;
import org.holovitals.server.importing.Scan.Shape;
import org.jspecify.annotations.Nullable;

/** Makes entries out of sources. */
final class Entries {
    private final FhirReader reader;
    private final Transactions transactions;

    Entries(FhirReader reader, Transactions transactions) {
        this.reader = reader;
        this.transactions = transactions;
    }

    /** A source that is stored as a whole. */
    Entry whole(PlannedSource source) {
        return new Entry(source, 0, source.scan().bytes(), () -> read(source));
    }

    private List<BundleEntryComponent> read(PlannedSource source) throws IOException {
        Resource document = reader.document(source.source(), source.scan());
        if (source.scan().shape() == Shape.RESOURCE) {
            return List.of(single(document));
        }
        Bundle bundle = (Bundle) document;
        return source.scan().shape() == Shape.TRANSACTION ? requested(bundle) : transactions.entries(bundle);
    }

    private static List<BundleEntryComponent> requested(Bundle bundle) throws BadSourceException {
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            requireWrite(bundle.getEntry().get(i), i);
        }
        return bundle.getEntry();
    }

    private static void requireWrite(BundleEntryComponent entry, int index) throws BadSourceException {
        switch (entry.getRequest().getMethod() == null
                ? Bundle.HTTPVerb.NULL
                : entry.getRequest().getMethod()) {
            case POST, PUT, PATCH, DELETE -> {}
            case GET, HEAD -> throw new BadSourceException(index, "asks to read, which an import does not");
            default -> throw new BadSourceException(index, "has no request");
        }
    }

    private static BundleEntryComponent single(Resource resource) throws BadSourceException {
        if (!ResourceTypes.isStorable(resource.fhirType())) {
            throw new BadSourceException("is of the type " + resource.fhirType() + ", which is never stored");
        }
        return Transactions.entry(resource);
    }

    Entry line(PlannedSource source, Line line) {
        return new Entry(
                source,
                line.number(),
                line.text().length + 1L,
                () -> List.of(single(reader.line(line.text(), source.scan()))));
    }

    /**
     * The entries of a batch that are still wanted, in groups of one rank each: a batch has no order of its own, and
     * what refers to another resource by a condition cannot share a transaction with it.
     */
    List<List<Entry>> batch(PlannedSource source) throws IOException {
        List<RankedEntry> wanted = new ArrayList<>();
        for (RankedEntry each : source.scan().format() == Format.JSON ? pieces(source) : components(source)) {
            if (source.wants(each.entry().index())) {
                wanted.add(each);
            }
        }
        return wanted.stream()
                .collect(Collectors.groupingBy(
                        RankedEntry::rank, TreeMap::new, Collectors.mapping(RankedEntry::entry, Collectors.toList())))
                .values()
                .stream()
                .flatMap(rank -> Lists.partition(rank, Feed.GROUP).stream())
                .toList();
    }

    private record RankedEntry(int rank, Entry entry) {}

    private List<RankedEntry> pieces(PlannedSource source) throws IOException {
        List<RankedEntry> entries = new ArrayList<>();
        for (Piece piece : JsonEntries.split(FhirReader.text(source.source(), source.scan()))) {
            int index = entries.size();
            Entry entry = new Entry(source, index, piece.text().length(), () -> {
                BundleEntryComponent component = reader.piece(piece, source.scan());
                requireWrite(component, index);
                return List.of(component);
            });
            entries.add(new RankedEntry(rank(piece.type()), entry));
        }
        return entries;
    }

    private List<RankedEntry> components(PlannedSource source) throws IOException {
        Bundle bundle = (Bundle) reader.document(source.source(), source.scan());
        long bytes = source.scan().bytes() / Math.max(1, bundle.getEntry().size());
        List<RankedEntry> entries = new ArrayList<>();
        for (BundleEntryComponent component : bundle.getEntry()) {
            int index = entries.size();
            Entry entry = new Entry(source, index, bytes, () -> {
                requireWrite(component, index);
                return List.of(component.copy());
            });
            String type = component.hasResource() ? component.getResource().fhirType() : null;
            entries.add(new RankedEntry(rank(type), entry));
        }
        return entries;
    }

    /** An entry without a resource deletes, or patches nothing; it waits for the others. */
    private static int rank(@Nullable String type) {
        return type == null ? Integer.MAX_VALUE : ResourceTypes.rank(type);
    }
}
