package org.holovitals.server.reading;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.reading.Bundle.Entry;
import org.holovitals.server.reading.RecordReader.Writing;
import org.holovitals.server.stored.ResourceLine;
import org.holovitals.server.stored.RootElements;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.WholeResource;
import org.jspecify.annotations.Nullable;

/** Makes pages of what was found into answers, with each resource looked at once more before it is shown. */
final class Pages {
    private static final String PATIENT = "Patient";

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
     * @param elements what is shown of each of the type that is searched; others are shown whole, as by HAPI
     * @param isAsked whether something is shown, and not only there to be looked at
     */
    record Wanted(
            PatientSearch search, Link link, Kind kind, RootElements elements, Predicate<StoredResource> isAsked) {}

    /** What is read. */
    enum Kind {
        /** All that the statement finds may be shown, or HAPI is to answer; what comes along may be hidden. */
        SEARCH,
        /** The patient has to be there and to be shown; what else is hidden is left out, and not counted. */
        EVERYTHING
    }

    /** Empty when HAPI has to answer, or what the caller's consents are assumed to be is not confirmed. */
    Optional<Writing> read(RequestDetails request, Caller caller, Wanted wanted) throws IOException {
        Link link = wanted.link();
        if (wanted.search().count() == 0) {
            if (!caller.call().isConfirmed()) {
                return Optional.empty();
            }
            long total = rows.count(wanted.search());
            return Optional.of(answer -> answer.bundle(total, null, List.of()));
        }
        Optional<Page> page = rows.page(wanted.search(), link.bounds(), link.after(), caller.call());
        if (!caller.call().isConfirmed()) {
            return Optional.empty();
        }
        Optional<List<Shown>> shown = page.isEmpty() ? Optional.empty() : shown(caller, page.get(), wanted);
        return shown.map(resources -> answer -> {
            Page.@Nullable Position next = page.get().next();
            answer.bundle(
                    total(wanted, page.get(), resources.size()),
                    next == null
                            ? null
                            : links.url(request, caller, link.further(page.get().bounds(), next)),
                    resources.stream()
                            .map(each -> new Entry(answer.url(each.stored()), each.json(), each.mode()))
                            .toList());
        });
    }

    private record Shown(StoredResource stored, String json, String mode) {}

    /** Of everything, what is shown is all there is when it is on one page; before that nobody knows. */
    private static @Nullable Long total(Wanted wanted, Page page, int shown) {
        if (wanted.search().isCounted()) {
            return page.bounds().total();
        }
        boolean isWhole = wanted.link().after() == null && page.next() == null;
        return wanted.kind() == Kind.EVERYTHING && isWhole ? Long.valueOf(shown) : null;
    }

    private Optional<List<Shown>> shown(Caller caller, Page page, Wanted wanted) throws IOException {
        boolean isEverything = wanted.kind() == Kind.EVERYTHING;
        if (isEverything && wanted.link().after() == null && page.resources().isEmpty()) {
            return Optional.empty();
        }
        if (!Stream.concat(page.resources().stream(), page.companions().stream())
                .allMatch(stored -> reach.covers(stored.type()))) {
            return Optional.empty();
        }
        List<Shown> shown = new ArrayList<>();
        for (StoredResource found : page.resources()) {
            Optional<Shown> match = shown(caller, found, Interaction.SEARCH, wanted, "match");
            if (match.isEmpty() && (!isEverything || found.type().equals(PATIENT))) {
                return Optional.empty();
            }
            match.filter(each -> wanted.isAsked().test(found)).ifPresent(shown::add);
        }
        for (StoredResource companion : page.companions()) {
            along(caller, companion, wanted).ifPresent(shown::add);
        }
        return Optional.of(shown);
    }

    /** To HAPI a further page may be of a history, too, so it shows on one what may be read. */
    private Optional<Shown> along(Caller caller, StoredResource companion, Wanted wanted) throws IOException {
        Optional<Shown> found = shown(caller, companion, Interaction.SEARCH, wanted, "include");
        return found.isPresent() || wanted.link().after() == null
                ? found
                : shown(caller, companion, Interaction.READ, wanted, "include");
    }

    /** Empty for what is hidden from the caller. */
    private Optional<Shown> shown(Caller caller, StoredResource stored, Interaction by, Wanted wanted, String mode)
            throws IOException {
        WholeResource whole = ResourceLine.of(stored);
        if (!reach.shows(caller, stored, whole, by)) {
            return Optional.empty();
        }
        boolean isOfSubject = stored.type().equals(wanted.link().subject().type());
        String json = isOfSubject ? wanted.elements().of(stored.type(), whole.json()) : whole.json();
        return Optional.of(new Shown(stored, json, mode));
    }
}
