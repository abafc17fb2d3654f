package org.holovitals.server.reading;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.CallerFacts;
import org.holovitals.server.links.SealedLinks;

/**
 * Links in HAPI's form, {@code ?_getpages=…}, that hold the search themselves. A link ends when what the caller is or may
 * see changes.
 */
final class Links {
    /** HAPI's own are shorter and have no dot. */
    private static final String PREFIX = "p.";

    private final SealedLinks<Link> sealed;
    private final CallerFacts facts;

    Links(SealedLinks<Link> sealed, CallerFacts facts) {
        this.sealed = sealed;
        this.facts = facts;
    }

    /** The whole URL. */
    String url(RequestDetails request, Caller caller, Link link) {
        return request.getFhirServerBase() + "?" + Constants.PARAM_PAGINGACTION + "=" + PREFIX
                + sealed.seal(facts.reach(caller), link);
    }

    /** The page that a request asks for, if it is one of these and the caller's own. */
    Optional<Link> open(RequestDetails request, Caller caller) {
        return sealedOf(request).flatMap(text -> sealed.open(facts.reach(caller), text));
    }

    /** Whether the page that a request asks for is one of these, whosever it is. */
    static boolean isIn(RequestDetails request) {
        return sealedOf(request).isPresent();
    }

    private static Optional<String> sealedOf(RequestDetails request) {
        String[] given = request.getParameters().get(Constants.PARAM_PAGINGACTION);
        return given != null && given.length == 1 && given[0].startsWith(PREFIX)
                ? Optional.of(given[0].substring(PREFIX.length()))
                : Optional.empty();
    }
}
