package org.holovitals.server.access;

import java.util.Optional;

/** What this server and its identity provider know of each other beside what everyone may read. */
public interface IdentityLink {
    /** The secret of the server's own client, with which it asks about tokens; empty while it is not known. */
    Optional<String> clientSecret();

    /** Where the identity provider asks this server about launches from an EHR; empty when it does not. */
    Optional<String> launchUrl();
}
