package org.holovitals.server.leaks;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request about the record of a patient who is not the caller's.
 *
 * @param path below the FHIR base, without a slash before it
 * @param body JSON of a resource, or of a patch
 * @param twin the same path for an id that does not exist, which has to be answered with the same status
 * @param isApi whether the path is below the server's root
 */
record Probe(
        String method,
        String path,
        @Nullable String body,
        @Nullable String twin,
        boolean isApi) {

    static Probe get(String path) {
        return new Probe("GET", path, null, null, false);
    }

    static Probe send(String method, String path, String body) {
        return new Probe(method, path, body, null, false);
    }

    Probe withTwin(String other) {
        return new Probe(method, path, body, other, isApi);
    }

    /** The same for the id that does not exist. */
    Optional<Probe> ofTwin() {
        return Optional.ofNullable(twin).map(other -> new Probe(method, other, body, null, isApi));
    }

    /** Whether success means that something was changed. A conditional deletion of nothing succeeds. */
    boolean isWrite() {
        boolean isConditionalDelete = method.equals("DELETE") && path.contains("?");
        return !method.equals("GET")
                && !path.endsWith("_search")
                && !path.endsWith("$expunge")
                && !path.isEmpty()
                && !isConditionalDelete;
    }

    /** Whether it can stand in a bundle. */
    boolean isEntry() {
        return !isApi && !path.contains("_search");
    }

    String contentType() {
        if (path.endsWith("_search")) {
            return "application/x-www-form-urlencoded";
        }
        return method.equals("PATCH") ? "application/json-patch+json" : "application/fhir+json";
    }

    @Override
    public String toString() {
        return method + " " + path + (body != null && path.endsWith("_search") ? " " + body : "");
    }
}
