package org.holovitals.server.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes a whole resource of stored JSON: puts in what stands in columns and copies everything else as it is, digit for
 * digit.
 */
public final class ResourceLine {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final StoredResource resource;
    private final List<Mention> references = new ArrayList<>();
    private final Set<String> categories = new HashSet<>();
    private final JsonWalk walk;
    private final StringBuilder line;

    private ResourceLine(StoredResource resource) {
        this.resource = resource;
        this.walk = new JsonWalk(resource.json());
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
        StringBuilder rest = new StringBuilder(resource.json().length());
        StringBuilder meta = new StringBuilder();
        while (walk.next()) {
            if (walk.isNamed("meta")) {
                copyMeta(meta);
            } else if (walk.isNamed("resourceType") || walk.isNamed("id")) {
                skip();
            } else {
                copy(rest);
            }
        }
        meta(meta);
        line.append(rest).append('}');
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

    private void copyMeta(StringBuilder meta) throws JsonProcessingException {
        walk.enter();
        while (walk.next()) {
            boolean isColumn = walk.isNamed("versionId")
                    || walk.isNamed("lastUpdated")
                    || (resource.source() != null && walk.isNamed("source"));
            if (isColumn) {
                skip();
            } else {
                copy(meta);
            }
        }
    }

    private void skip() throws JsonProcessingException {
        walk.walk((start, end) -> {});
    }

    /** Copies a member in the very characters that it has. */
    private void copy(StringBuilder out) throws JsonProcessingException {
        int start = walk.memberStart();
        walk.walk(this::mention);
        out.append(',').append(resource.json(), start, walk.at());
    }

    private void mention(int start, int end) throws JsonProcessingException {
        if (walk.isNamed("reference")) {
            references.add(new Mention(walk.path(), walk.string(start, end)));
        } else if (walk.isNamed("code") && walk.isWithin("category", "coding")) {
            categories.add(walk.string(start, end));
        }
    }

    private void string(String name, String value) {
        line.append('"').append(name).append("\":\"");
        line.append(JsonStringEncoder.getInstance().quoteAsString(value)).append('"');
    }
}
