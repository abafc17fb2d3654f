package org.holovitals.server.importing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks through JSON token by token and keeps nothing but the resource types. */
final class JsonScan implements AutoCloseable {
    /** FHIR nests less; a deeper document is an attack on the parser's stack. */
    private static final int DEEPEST = 200;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    // A Binary is one long string; the whole source is bounded elsewhere.
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            // What is left of the content after the document belongs to its hash.
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private final JsonParser parser;

    JsonScan(InputStream content) throws IOException {
        this.parser = FACTORY.createParser(content);
    }

    static JsonParser parser(String text) throws IOException {
        return FACTORY.createParser(text);
    }

    /** The type of a resource on one line; nothing when the line is no JSON or no resource. */
    static Optional<String> typeOf(byte[] line) {
        try (JsonParser parser = FACTORY.createParser(line)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    ? Optional.ofNullable(typeIn(parser, false))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The type of a resource in bytes that have to be one whole JSON document. */
    static String typeOfDocument(byte[] text) throws IOException {
        try (JsonScan scan = new JsonScan(new ByteArrayInputStream(text))) {
            String type = scan.document().type();
            if (scan.hasMore()) {
                throw new BadSourceException("has more than one JSON document on a line");
            }
            return type;
        }
    }

    /** Whether anything but white space follows the document. */
    boolean hasMore() throws IOException {
        return parser.nextToken() != null;
    }

    Contents document() throws IOException {
        Contents contents = new Contents();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new BadSourceException("is not FHIR: its JSON is no object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("entry") && value == JsonToken.START_ARRAY) {
                entries(contents);
            } else if (field.equals("resourceType") && value == JsonToken.VALUE_STRING) {
                contents.type = parser.getText();
            } else if (field.equals("type") && value == JsonToken.VALUE_STRING) {
                contents.bundleType = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return contents;
    }

    private void entries(Contents contents) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            contents.entries++;
            String type = parser.currentToken() == JsonToken.START_OBJECT ? entryType(parser) : null;
            if (type != null) {
                contents.entryTypes.add(type);
            }
            parser.skipChildren();
        }
    }

    /** The type of the resource of the entry that the parser has entered; leaves the parser at the entry's end. */
    static @Nullable String entryType(JsonParser parser) throws IOException {
        String type = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isResource = parser.currentName().equals("resource");
            if (parser.nextToken() == JsonToken.START_OBJECT && isResource) {
                type = typeIn(parser, true);
            } else {
                parser.skipChildren();
            }
        }
        return type;
    }

    /** The {@code resourceType} of the object that the parser has entered. */
    private static @Nullable String typeIn(JsonParser parser, boolean toTheEnd) throws IOException {
        String type = null;
        while ((type == null || toTheEnd) && parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isType = parser.currentName().equals("resourceType");
            if (parser.nextToken() == JsonToken.VALUE_STRING && isType) {
                type = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return type;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
