package org.holovitals.server.registration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An app as it may be registered: every part was checked.
 *
 * @param redirectUris where its users are sent back to, to the letter
 * @param launchUrl where an EHR opens it
 * @param scopes what it may ask for
 * @param jwksUrl where its public keys are
 * @param jwks its public keys as JSON text, where it has no address for them
 */
record App(
        AppKind kind,
        String name,
        List<String> redirectUris,
        @Nullable String launchUrl,
        List<String> scopes,
        @Nullable String jwksUrl,
        @Nullable String jwks,
        @Nullable String logoUrl,
        @Nullable String policyUrl) {}
