package org.holovitals.server.fhir;

/** This build's version, from the jar's manifest. */
final class ServerVersion {
    private ServerVersion() {}

    static String current() {
        String version = ServerVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
