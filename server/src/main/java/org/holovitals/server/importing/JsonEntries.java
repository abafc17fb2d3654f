package org.holovitals.server.importing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts the text of a JSON bundle into its entries, so that one that is not legal does not spoil the others. */
final class JsonEntries {
    private JsonEntries() {}

    /**
     * One entry of a bundle.
     *
     * @param text exactly as it stood in the bundle
     * @param type of its resource, if it has one
     */
    record Piece(String text, @Nullable String type) {

        /** A bundle with this entry alone. */
        String bundle() {
            return "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[" + text + "]}";
        }
    }

    static List<Piece> split(String bundle) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        try (JsonParser parser = JsonScan.parser(bundle)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isEntries = parser.currentName().equals("entry");
                if (parser.nextToken() == JsonToken.START_ARRAY && isEntries) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        pieces.add(piece(parser, bundle));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }
        return pieces;
    }

    private static Piece piece(JsonParser parser, String bundle) throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        String type = parser.currentToken() == JsonToken.START_OBJECT ? JsonScan.entryType(parser) : null;
        return new Piece(bundle.substring(start, (int) parser.currentLocation().getCharOffset()), type);
    }
}
