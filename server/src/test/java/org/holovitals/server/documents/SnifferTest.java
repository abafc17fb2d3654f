package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What files are, whatever they are called. */
final class SnifferTest {
    private static final String CDA = "<?xml version=\"1.0\"?>\n<!-- x --><ClinicalDocument xmlns=\"urn:hl7-org:v3\">";

    private final Sniffer sniffer = new Sniffer();

    private Sniffed of(byte[] head) {
        return sniffer.of(head);
    }

    private Sniffed of(String head) {
        return sniffer.of(head.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(int... first) {
        byte[] head = new byte[600];
        for (int i = 0; i < first.length; i++) {
            head[i] = (byte) first[i];
        }
        return head;
    }

    private static byte[] starting(String first, int... before) {
        byte[] text = first.getBytes(StandardCharsets.ISO_8859_1);
        byte[] head = Arrays.copyOf(bytes(before), 600);
        System.arraycopy(text, 0, head, before.length, text.length);
        return head;
    }

    private String refusal(byte[] head) {
        return of(head) instanceof Sniffed.Other other ? other.what() : "taken as " + of(head);
    }

    @Test
    void whatIsTakenIsToldByItsBytes() {
        Map<FileType, byte[]> files = Map.of(
                FileType.PDF, "%PDF-1.7\n1 0 obj".getBytes(StandardCharsets.US_ASCII),
                FileType.PNG, bytes(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'),
                FileType.JPEG, bytes(0xff, 0xd8, 0xff, 0xe0),
                FileType.TIFF, bytes('I', 'I', 0x2a, 0),
                FileType.TEXT, "Potassium 3.4 mmol/l\n".getBytes(StandardCharsets.UTF_8),
                FileType.CLINICAL_DOCUMENT, CDA.getBytes(StandardCharsets.UTF_8),
                FileType.FHIR_JSON, "\n {\"id\":\"1\",\"resourceType\":\"Bundle\"".getBytes(StandardCharsets.UTF_8),
                FileType.FHIR_XML, "<Patient xmlns='http://hl7.org/fhir'/>".getBytes(StandardCharsets.UTF_8));
        files.forEach((type, head) -> assertThat(of(head)).as(type.name()).isEqualTo(new Sniffed.Taken(type)));
        assertThat(of("<!DOCTYPE html>\n<html><body>x</body></html>")).isEqualTo(new Sniffed.Taken(FileType.HTML));
        assertThat(of("{\\rtf1\\ansi x}")).isEqualTo(new Sniffed.Taken(FileType.RICH_TEXT));
    }

    @Test
    void textsInOtherEncodingsAreTaken() {
        for (String encoding : new String[] {"UTF-8", "ISO-8859-1", "windows-1252", "UTF-16"}) {
            assertThat(of("Größe 180 cm, Gewicht 80 kg; [sic]\n".getBytes(Charset.forName(encoding))))
                    .as(encoding)
                    .isEqualTo(new Sniffed.Taken(FileType.TEXT));
            assertThat(of(CDA.replace("1.0\"", "1.0\" encoding=\"" + encoding + "\"")
                            .getBytes(Charset.forName(encoding))))
                    .as(encoding)
                    .isEqualTo(new Sniffed.Taken(FileType.CLINICAL_DOCUMENT));
        }
        assertThat(of("[Note] take with water")).isEqualTo(new Sniffed.Taken(FileType.TEXT));
    }

    @Test
    void whatIsNotTakenIsNamed() throws IOException {
        assertThat(refusal(starting("ftypheic", 0, 0, 0, 0x18))).contains("HEIC");
        assertThat(refusal(bytes('M', 'Z', 0x90, 0, 3, 0))).isEqualTo("an executable program");
        assertThat(refusal(bytes(0x7f, 'E', 'L', 'F', 2, 1, 1, 0))).isEqualTo("an executable program");
        assertThat(refusal("#!/bin/sh\nrm -rf /\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("an executable program");
        assertThat(refusal(bytes(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 61))).isEqualTo("an executable program");
        assertThat(refusal(zip())).contains("ZIP archive");
        assertThat(refusal(gzip())).isEqualTo("a gzip archive");
        assertThat(refusal(bytes('G', 'I', 'F', '8', '9', 'a'))).isEqualTo("a GIF image");
        assertThat(refusal("MSH|^~\\&|A|B".getBytes(StandardCharsets.US_ASCII))).isEqualTo("an HL7 version 2 message");
        assertThat(refusal("{\"a\": 1}".getBytes(StandardCharsets.US_ASCII))).isEqualTo("JSON that is not FHIR");
        assertThat(refusal("<a xmlns='urn:x'/>".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("XML that is neither a clinical document nor FHIR");
        assertThat(refusal(("<!DOCTYPE ClinicalDocument [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + CDA.substring(21))
                        .getBytes(StandardCharsets.US_ASCII)))
                .startsWith("XML with a document type declaration");
        assertThat(refusal("<?xml version='1.0'?><!DOCTYPE x [\u0001]><x/>".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("broken XML, or a web page");
        assertThat(refusal(bytes(1, 2, 3, 4, 5))).isEqualTo("nothing that is known");
    }

    @Test
    void bytesWithoutAnyFormAreNeverTakenAndNeverFail() {
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            byte[] head = new byte[1 + random.nextInt(2000)];
            random.nextBytes(head);
            assertThat(of(head)).isNotNull();
        }
    }

    @Test
    void namesAreOnlyNames() {
        assertThat(FileName.of("../../etc/passwd", FileType.PDF)).isEqualTo("passwd");
        assertThat(FileName.of("C:\\Users\\a\\lab.pdf", FileType.PDF)).isEqualTo("lab.pdf");
        assertThat(FileName.of("..", FileType.PNG)).isEqualTo("document.png");
        assertThat(FileName.of(null, FileType.TIFF)).isEqualTo("document.tif");
        assertThat(FileName.of("a\u202Efdp.exe\r\nX: y", FileType.PDF)).isEqualTo("afdp.exeX y");
        assertThat(FileName.of("ü".repeat(400) + ".pdf", FileType.PDF))
                .hasSize(150)
                .endsWith(".pdf");
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a.txt"));
            zip.write(1);
        }
        return out.toByteArray();
    }

    private static byte[] gzip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(new byte[100]);
        }
        return out.toByteArray();
    }
}
