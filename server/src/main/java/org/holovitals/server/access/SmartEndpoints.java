package org.holovitals.server.access;

import java.util.LinkedHashMap;
import java.util.Map;

/** The addresses that apps log in at, by the names that a discovery document has for them: the issuer's, and our own. */
final class SmartEndpoints {
    private final Issuer issuer;
    private final IdentityLink link;
    private final OwnAddress own;

    SmartEndpoints(Issuer issuer, IdentityLink link, OwnAddress own) {
        this.issuer = issuer;
        this.link = link;
        this.own = own;
    }

    String issuer() {
        return issuer.name();
    }

    /** Empty while the issuer cannot be asked. */
    Map<String, String> all() {
        Map<String, String> endpoints = new LinkedHashMap<>();
        add(endpoints, "jwks_uri");
        add(endpoints, "token_endpoint");
        add(endpoints, "revocation_endpoint");
        issuer.endpoint("authorization_endpoint")
                .ifPresent(theirs -> endpoints.put("authorization_endpoint", own.authorize()));
        if (link.clientSecret().isPresent()) {
            issuer.endpoint("introspection_endpoint")
                    .ifPresent(theirs -> endpoints.put("introspection_endpoint", own.introspect()));
        } else {
            add(endpoints, "introspection_endpoint");
        }
        return endpoints;
    }

    private void add(Map<String, String> endpoints, String name) {
        issuer.endpoint(name).ifPresent(uri -> endpoints.put(name, uri));
    }
}
