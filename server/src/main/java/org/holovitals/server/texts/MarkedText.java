package org.holovitals.server.texts;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** The words of marked text, as a reader sees them: a line for each paragraph, item and row of a table, whose cells are apart. */
final class MarkedText implements NodeVisitor {
    private static final Set<String> LINES = Set.of(
            // of HTML
            "p",
            "div",
            "li",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "tr",
            "br",
            "hr",
            "pre",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "table",
            "blockquote",
            "section",
            "article",
            "header",
            "footer",
            "body",
            "form",
            // of C-CDA's narrative, which has some of them, too
            "paragraph",
            "item",
            "list",
            "caption",
            "title",
            "text");

    private static final Set<String> CELLS = Set.of("td", "th");

    /** What is no text, and what is no part of it any more. */
    private static final Set<String> UNSEEN = Set.of("script", "style", "head", "template", "noscript");

    private final StringBuilder text = new StringBuilder();
    private int unseen;

    private MarkedText() {}

    /** What stands below a node. */
    static String of(Node node) {
        MarkedText reader = new MarkedText();
        NodeTraversor.traverse(reader, node);
        return reader.text
                .toString()
                .lines()
                .map(line -> line.replaceAll("[\\s\\u00a0]+", " ").strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** Several texts, one below the other. */
    static String joined(List<String> texts) {
        return texts.stream().filter(text -> !text.isBlank()).collect(Collectors.joining("\n"));
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof Element element) {
            unseen += UNSEEN.contains(name(element)) ? 1 : 0;
            separate(element);
        } else if (node instanceof TextNode words && unseen == 0) {
            // White space, and an end of a line, is where the form has it.
            text.append(words.getWholeText().replaceAll("\\s+", " "));
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element) {
            unseen -= UNSEEN.contains(name(element)) ? 1 : 0;
            separate(element);
        }
    }

    private void separate(Element element) {
        if (LINES.contains(name(element))) {
            text.append('\n');
        } else if (CELLS.contains(name(element))) {
            text.append(' ');
        }
    }

    /** Without the prefix of its namespace. */
    static String name(Element element) {
        String name = element.tagName();
        return name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    }
}
