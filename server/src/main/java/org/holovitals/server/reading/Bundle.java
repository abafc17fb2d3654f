package org.holovitals.server.reading;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A searchset (http://hl7.org/fhir/R4/bundle.html#searchset).
 *
 * @param total null when the client does not want to know
 * @param next null on the last page
 */
record Bundle(
        String id,
        Instant at,
        @Nullable Long total,
        String self,
        @Nullable String next,
        List<Entry> entries) {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * What was found, or came with it.
     *
     * @param mode {@code match} or {@code include}
     */
    record Entry(String url, String json, String mode) {}

    void write(Writer out) throws IOException {
        out.write("{\"resourceType\":\"Bundle\",\"id\":\"" + id + "\",\"meta\":{\"lastUpdated\":\"" + INSTANT.format(at)
                + "\"},\"type\":\"searchset\"");
        if (total != null) {
            out.write(",\"total\":" + total);
        }
        out.write(",\"link\":[{\"relation\":\"self\",\"url\":\"" + quoted(self) + "\"}");
        if (next != null) {
            out.write(",{\"relation\":\"next\",\"url\":\"" + quoted(next) + "\"}");
        }
        out.write("]");
        String before = ",\"entry\":[";
        for (Entry entry : entries) {
            out.write(before + "{\"fullUrl\":\"" + quoted(entry.url) + "\",\"resource\":");
            out.write(entry.json);
            out.write(",\"search\":{\"mode\":\"" + entry.mode + "\"}}");
            before = ",";
        }
        out.write(entries.isEmpty() ? "}" : "]}");
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
