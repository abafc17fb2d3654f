package org.holovitals.server.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a resource says, in a few words for who looks at a file.
 *
 * @param what such as the name of a diagnosis
 * @param when such as its onset
 */
record Gist(@Nullable String what, @Nullable String when) {
    private static final List<String> CONCEPTS =
            List.of("code", "vaccineCode", "medicationCodeableConcept", "relationship", "type", "category");
    private static final List<String> TIMES = List.of(
            "effectiveDateTime",
            "effectivePeriod",
            "onsetDateTime",
            "performedDateTime",
            "performedPeriod",
            "occurrenceDateTime",
            "period",
            "authoredOn",
            "issued",
            "recordedDate",
            "date",
            "created");

    static Gist of(ObjectNode resource) {
        return new Gist(
                first(CONCEPTS.stream().map(name -> said(resource.path(name)))),
                first(TIMES.stream().map(name -> time(resource.path(name)))));
    }

    private static @Nullable String first(Stream<Optional<String>> all) {
        return all.flatMap(Optional::stream).findFirst().orElse(null);
    }

    private static Optional<String> said(JsonNode concept) {
        JsonNode one = concept.isArray() ? concept.path(0) : concept;
        JsonNode coding = one.path("coding").path(0);
        return Stream.of(one.path("text"), coding.path("display"), coding.path("code"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst();
    }

    private static Optional<String> time(JsonNode time) {
        JsonNode one = time.isObject() ? time.path("start") : time;
        return one.isTextual() ? Optional.of(one.asText()) : Optional.empty();
    }
}
