package org.holovitals.server.texts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** A FHIR resource, or a bundle of them: what is written in it for people, as one page. */
final class FhirText implements FileReading {
    private static final JsonMapper JSON = new JsonMapper();

    /** Elements with words of somebody, beside the narrative. */
    private static final Set<String> WORDS = Set.of("conclusion", "comment", "description", "patientInstruction");

    private final boolean isXml;

    FhirText(boolean isXml) {
        this.isXml = isXml;
    }

    @Override
    public void read(byte[] file, Sink sink) throws IOException, Unreadable {
        List<String> texts = new ArrayList<>();
        if (isXml) {
            Document document = Jsoup.parse(new ByteArrayInputStream(file), null, "", Parser.xmlParser());
            document.children().forEach(child -> xml(child, texts));
        } else {
            json(tree(file), texts);
        }
        HtmlText.page(MarkedText.joined(texts), sink);
    }

    private static JsonNode tree(byte[] file) throws IOException, Unreadable {
        try {
            return JSON.readTree(file);
        } catch (JsonProcessingException e) {
            throw new Unreadable(Failure.BROKEN);
        }
    }

    private static void json(JsonNode node, List<String> texts) {
        if (node.isObject()) {
            attached(node.path("contentType").asText(), node.path("data").asText(), texts);
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String name = field.getKey();
                JsonNode value = field.getValue();
                if (name.equals("div") && value.isTextual()) {
                    texts.add(html(value.asText()));
                } else if (WORDS.contains(name) && value.isTextual()) {
                    texts.add(value.asText());
                } else if (name.equals("note")) {
                    value.findValuesAsText("text").forEach(texts::add);
                } else {
                    json(value, texts);
                }
            }
        } else if (node.isArray()) {
            node.forEach(each -> json(each, texts));
        }
    }

    private static void xml(Element element, List<String> texts) {
        String name = element.tagName();
        if (MarkedText.name(element).equals("div")) {
            texts.add(MarkedText.of(element));
            return;
        }
        Element parent = element.parent();
        boolean isOfNote =
                name.equals("text") && parent != null && parent.tagName().equals("note");
        if ((WORDS.contains(name) || isOfNote) && element.hasAttr("value")) {
            texts.add(element.attr("value"));
        }
        attached(value(element, "contentType"), value(element, "data"), texts);
        element.children().forEach(child -> xml(child, texts));
    }

    private static String value(Element element, String name) {
        return element.children().stream()
                .filter(child -> child.tagName().equals(name))
                .map(child -> child.attr("value"))
                .findFirst()
                .orElse("");
    }

    /** Notes come as text in base64, too. */
    private static void attached(String type, String data, List<String> texts) {
        boolean isPlain = type.startsWith("text/plain");
        if ((isPlain || type.startsWith("text/html")) && !data.isEmpty()) {
            try {
                String text = new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
                texts.add(isPlain ? text : html(text));
            } catch (IllegalArgumentException e) {
                // What is no base64 is no text.
            }
        }
    }

    private static String html(String text) {
        return MarkedText.of(Jsoup.parse(text).body());
    }
}
