package org.holovitals.server.cda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents made after the public shape of Consolidated CDA, with the habits of several systems in them. */
final class CdaReaderTest {
    private static final String HEAD = "<?xml version=\"1.0\"?>";

    @Test
    void eachEntryOfTheSectionsIsTheResourceThatTheConceptMapsMakeOfIt() throws Exception {
        CdaContents contents = CdaReader.read(new ByteArrayInputStream(file("summary.xml")));
        assertThat(lines(contents)).containsExactlyElementsOf(expected("summary.txt"));
    }

    @Test
    void whatHasNoResourceIsCountedBySection() throws Exception {
        CdaContents contents = CdaReader.read(new ByteArrayInputStream(file("summary.xml")));
        assertThat(contents.losses())
                .containsExactly(
                        "Encounters: an encounter that is planned is left out",
                        "Functional Status: the section is left out, with 1 entries",
                        "Problems: a problem without code and text is left out",
                        "Procedures: a procedure that is planned is left out");
    }

    @Test
    void aDocumentWithoutCodesOfSectionsIdsAndZonesIsReadAsFarAsItSaysSomething() throws Exception {
        CdaContents contents = CdaReader.read(new ByteArrayInputStream(file("plain.xml")));
        assertThat(lines(contents)).containsExactlyElementsOf(expected("plain.txt"));
        assertThat(contents.losses())
                .containsExactly(
                        "CLINICAL DATA: the section is left out, with 0 entries",
                        "LABS: a time that is not legal is left out",
                        "PROBLEM LIST: the section has text only, which is left out");
    }

    @Test
    void anotherEncodingSaysTheSame() throws Exception {
        String plain = new String(file("plain.xml"), UTF_8).replace("Ada", "Zoë");
        List<String> same = lines(read(plain.getBytes(UTF_8)));
        assertThat(same.get(0)).contains("Zoë");
        byte[] wide = ("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + plain).getBytes(UTF_16LE);
        assertThat(lines(read(wide))).isEqualTo(same);
        byte[] latin = ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + plain).getBytes(ISO_8859_1);
        assertThat(lines(read(latin))).isEqualTo(same);
        assertThatThrownBy(() -> read((HEAD + plain).getBytes(ISO_8859_1))).isInstanceOf(CharConversionException.class);
    }

    @Test
    void whatIsNoWholeDocumentOfSomebodyIsRefused() {
        refuses(HEAD + "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>", "names no patient: it has no recordTarget");
        refuses(HEAD + "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><recordTarget>", "is broken XML at line 1");
        refuses(
                HEAD
                        + "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><ClinicalDocument>&e;</ClinicalDocument>",
                "is broken XML at line 1");
        refuses("<a>".repeat(5_000), "is broken XML at line 1");
    }

    @Test
    void twoRecordTargetsAreTwoPatients() throws Exception {
        String two = new String(file("plain.xml"), UTF_8).replaceFirst("(?s)(<recordTarget>.*</recordTarget>)", "$1$1");
        assertThat(read(two.getBytes(UTF_8)).entries().stream()
                        .filter(entry -> entry.resource().fhirType().equals("Patient")))
                .hasSize(2);
    }

    private static void refuses(String text, String reason) {
        assertThatThrownBy(() -> read(text.getBytes(UTF_8)))
                .isInstanceOf(UnreadableDocument.class)
                .hasMessage(reason);
    }

    private static CdaContents read(byte[] bytes) throws IOException, UnreadableDocument {
        return CdaReader.read(new ByteArrayInputStream(bytes));
    }

    /** Each resource in JSON, with the entries to which it refers by their number. */
    private static List<String> lines(CdaContents contents) {
        Map<String, String> numbers = new HashMap<>();
        contents.entries().forEach(entry -> numbers.put(entry.fullUrl(), "#" + numbers.size()));
        assertThat(numbers).hasSize(contents.entries().size());
        return contents.entries().stream()
                .map(entry -> FhirContext.forR4Cached().newJsonParser().encodeResourceToString(entry.resource()))
                .map(json -> numbers.entrySet().stream()
                        .reduce(json, (text, number) -> text.replace(number.getKey(), number.getValue()), (a, b) -> a))
                .toList();
    }

    private static List<String> expected(String name) throws IOException {
        try (Stream<String> lines = new String(file(name), UTF_8).lines()) {
            return lines.toList();
        }
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(CdaReaderTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
