package org.holovitals.server.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.CallerFacts;
import org.holovitals.server.links.LinkKeys;
import org.holovitals.server.links.SealedLinks;

/**
 * Seals a search of the log and the place where its next page begins into a link, for the caller whom it was made for: the
 * same user, app, roles, patient and scopes. What the caller may see is looked at anew on each page all the same.
 */
final class Cursors {
    private final SealedLinks<Content> links;

    Cursors(LinkKeys keys) {
        this.links = new SealedLinks<>(keys, "ledger", Content.class);
    }

    /** A search: of which route, by which parameters, and from where on. */
    record Content(String route, Map<String, List<String>> parameters, Position position) {}

    /** Fit for a URL. */
    String seal(Caller caller, Content content) {
        return links.seal(facts(caller, content.route()), content);
    }

    /** What was sealed for this caller and route; empty for anything else. */
    Optional<Content> open(Caller caller, String route, String text) {
        return links.open(facts(caller, route), text);
    }

    private static List<String> facts(Caller caller, String route) {
        List<String> facts = new ArrayList<>(List.of(route));
        facts.addAll(CallerFacts.who(caller));
        return facts;
    }
}
