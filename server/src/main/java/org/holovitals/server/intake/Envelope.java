package org.holovitals.server.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What is sealed of an entry: the address that it had in the file, and the resource.
 *
 * @param file which of the files of an archive
 * @param fullUrl null where it had none
 */
record Envelope(int file, @Nullable String fullUrl, ObjectNode resource) {

    String json() {
        ObjectNode whole = Trees.object().put("file", file);
        if (fullUrl != null) {
            whole.put("fullUrl", fullUrl);
        }
        whole.set("resource", resource);
        return Trees.write(whole);
    }

    static Envelope of(String json) {
        ObjectNode whole = Trees.read(json);
        return new Envelope(
                whole.path("file").asInt(),
                whole.path("fullUrl").isTextual() ? whole.path("fullUrl").asText() : null,
                (ObjectNode) whole.path("resource"));
    }
}
