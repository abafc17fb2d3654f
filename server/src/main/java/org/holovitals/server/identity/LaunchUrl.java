package org.holovitals.server.identity;

import org.springframework.core.env.Environment;

/** Where the identity provider asks about launches: by default on loopback, where the embedded Keycloak is too. */
final class LaunchUrl {
    static final String SETTING = "holovitals.launch.url";

    private LaunchUrl() {}

    /**
     * The address for the embedded Keycloak.
     *
     * @param port the property that has the port, which before the web server has started is the configured one
     */
    static String of(Environment environment, String port) {
        String configured = environment.getProperty(SETTING, "");
        return configured.isBlank()
                ? "http://127.0.0.1:" + environment.getProperty(port, "8080") + "/launches"
                : trimmed(configured);
    }

    /** As the provider reads it, so that the audience of its calls is the same to the letter. */
    static String trimmed(String url) {
        return url.replaceFirst("/+$", "");
    }
}
