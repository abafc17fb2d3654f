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
    private static final String PIVL = "<effectiveTime xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
            + " xsi:type='PIVL_TS'><period><low value='4' unit='h'/><high value='6' unit='h'/></period></effectiveTime>";
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

    /** Comments, instructions and severities, and entries within that say nothing. */
    @Test
    void whatIsRemarkedOnAnEntryAndHowSevereItIsIsKept() throws Exception {
        String comment = within("act", "4.64", "<text>since the flood</text>");
        String severe = within("observation", "4.8", "<value code='24484000' codeSystem='2.16.840.1.113883.6.96'/>");
        String material = "<consumable><manufacturedProduct><manufacturedMaterial><code code='1191'/>"
                + "</manufacturedMaterial></manufacturedProduct></consumable>";
        CdaContents contents = read(document(
                        section(
                                "10160-0",
                                "<substanceAdministration>" + PIVL + material
                                        + within("substanceAdministration", "4.147", "<text/>")
                                        + within("act", "4.20", "<text>with water</text>") + comment
                                        + within("supply", "4.18", "") + "</substanceAdministration>"),
                        section(
                                "48765-2",
                                "<observation><participant><participantRole><playingEntity><name>Penicillin</name>"
                                        + "</playingEntity></participantRole></participant>" + severe + comment
                                        + "</observation>"),
                        section(
                                "11450-4",
                                "<observation><value code='73211009'/>" + severe + comment + "</observation>"),
                        section(
                                "11369-6",
                                "<substanceAdministration>" + material + comment
                                        + within("observation", "4.9", "<value code='386661006' displayName='Fever'/>")
                                        + "</substanceAdministration>"),
                        section("47519-4", "<procedure><code code='80146002'/>" + comment + "</procedure>"))
                .getBytes(UTF_8));
        assertThat(lines(contents).stream().skip(1)).containsExactlyElementsOf(expected("remarks.txt"));
        assertThat(contents.losses())
                .containsExactly("A section without a title: what was supplied of a medication is left out");
    }

    /** Entries of sections in which nothing is, as several systems write them. */
    @Test
    void anEntryThatSaysThatThereIsNothingIsNoFinding() throws Exception {
        String nothing = "<code nullFlavor='UNK'><originalText>No procedure data is applicable</originalText></code>";
        CdaContents contents = read(document(
                        section("47519-4", "<procedure>" + nothing + "</procedure>"),
                        section("11450-4", "<observation><value nullFlavor='NI'/><text>None</text></observation>"),
                        section("46240-8", "<encounter>" + nothing + "</encounter>"),
                        section("48765-2", allergy("No information about allergies", "")),
                        section("48765-2", allergy("No known allergies", "negationInd='true'")),
                        section(
                                "11450-4",
                                "<observation><value><originalText>No light perception</originalText></value>"
                                        + "</observation>"))
                .getBytes(UTF_8));
        assertThat(lines(contents).stream().skip(1))
                .containsExactly(
                        "{\"resourceType\":\"AllergyIntolerance\",\"code\":{\"coding\":[{\"system\":\"http://snomed.info/sct\","
                                + "\"code\":\"716186003\"}],\"text\":\"No known allergies\"},\"patient\":{\"reference\":\"#0\"}}",
                        "{\"resourceType\":\"Condition\",\"category\":[{\"coding\":[{\"system\":"
                                + "\"http://terminology.hl7.org/CodeSystem/condition-category\",\"code\":\"problem-list-item\"}]}],"
                                + "\"code\":{\"text\":\"No light perception\"},\"subject\":{\"reference\":\"#0\"}}");
        assertThat(contents.losses())
                .containsExactly(
                        "A section without a title: an entry that says that there is nothing is left out (4 times)");
    }

    private static String allergy(String name, String more) {
        return "<observation " + more + "><participant><participantRole><playingEntity><name>" + name
                + "</name></playingEntity></participantRole></participant></observation>";
    }

    private static String within(String element, String template, String content) {
        return "<entryRelationship><%s><templateId root='2.16.840.1.113883.10.20.22.%s'/>%s</%s></entryRelationship>"
                .formatted(element, template, content, element);
    }

    private static String section(String code, String entry) {
        return "<component><section><code code='" + code + "'/><entry>" + entry + "</entry></section></component>";
    }

    private static String document(String... sections) {
        return "<ClinicalDocument xmlns='urn:hl7-org:v3'><recordTarget><patientRole/></recordTarget><component>"
                + "<structuredBody>" + String.join("", sections) + "</structuredBody></component></ClinicalDocument>";
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
