package org.holovitals.server.stored;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a whole resource of stored JSON: puts in what stands in columns and copies everything else as it is, digit for
 * digit.
 */
public final class ResourceLine {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final StoredResource resource;
    private final List<Mention> references = new ArrayList<>();
    private final Set<String> categories = new HashSet<>();
    private final StringBuilder line;

    private ResourceLine(StoredResource resource) {
        this.resource = resource;
        this.line = new StringBuilder(resource.json().length() + 256);
    }

    /** The line, without its end, and what it says of whom it is about. */
    public static WholeResource of(StoredResource resource) throws IOException {
        ResourceLine line = new ResourceLine(resource);
        return new WholeResource(line.write(), line.references, line.categories);
    }

    /** The line, without its end; each literal reference in the resource goes to the consumer. */
    public static String of(StoredResource resource, Consumer<String> references) throws IOException {
        WholeResource whole = of(resource);
        whole.references().forEach(reference -> references.accept(reference.text()));
        return whole.json();
    }

    private String write() throws IOException {
        line.append('{');
        string("resourceType", resource.type());
        line.append(',');
        string("id", resource.id());
        try (JsonParser parser = FACTORY.createParser(resource.json())) {
            StringBuilder rest = new StringBuilder(resource.json().length());
            StringBuilder meta = new StringBuilder();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                switch (parser.currentName()) {
                    case "resourceType", "id" -> parser.nextToken();
                    case "meta" -> copyMeta(parser, meta);
                    default -> copy(parser, rest);
                }
            }
            meta(meta);
            line.append(rest).append('}');
        }
        // Between tokens a line break is white space, and inside a string it cannot stand.
        return line.indexOf("\n") < 0
                ? line.toString()
                : line.toString().replace('\n', ' ').replace('\r', ' ');
    }

    private void meta(StringBuilder stored) {
        line.append(",\"meta\":{");
        string("versionId", Long.toString(resource.version()));
        line.append(',');
        string("lastUpdated", INSTANT.format(resource.lastUpdated()));
        if (resource.source() != null) {
            line.append(',');
            string("source", resource.source());
        }
        line.append(stored).append('}');
    }

    private void copyMeta(JsonParser parser, StringBuilder meta) throws IOException {
        Set<String> columns = resource.source() == null
                ? Set.of("versionId", "lastUpdated")
                : Set.of("versionId", "lastUpdated", "source");
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (columns.contains(parser.currentName())) {
                parser.nextToken();
                parser.skipChildren();
            } else {
                copy(parser, meta);
            }
        }
    }

    /** Copies the member that the parser is at the name of, in the very characters that it has. */
    private void copy(JsonParser parser, StringBuilder out) throws IOException {
        out.append(",\"")
                .append(JsonStringEncoder.getInstance().quoteAsString(parser.currentName()))
                .append("\":");
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        walk(parser);
        parser.finishToken();
        out.append(resource.json(), start, (int) parser.currentLocation().getCharOffset());
    }

    private void walk(JsonParser parser) throws IOException {
        if (!parser.currentToken().isStructStart()) {
            return;
        }
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING) {
                mention(parser);
            }
        }
    }

    private void mention(JsonParser parser) throws IOException {
        String name = parser.currentName();
        if ("reference".equals(name)) {
            references.add(new Mention(path(parser), parser.getText()));
        } else if ("code".equals(name) && isOfCategory(parser)) {
            categories.add(parser.getText());
        }
    }

    /** Whether the parser is in a coding of the resource's own category; most codes are not, so no path is made of them. */
    private static boolean isOfCategory(JsonParser parser) {
        JsonStreamContext coding = named(parser.getParsingContext().getParent());
        JsonStreamContext category = coding == null ? null : named(coding.getParent());
        return coding != null
                && category != null
                && "coding".equals(coding.getCurrentName())
                && "category".equals(category.getCurrentName())
                && named(category.getParent()) == null;
    }

    /** The nearest object around that is no list; null outside of the resource. */
    private static @Nullable JsonStreamContext named(@Nullable JsonStreamContext context) {
        @Nullable JsonStreamContext around = context;
        while (around != null && !(around.inObject() && around.hasCurrentName())) {
            around = around.getParent();
        }
        return around;
    }

    /** The names of the objects around, the outermost first; lists and the resource itself have none. */
    private static String path(JsonParser parser) {
        StringBuilder path = new StringBuilder();
        @Nullable JsonStreamContext around = named(parser.getParsingContext().getParent());
        for (; around != null; around = named(around.getParent())) {
            path.insert(0, path.isEmpty() ? "" : ".").insert(0, around.getCurrentName());
        }
        return path.toString();
    }

    private void string(String name, String value) {
        line.append('"').append(name).append("\":\"");
        line.append(JsonStringEncoder.getInstance().quoteAsString(value)).append('"');
    }
}
