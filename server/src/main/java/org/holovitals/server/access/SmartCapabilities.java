package org.holovitals.server.access;

import java.util.ArrayList;
import java.util.List;

/** What an app may rely on (SMART App Launch 2.2, "Capability Sets"), as far as the issuer does its part of it. */
final class SmartCapabilities {
    private static final List<String> ALWAYS = List.of(
            "launch-standalone",
            "authorize-post",
            "client-public",
            "client-confidential-asymmetric",
            "sso-openid-connect",
            "context-standalone-patient",
            "permission-offline",
            "permission-online",
            "permission-patient",
            "permission-user",
            "permission-v1",
            "permission-v2");
    private static final List<String> FROM_AN_EHR =
            List.of("launch-ehr", "context-ehr-patient", "context-ehr-encounter", "context-banner", "context-style");
    private static final List<String> SECRETS = List.of("client_secret_basic", "client_secret_post");
    private static final List<String> ALGORITHMS = List.of("RS384", "ES384");

    private final Issuer issuer;
    private final IdentityLink link;

    SmartCapabilities(Issuer issuer, IdentityLink link) {
        this.issuer = issuer;
        this.link = link;
    }

    List<String> names() {
        List<String> names = new ArrayList<>(ALWAYS);
        if (link.launchUrl().isPresent()) {
            names.addAll(FROM_AN_EHR);
        }
        if (!secrets().isEmpty()) {
            names.add("client-confidential-symmetric");
        }
        return names;
    }

    /** How apps that are not public say who they are. */
    List<String> clientAuthentication() {
        List<String> methods = new ArrayList<>(secrets());
        methods.add("private_key_jwt");
        return methods;
    }

    List<String> signatures() {
        List<String> known = issuer.listed("token_endpoint_auth_signing_alg_values_supported");
        return known.isEmpty()
                ? ALGORITHMS
                : ALGORITHMS.stream().filter(known::contains).toList();
    }

    private List<String> secrets() {
        List<String> known = issuer.listed("token_endpoint_auth_methods_supported");
        return SECRETS.stream().filter(known::contains).toList();
    }
}
