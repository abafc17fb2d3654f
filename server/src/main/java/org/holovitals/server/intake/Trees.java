package org.holovitals.server.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Resources as trees of JSON, digit for digit. */
final class Trees {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Trees() {}

    /** Of what HAPI or this class wrote. */
    static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written here can be read");
        }
    }

    /** Of what somebody else wrote; empty when it is no object. */
    static Optional<ObjectNode> parse(String json) {
        try {
            return JSON.readTree(json) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static String write(JsonNode tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written");
        }
    }

    /**
     * The same with nulls where FHIR lets an array be left out of which only the extensions are there, as HAPI does not; empty where
     * there is none. See https://hl7.org/fhir/R4/json.html#primitive.
     */
    static Optional<String> withNulls(String json) {
        Optional<ObjectNode> tree = parse(json);
        return tree.filter(Trees::fill).map(Trees::write);
    }

    private static boolean fill(JsonNode tree) {
        boolean isChanged = false;
        for (JsonNode child : tree) {
            isChanged |= fill(child);
        }
        if (tree instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                String plain = field.getKey().substring(field.getKey().startsWith("_") ? 1 : 0);
                if (field.getValue().isArray() && !object.has(plain)) {
                    ArrayNode nulls = object.putArray(plain);
                    field.getValue().forEach(each -> nulls.addNull());
                    isChanged = true;
                }
            }
        }
        return isChanged;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Hands on every object that is a literal reference, at whatever depth. */
    static void references(JsonNode tree, Consumer<ObjectNode> each) {
        if (tree instanceof ObjectNode object && object.path("reference").isTextual()) {
            each.accept(object);
        }
        tree.forEach(child -> references(child, each));
    }
}
