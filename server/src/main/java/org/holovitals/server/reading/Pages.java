package org.holovitals.server.reading;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.reading.Bundle.Entry;
import org.holovitals.server.reading.RecordReader.Writing;
import org.holovitals.server.stored.ResourceLine;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.WholeResource;
import org.jspecify.annotations.Nullable;

/** Makes pages of what was found into answers, with each resource looked at once more before it is shown. */
final class Pages {
    private final Rows rows;
    private final RecordReach reach;
    private final Links links;

    Pages(Rows rows, RecordReach reach, Links links) {
        this.rows = rows;
        this.reach = reach;
        this.links = links;
    }

    /**
     * A page to be written.
     *
     * @param link what its own link stands for; bounds and position only of a further page
     * @param mayHide whether something found may be left out, or HAPI is to answer then
     */
    record Wanted(PatientSearch search, Link link, Predicate<StoredResource> mayHide) {}

    /** Empty when HAPI has to answer. */
    Optional<Writing> read(RequestDetails request, Caller caller, Wanted wanted) throws IOException {
        Link link = wanted.link();
        Optional<Page> page = link.after() == null || link.bounds() == null
                ? rows.first(wanted.search())
                : rows.next(wanted.search(), link.bounds(), link.after());
        Optional<List<Shown>> shown = page.isEmpty() ? Optional.empty() : shown(caller, page.get(), wanted.mayHide());
        return shown.map(resources -> answer -> {
            Page.@Nullable Position next = page.get().next();
            answer.bundle(
                    wanted.search().isCounted() ? page.get().bounds().total() : null,
                    next == null
                            ? null
                            : links.url(request, caller, link.further(page.get().bounds(), next)),
                    resources.stream()
                            .map(each -> new Entry(answer.url(each.stored()), each.json(), "match"))
                            .toList());
        });
    }

    private record Shown(StoredResource stored, String json) {}

    private Optional<List<Shown>> shown(Caller caller, Page page, Predicate<StoredResource> mayHide)
            throws IOException {
        List<Shown> shown = new ArrayList<>();
        for (StoredResource stored : page.resources()) {
            if (!reach.covers(stored.type())) {
                return Optional.empty();
            }
            WholeResource whole = ResourceLine.of(stored);
            if (reach.shows(caller, stored, whole, Interaction.SEARCH)) {
                shown.add(new Shown(stored, whole.json()));
            } else if (!mayHide.test(stored)) {
                return Optional.empty();
            }
        }
        return Optional.of(shown);
    }
}
