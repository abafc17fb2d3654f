package org.holovitals.server.cda;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** The text of a section, to parts of which its entries refer. */
final class Narrative {
    private final Map<String, Element> parts = new HashMap<>();

    private Narrative() {}

    static Narrative of(Node section) {
        Narrative narrative = new Narrative();
        section.first("text").ifPresent(text -> narrative.index(text.element()));
        return narrative;
    }

    private void index(Element element) {
        String id = element.getAttribute("ID");
        if (!id.isBlank()) {
            parts.putIfAbsent(id.trim(), element);
        }
        for (org.w3c.dom.Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element found) {
                index(found);
            }
        }
    }

    /** What an element says: its own text, or the part of the narrative that it refers to; null when neither is there. */
    @Nullable
    String of(Optional<Node> text) {
        if (text.isEmpty()) {
            return null;
        }
        String reference = text.get()
                .first("reference")
                .map(node -> node.attribute("value"))
                .orElse(null);
        Element part = reference == null || !reference.startsWith("#") ? null : parts.get(reference.substring(1));
        return part != null ? new Node(part).text() : text.get().text();
    }
}
