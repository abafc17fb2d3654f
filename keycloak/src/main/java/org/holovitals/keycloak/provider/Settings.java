package org.holovitals.keycloak.provider;

import org.jspecify.annotations.Nullable;
import org.keycloak.Config;

/**
 * Where our server is. Options of the step `holovitals-launch`, so that each start may give them anew:
 * {@code KC_SPI_AUTHENTICATOR__HOLOVITALS_LAUNCH__FHIR_BASE} and {@code …__LAUNCH_URL}.
 *
 * @param fhirBase the FHIR base URL, which apps name as `aud`
 * @param launchUrl where the server answers about EHR launches and names of patients; null where there is no EHR
 */
record Settings(@Nullable String fhirBase, @Nullable String launchUrl) {
    static Settings get() {
        Config.Scope scope = Config.scope("authenticator", LaunchStep.ID);
        return new Settings(trimmed(scope.get("fhir-base")), trimmed(scope.get("launch-url")));
    }

    /** Without a configured base no request is for us. */
    boolean isFhirBase(@Nullable String audience) {
        return fhirBase != null && fhirBase.equals(trimmed(audience));
    }

    private static @Nullable String trimmed(@Nullable String url) {
        return url == null || url.isBlank() ? null : url.replaceFirst("/+$", "");
    }
}
