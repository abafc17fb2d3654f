package org.holovitals.server.intake;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.access.RecordWrites;
import org.holovitals.server.stored.ResourceLine;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.WholeResource;

/** Compares the entries of a file with the record, and writes down what each of them is to it. */
final class Preparation {
    private final ImportEntries entries;
    private final StoredRecord stored;
    private final Sealing sealing;
    private final Access access;
    private final int chunk;

    /** @param chunk entries that are written together, about */
    Preparation(ImportEntries entries, StoredRecord stored, Sealing sealing, Access access, int chunk) {
        this.entries = entries;
        this.stored = stored;
        this.sealing = sealing;
        this.access = access;
        this.chunk = chunk;
    }

    /** By whose rules it is compared and written. */
    record Access(FhirContext fhir, RecordReach reach, RecordWrites writes) {}

    /** What a file holds that was not compared yet. */
    Contents contents(Import of) {
        Contents contents = new Contents();
        entries.unseen(of.id()).forEach(id -> {
            contents.add(id, open(entries.get(id)));
        });
        return contents;
    }

    private Envelope open(Entry entry) {
        return Envelope.of(sealing.openContent(entry.id(), String.valueOf(entry.content())));
    }

    /** The resource of an entry. */
    ObjectNode resource(Contents contents, int number) {
        return open(entries.get(contents.heads().get(number).id())).resource();
    }

    /** Compares all of them for a caller, each after those to which it refers. */
    void prepare(Caller caller, Import of, Contents contents) {
        Comparison comparison = new Comparison(
                new Comparison.Tools(entries, stored, sealing, access),
                caller,
                of,
                contents,
                known(caller, of.patient(), contents.types()));
        List<List<Integer>> turns = Turns.of(contents.edges(), chunk);
        for (int turn = 0; turn < turns.size(); turn++) {
            for (int number : turns.get(turn)) {
                Entry entry = entries.get(contents.heads().get(number).id());
                comparison.compare(number, turn, open(entry));
            }
        }
    }

    private KnownRecord known(Caller caller, String patient, Set<String> types) {
        KnownRecord known = new KnownRecord();
        stored.each(patient, types, resource -> {
            WholeResource whole = whole(resource);
            if (mayFind(caller, patient, resource, whole)) {
                known.add(new Known(
                        resource.type(), resource.id(), resource.version(), Likeness.of(Trees.read(whole.json()))));
            }
        });
        return known;
    }

    /** Of most types that can be told without building HAPI's model of them. */
    private boolean mayFind(Caller caller, String patient, StoredResource resource, WholeResource whole) {
        return access.reach().covers(resource.type())
                ? access.reach().showsOf(caller, patient, resource, whole, Interaction.SEARCH)
                : access.writes()
                        .mayFind(caller, patient, access.fhir().newJsonParser().parseResource(whole.json()));
    }

    static WholeResource whole(StoredResource resource) {
        try {
            return ResourceLine.of(resource);
        } catch (IOException e) {
            throw new UncheckedIOException("A stored resource cannot be read", e);
        }
    }
}
