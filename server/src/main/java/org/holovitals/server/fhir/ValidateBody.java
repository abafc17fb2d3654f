package org.holovitals.server.fhir;

import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.util.XmlUtil;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.transform.TransformerException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What a {@code $validate} was sent.
 *
 * @param type the resource's type
 * @param resource its text
 * @param parameters {@code mode} and {@code profile}, as far as a Parameters body names them
 */
record ValidateBody(String type, String resource, Map<String, String> parameters) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final List<String> NAMES = List.of("mode", "profile");

    /** Nothing for a text that is no resource, or a Parameters without one: HAPI says what is wrong with it. */
    static @Nullable ValidateBody read(String text, EncodingEnum encoding) {
        try {
            return switch (encoding) {
                case JSON -> ofJson(JSON.readTree(text), text);
                case XML -> ofXml(XmlUtil.parseDocument(text).getDocumentElement(), text);
                default -> null;
            };
        } catch (IOException | SAXException | TransformerException e) {
            return null;
        }
    }

    private static @Nullable ValidateBody ofJson(JsonNode body, String text) throws JsonProcessingException {
        if (!isResource(body)) {
            return null;
        }
        String type = body.get("resourceType").asText();
        if (!type.equals("Parameters")) {
            return new ValidateBody(type, text, Map.of());
        }
        Map<String, String> parameters = new HashMap<>();
        JsonNode resource = null;
        for (JsonNode parameter : body.path("parameter")) {
            String name = parameter.path("name").asText();
            if (name.equals("resource")) {
                resource = parameter.get("resource");
            } else if (NAMES.contains(name)) {
                value(parameter).ifPresent(value -> parameters.put(name, value));
            }
        }
        return resource == null || !isResource(resource)
                ? null
                : new ValidateBody(
                        resource.get("resourceType").asText(), JSON.writeValueAsString(resource), parameters);
    }

    private static boolean isResource(JsonNode node) {
        if (!node.path("resourceType").isTextual()) {
            return false;
        }
        JsonNode meta = node.path("meta");
        JsonNode profiles = meta.path("profile");
        boolean readable = (meta.isMissingNode() || meta.isObject())
                && IntStream.range(0, profiles.size())
                        .allMatch(i -> profiles.path(i).isTextual());
        if (!readable) {
            // The validator looks into them before it has looked at the structure.
            throw new InvalidRequestException("meta.profile must be an array of strings in an object");
        }
        return true;
    }

    private static Optional<String> value(JsonNode parameter) {
        return parameter.properties().stream()
                .filter(field ->
                        field.getKey().startsWith("value") && field.getValue().isTextual())
                .map(field -> field.getValue().asText())
                .findFirst();
    }

    private static @Nullable ValidateBody ofXml(Element body, String text) throws TransformerException {
        if (!"Parameters".equals(body.getLocalName())) {
            return new ValidateBody(body.getLocalName(), text, Map.of());
        }
        Map<String, String> parameters = new HashMap<>();
        Element resource = null;
        for (Element parameter : children(body)) {
            Map<String, Element> parts = new HashMap<>();
            children(parameter).forEach(part -> parts.putIfAbsent(part.getLocalName(), part));
            String name = parts.containsKey("name") ? parts.get("name").getAttribute("value") : "";
            if (name.equals("resource") && parts.containsKey("resource")) {
                resource = children(parts.get("resource")).stream().findFirst().orElse(null);
            } else if (NAMES.contains(name)) {
                parts.values().stream()
                        .filter(part -> part.getLocalName().startsWith("value"))
                        .forEach(part -> parameters.put(name, part.getAttribute("value")));
            }
        }
        return resource == null
                ? null
                : new ValidateBody(resource.getLocalName(), XmlUtil.encodeDocument(resource), parameters);
    }

    private static List<Element> children(Element parent) {
        return IntStream.range(0, parent.getChildNodes().getLength())
                .mapToObj(parent.getChildNodes()::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }
}
