package org.holovitals.server.consent;

import java.util.stream.Collectors;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Consents;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Grant;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;

/** Who decides: a proxy does so by a consent that holds for him now, where he is and with his app, like any look at a record. */
final class Deciders {
    /** What a proxy's consent has to permit. */
    static final Permission DECIDES = new Permission(Part.ALL_PHI, Action.DECIDE);

    private final Consents consents;
    private final People people;

    Deciders(Consents consents, People people) {
        this.consents = consents;
        this.people = people;
    }

    /** The caller as one who decides. */
    Decider of(Caller caller) {
        return new Decider(
                people.caller(caller),
                consents.of(caller).grants().stream()
                        .filter(grant -> grant.permissions().contains(DECIDES))
                        .map(Grant::patient)
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
