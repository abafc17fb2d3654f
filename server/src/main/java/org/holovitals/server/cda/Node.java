package org.holovitals.server.cda;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** An element of a document, read by names of HL7 version 3's namespace; one of another namespace is not there. */
record Node(Element element) {
    private static final String V3 = "urn:hl7-org:v3";
    private static final Splitter STEPS = Splitter.on('/');
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    String name() {
        return element.getLocalName();
    }

    /** All children of a name. */
    List<Node> all(String name) {
        return children().filter(child -> child.name().equals(name)).toList();
    }

    Stream<Node> children() {
        List<Node> children = new ArrayList<>();
        for (org.w3c.dom.Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element found && V3.equals(found.getNamespaceURI())) {
                children.add(new Node(found));
            }
        }
        return children.stream();
    }

    /** The first element of a path such as {@code participant/participantRole}. */
    Optional<Node> first(String path) {
        return find(path).findFirst();
    }

    /** All elements of a path. */
    Stream<Node> find(String path) {
        Stream<Node> found = Stream.of(this);
        for (String step : STEPS.split(path)) {
            found = found.flatMap(node -> node.all(step).stream());
        }
        return found;
    }

    /** An attribute that is not blank. */
    @Nullable
    String attribute(String name) {
        String value = element.getAttribute(name).trim();
        return value.isEmpty() ? null : value;
    }

    boolean has(String name, String value) {
        return value.equals(attribute(name));
    }

    /** The type that a value says it has, such as {@code PQ}. */
    String type() {
        String type = element.getAttributeNS(XSI, "type").trim();
        return type.substring(type.indexOf(':') + 1);
    }

    boolean isTrue(String attribute) {
        return "true".equals(attribute(attribute)) || "1".equals(attribute(attribute));
    }

    /** Whether it is made after a template, of whatever version. */
    boolean isOf(String template) {
        return all("templateId").stream().anyMatch(id -> id.has("root", template));
    }

    /** Its text and that of all elements in it, on one line; null when there is none. */
    @Nullable
    String text() {
        String text = element.getTextContent().replaceAll("\\s+", " ").trim();
        return text.isEmpty() ? null : text;
    }

    /** A code as a code that is compared with others: in lower case. */
    @Nullable
    String code() {
        String code = attribute("code");
        return code == null ? null : code.toLowerCase(Locale.ROOT);
    }

    /** The entries within, by whatever relationship, of a template. */
    Stream<Node> related(String template) {
        return all("entryRelationship").stream().flatMap(Node::children).filter(child -> child.isOf(template));
    }
}
