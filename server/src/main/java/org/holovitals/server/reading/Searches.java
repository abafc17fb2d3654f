package org.holovitals.server.reading;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import org.holovitals.server.access.Caller;
import org.holovitals.server.reading.Link.Subject;
import org.holovitals.server.reading.Pages.Kind;
import org.holovitals.server.reading.Pages.Wanted;
import org.holovitals.server.reading.RecordReader.Reading;

/** Searches of one patient's record, page by page. */
final class Searches {
    private final SearchGrammar grammar;
    private final Pages pages;

    Searches(SearchGrammar grammar, Pages pages) {
        this.grammar = grammar;
        this.pages = pages;
    }

    /** A first page; empty for what HAPI has to answer. */
    Optional<Reading> first(RequestDetails request, Caller caller) {
        String type = request.getResourceName();
        return type == null
                ? Optional.empty()
                : of(request, caller, Link.first(new Subject(type, null), request.getParameters()));
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
