package org.holovitals.server.registration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Makes an app of what an administrator sent, or says what is wrong with it. */
final class AppCheck {
    private static final int LONGEST_NAME = 100;

    private final RequestedScopes scopes;
    private final PublicKeys keys;

    AppCheck(RequestedScopes scopes, PublicKeys keys) {
        this.scopes = scopes;
        this.keys = keys;
    }

    App checked(AppRequest request) {
        AppKind kind = request.kind();
        if (kind == null) {
            throw invalid("kind is needed: public, confidential-secret, confidential-keys or backend");
        }
        JsonNode jwks = request.jwks() == null || request.jwks().isNull() ? null : request.jwks();
        requireKeysWhereTheyBelong(kind, request.jwksUrl(), jwks);
        return new App(
                kind,
                name(request.name()),
                redirects(kind, request),
                Addresses.optional("launchUrl", request.launchUrl()),
                scopes.checked(kind, request.scopes()),
                request.jwksUrl() == null ? null : keys.checkedUrl(request.jwksUrl()),
                jwks == null ? null : keys.checkedSet(jwks),
                Addresses.optional("logoUrl", request.logoUrl()),
                Addresses.optional("policyUrl", request.policyUrl()));
    }

    private static void requireKeysWhereTheyBelong(AppKind kind, @Nullable String url, @Nullable JsonNode jwks) {
        if (kind.signs() && (url == null) == (jwks == null)) {
            throw new Problem(ProblemType.APP_KEYS_INVALID, "An app of this kind needs either jwksUrl or jwks");
        }
        if (!kind.signs() && (url != null || jwks != null)) {
            throw new Problem(ProblemType.APP_KEYS_INVALID, "An app of this kind has no keys");
        }
    }

    private static List<String> redirects(AppKind kind, AppRequest request) {
        if (kind.hasUsers()) {
            return Addresses.redirects(request.redirectUris());
        }
        if ((request.redirectUris() != null && !request.redirectUris().isEmpty()) || request.launchUrl() != null) {
            throw new Problem(
                    ProblemType.APP_ADDRESS_INVALID, "A backend service has no user: no redirectUris and no launchUrl");
        }
        return List.of();
    }

    private static String name(@Nullable String name) {
        String stripped = name == null ? "" : name.strip();
        if (stripped.isEmpty()
                || stripped.length() > LONGEST_NAME
                || stripped.chars()
                        .anyMatch(letter -> Character.isISOControl(letter) || letter == '<' || letter == '>')) {
            throw invalid("name is needed, of at most " + LONGEST_NAME + " characters and without angle brackets");
        }
        return stripped;
    }

    private static Problem invalid(String reason) {
        return new Problem(ProblemType.INVALID_REQUEST, reason);
    }
}
