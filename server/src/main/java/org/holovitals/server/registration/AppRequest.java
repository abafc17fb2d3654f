package org.holovitals.server.registration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an administrator sends to register or change an app, as it came. */
record AppRequest(
        @Nullable AppKind kind,
        @Nullable String name,
        @Nullable List<@Nullable String> redirectUris,
        @Nullable String launchUrl,
        @Nullable List<@Nullable String> scopes,
        @Nullable String jwksUrl,
        @Nullable JsonNode jwks,
        @Nullable String logoUrl,
        @Nullable String policyUrl) {}
