package org.holovitals.server.identity;

/** The app of the development realm, with which the {@code token} command logs in. */
final class DemonstrationApp {
    private DemonstrationApp() {}

    /** Where it is sent back to; nothing has to answer there, since the command reads the address only. */
    static String redirectUri(String fhirBase) {
        return fhirBase.replaceFirst("/fhir$", "") + "/demonstration";
    }
}
