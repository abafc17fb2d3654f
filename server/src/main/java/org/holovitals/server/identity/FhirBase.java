package org.holovitals.server.identity;

import org.springframework.core.env.Environment;

/** The FHIR base URL before the web server has started, as apps send it in {@code aud}. */
final class FhirBase {
    private FhirBase() {}

    static String of(Environment environment) {
        return environment.getProperty(
                "holovitals.fhir.base-url",
                "http://127.0.0.1:" + environment.getProperty("server.port", "8080") + "/fhir");
    }
}
