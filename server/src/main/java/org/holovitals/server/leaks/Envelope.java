package org.holovitals.server.leaks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a probe is sent: as it is, or as the entry of a bundle. */
enum Envelope {
    PLAIN,
    BATCH,
    TRANSACTION;

    private static final JsonMapper JSON = new JsonMapper();

    boolean fits(Probe probe) {
        return this == PLAIN || probe.isEntry();
    }

    Probe seal(Probe probe) {
        return this == PLAIN ? probe : Probe.send("POST", "", bundle(probe));
    }

    private String bundle(Probe probe) {
        ObjectNode bundle =
                JSON.createObjectNode().put("resourceType", "Bundle").put("type", name().toLowerCase(Locale.ROOT));
        ObjectNode entry = bundle.putArray("entry").addObject();
        try {
            @Nullable String body = probe.body();
            if (body != null && probe.method().equals("PATCH")) {
                entry.set("resource", patch(body));
            } else if (body != null) {
                entry.set("resource", JSON.readTree(body));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
        entry.putObject("request").put("method", probe.method()).put("url", probe.path());
        return bundle.toString();
    }

    private static ObjectNode patch(String body) {
        return JSON.createObjectNode()
                .put("resourceType", "Binary")
                .put("contentType", "application/json-patch+json")
                .put("data", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    }
}
