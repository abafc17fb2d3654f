package org.holovitals.server.reading;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.io.IOException;
import java.util.Optional;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.reading.Link.Subject;
import org.holovitals.server.reading.Pages.Kind;
import org.holovitals.server.reading.Pages.Wanted;
import org.holovitals.server.reading.RecordReader.Reading;
import org.holovitals.server.reading.RecordReader.Writing;

/** Searches of one patient's record, page by page. */
final class Searches {
    private final SearchGrammar grammar;
    private final Pages pages;
    private final RecordReach reach;

    Searches(SearchGrammar grammar, Pages pages, RecordReach reach) {
        this.grammar = grammar;
        this.pages = pages;
        this.reach = reach;
    }

    /** A first page; empty for what HAPI has to answer. */
    Optional<Reading> first(RequestDetails request, Caller caller) {
        String type = request.getResourceName();
        if (type == null) {
            return Optional.empty();
        }
        Link link = Link.first(new Subject(type, null), request.getParameters());
        return Optional.of(() -> asRemembered(request, caller, link));
    }

    /** With what is remembered of consents, if the statement that finds the page finds them unchanged; else once more. */
    private Optional<Writing> asRemembered(RequestDetails request, Caller caller, Link link) throws IOException {
        reach.assumeConsents(caller);
        Optional<Writing> found;
        boolean isInVain;
        try {
            found = read(request, caller, link);
        } finally {
            isInVain = caller.call().forgetAssumed();
        }
        return isInVain ? read(request, caller, link) : found;
    }

    private Optional<Writing> read(RequestDetails request, Caller caller, Link link) throws IOException {
        Optional<Reading> reading = of(request, caller, link);
        return reading.isPresent() ? reading.get().read() : Optional.empty();
    }

    /** The page of a link; empty when what the caller may find cannot be told here any more. */
    Optional<Reading> of(RequestDetails request, Caller caller, Link link) {
        Controls controls = Controls.of(request, link.given());
        return controls.elements()
                .flatMap(elements -> grammar.read(link.subject().type(), controls, link.given(), caller)
                        .map(search -> () -> pages.read(
                                request, caller, new Wanted(search, link, Kind.SEARCH, elements, any -> true))));
    }
}
