package org.holovitals.server.importing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.io.input.CloseShieldInputStream;
import org.holovitals.server.importing.Scan.Format;
import org.holovitals.server.importing.Scan.Shape;

/** The first pass over a source: its hash, its shape and the resource types in it, at the speed of reading. */
final class Scanner {
    private static final int PEEK = 4096;

    private final ResourceTypes known;
    private final long limit;

    Scanner(ResourceTypes known, long limit) {
        this.known = known;
        this.limit = limit;
    }

    Scan scan(Source source) throws IOException {
        if (isNamedLines(source.name())) {
            return scanLines(source);
        }
        try (HashingStream content = new HashingStream(source.open())) {
            BufferedInputStream buffered = new BufferedInputStream(content, 1 << 16);
            byte[] start = start(buffered);
            return switch (firstCharacter(start)) {
                case '{' -> scanJson(source, content, buffered, charsetOfJson(start));
                case '<' -> scanXml(content, buffered);
                default -> throw new BadSourceException("is not FHIR: neither JSON nor XML");
            };
        }
    }

    private static boolean isNamedLines(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        return plain.endsWith(".ndjson") || plain.endsWith(".jsonl");
    }

    private static byte[] start(BufferedInputStream content) throws IOException {
        content.mark(PEEK);
        byte[] start = content.readNBytes(PEEK);
        content.reset();
        return start;
    }

    /** The first character that is neither white space nor a byte order mark nor half of a 16-bit character. */
    private static char firstCharacter(byte[] start) throws BadSourceException {
        for (byte next : start) {
            if (next > ' ') {
                return (char) next;
            }
        }
        throw new BadSourceException(start.length < PEEK ? "is empty" : "is not FHIR: neither JSON nor XML");
    }

    /** RFC 4627, section 3: the zeros among the first bytes tell. */
    private static Charset charsetOfJson(byte[] start) {
        if (start.length < 2) {
            return StandardCharsets.UTF_8;
        }
        if (start[0] == 0 || ((start[0] & 0xff) == 0xfe && (start[1] & 0xff) == 0xff)) {
            return StandardCharsets.UTF_16BE;
        }
        boolean littleEndian = start[1] == 0 || ((start[0] & 0xff) == 0xff && (start[1] & 0xff) == 0xfe);
        return littleEndian ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }

    private Scan scanJson(Source source, HashingStream content, InputStream buffered, Charset charset)
            throws IOException {
        try (JsonScan json = new JsonScan(buffered)) {
            Contents contents = json.document();
            // Only lines have more than one document. Their reader takes the source from the start.
            return json.hasMore() ? scanLines(source) : of(contents, content, buffered, Format.JSON, charset);
        }
    }

    private Scan scanXml(HashingStream content, InputStream buffered) throws IOException {
        // The JDK's reader closes what it has read to the end, and the hash wants to see that end too.
        XmlScan xml = new XmlScan(CloseShieldInputStream.wrap(buffered));
        return of(xml.document(), content, buffered, Format.XML, xml.charset());
    }

    private Scan of(Contents contents, HashingStream content, InputStream rest, Format format, Charset charset)
            throws IOException {
        Shape shape = contents.shape();
        Set<String> types = contents.isBundle() ? contents.entryTypes : Set.of(String.valueOf(contents.type));
        if (shape != Shape.BATCH) {
            known.require(types);
        }
        rest.transferTo(OutputStream.nullOutputStream());
        if (content.bytes() > limit) {
            throw new BadSourceException("has " + content.bytes() + " bytes, more than the " + limit
                    + " that may be read into memory (holovitals.import.max-source-size)");
        }
        int entries = contents.isBundle() ? contents.entries : 1;
        return new Scan(content.sha256(), format, shape, charset, types, entries, content.bytes());
    }

    /** Lines that are no FHIR do not count here: they are reported one by one when their turn comes. */
    private Scan scanLines(Source source) throws IOException {
        try (HashingStream content = new HashingStream(source.open())) {
            LineReader lines = new LineReader(content, limit);
            Set<String> types = new TreeSet<>();
            int entries = 0;
            for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
                entries++;
                JsonScan.typeOf(line.text()).filter(known::contains).ifPresent(types::add);
            }
            if (entries == 0) {
                throw new BadSourceException("is empty");
            }
            if (types.isEmpty()) {
                throw new BadSourceException("is not FHIR: no line of it is a FHIR resource in JSON");
            }
            return new Scan(
                    content.sha256(),
                    Format.JSON,
                    Shape.LINES,
                    StandardCharsets.UTF_8,
                    types,
                    entries,
                    content.bytes());
        }
    }
}
