package org.holovitals.server.documents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** Tells what a file is by its first bytes. Neither its name nor what the client says of it counts. */
final class Sniffer {
    /** So many bytes are looked at. */
    static final int HEAD_BYTES = 64 * 1024;

    private static final byte[] HL7 = "MSH|".getBytes(StandardCharsets.US_ASCII);
    private static final String WEB_PAGE = "text/html|application/xhtml\\+xml";
    private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("image/heic", "a photograph in HEIC, as iPhones take them"),
            Map.entry("image/heif", "a photograph in HEIF, as iPhones take them"),
            Map.entry("image/heic-sequence", "photographs in HEIC, as iPhones take them"),
            Map.entry("image/heif-sequence", "photographs in HEIF, as iPhones take them"),
            Map.entry("image/gif", "a GIF image"),
            Map.entry("image/webp", "a WebP image"),
            Map.entry("image/bmp", "a BMP image"),
            Map.entry("application/dicom", "a DICOM image"),
            Map.entry("application/zip", "a ZIP archive, or an office document, which is one"),
            Map.entry("application/gzip", "a gzip archive"),
            Map.entry("application/x-7z-compressed", "a 7-Zip archive"),
            Map.entry("application/x-rar-compressed", "a RAR archive"),
            Map.entry("application/x-tar", "a tar archive"),
            Map.entry("application/x-gtar", "a tar archive"),
            Map.entry("application/x-bzip2", "a bzip2 archive"),
            Map.entry("application/x-xz", "an xz archive"),
            Map.entry("application/x-tika-msoffice", "an office document of an old kind"),
            Map.entry("application/octet-stream", "nothing that is known"));

    private static final List<String> PROGRAMS = List.of(
            "application/x-msdownload",
            "application/x-dosexec",
            "application/x-elf",
            "application/x-executable",
            "application/x-sharedlib",
            "application/x-object",
            "application/x-mach-o",
            "application/java-vm",
            "application/x-sh",
            "application/x-bat",
            "application/x-msi",
            "text/x-python",
            "text/x-perl",
            "application/vnd.microsoft.portable-executable");

    private final MimeTypes magic = MimeTypes.getDefaultMimeTypes();

    /** By the first {@link #HEAD_BYTES} of a file, or all of a shorter one. */
    Sniffed of(byte[] head) {
        if (startsWith(head, 0, HL7) || startsWith(head, UTF_8_MARK.length, HL7)) {
            return new Sniffed.Other("an HL7 version 2 message");
        }
        String type = magic(head);
        if (isText(type)) {
            return type.matches(WEB_PAGE)
                    ? new Sniffed.Taken(FileType.HTML)
                    : Markup.of(head).orElseGet(() -> text(type, head));
        }
        Optional<FileType> taken = FileType.find(type);
        return taken.isPresent() ? new Sniffed.Taken(taken.get()) : other(type);
    }

    /** The kind of a file that is taken; a problem that says what it is where it is not. */
    FileType taken(byte[] head) {
        if (head.length == 0) {
            throw new Problem(ProblemType.UPLOAD_EMPTY);
        }
        Sniffed sniffed = of(head);
        if (sniffed instanceof Sniffed.Taken taken) {
            return taken.type();
        }
        throw new Problem(
                ProblemType.UPLOAD_TYPE_UNSUPPORTED,
                "This is " + ((Sniffed.Other) sniffed).what()
                        + ", whatever its name says. Send PDF, PNG, JPEG, TIFF, text, a web page, RTF, a C-CDA document or FHIR");
    }

    private String magic(byte[] head) {
        try {
            MediaType found = magic.detect(new ByteArrayInputStream(head), new Metadata());
            return found.getBaseType().toString();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
    }

    private static boolean isText(String type) {
        return type.startsWith("text/") || type.endsWith("xml") || type.endsWith("json");
    }

    /** What looks like text and is no program or the like. */
    private static Sniffed text(String type, byte[] head) {
        boolean isPlain = type.equals(FileType.TEXT.mimeType()) && !hasControls(head);
        return isPlain ? new Sniffed.Taken(FileType.TEXT) : other(type.startsWith("text/plain") ? "" : type);
    }

    private static Sniffed other(String type) {
        boolean isProgram = PROGRAMS.stream().anyMatch(type::startsWith);
        String what = isProgram ? "an executable program" : OTHERS.get(type);
        return new Sniffed.Other(
                what != null ? what : type.isEmpty() ? "nothing that is known" : "a file of the type " + type);
    }

    /** Bytes that no text in UTF-8 or in a Latin alphabet has; one in UTF-16 begins with a mark and has zeros. */
    private static boolean hasControls(byte[] head) {
        if (head.length > 1 && (head[0] & 0xff) + (head[1] & 0xff) == 0xff + 0xfe) {
            return false;
        }
        for (byte each : head) {
            if (each >= 0 && each < ' ' && each != '\t' && each != '\n' && each != '\r' && each != '\f') {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] head, int offset, byte[] what) {
        return head.length >= offset + what.length
                && (offset == 0 || Arrays.equals(head, 0, offset, UTF_8_MARK, 0, offset))
                && Arrays.equals(head, offset, offset + what.length, what, 0, what.length);
    }
}
