package org.holovitals.server.leaks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;

/** Every way to change the record of another patient, or to put something into it. */
final class WriteProbes {
    private final CanaryResource resources;

    WriteProbes(CanaryResource resources) {
        this.resources = resources;
    }

    Stream<Probe> all(String type, String id, Canary other) {
        String path = type + "/" + id;
        String nothing = UUID.randomUUID().toString();
        String condition = type + "?identifier="
                + URLEncoder.encode(CanaryResource.SYSTEM + "|" + other.marker(), StandardCharsets.UTF_8);
        String patch = "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"en\"}]";
        String resource = resources.of(type, other.patient(), "seen", "");
        return Stream.of(
                Probe.send("POST", type, resource),
                Probe.send("PUT", path, resources.of(type, other.patient(), "seen", id)),
                Probe.send("PUT", condition, resource),
                Probe.send("PATCH", path, patch).withTwin(type + "/" + nothing),
                Probe.send("PATCH", condition, patch),
                new Probe("DELETE", path, null, type + "/" + nothing, false),
                new Probe("DELETE", condition, null, null, false),
                Probe.send(
                        "POST",
                        path + "/$meta-add",
                        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"meta\",\"valueMeta\":"
                                + "{\"tag\":[{\"system\":\"urn:x\",\"code\":\"x\"}]}}]}"),
                Probe.send("POST", path + "/$expunge", "{\"resourceType\":\"Parameters\"}"));
    }
}
