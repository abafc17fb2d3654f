package org.holovitals.server.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** C-CDA documents, as clinics hand them out, into a record. */
final class CdaImportsTest extends IntakeFixture {
    private static final String DECLARED = "<?xml version=\"1.0\" encoding=\"";

    @Autowired
    CdaImportsTest(ApplicationContext beans) {
        super(beans);
    }

    private static String text() throws IOException {
        String text = new String(HostileImportsTest.document(), UTF_8);
        return text.substring(text.indexOf("<ClinicalDocument"));
    }

    @Test
    void aDocumentIsWrittenAndKnownAgain() throws IOException {
        String ada = patient("Sample", "1970-01-02");
        Answer brought = bring(ada, HostileImportsTest.document());
        assertThat(brought.text("kind")).isEqualTo("ccda");
        assertThat(brought.text("status")).as(brought.body().toString()).isEqualTo("preview");
        assertThat(brought.counts("findings").keySet()).containsExactly("duplicate", "new");
        String path = "/api/imports/" + brought.text("id");
        Answer committed = whole(ada, path + "/commit");
        assertThat(committed.counts("entries").keySet())
                .as(findings(ada, brought.text("id")).toString())
                .containsExactly("left", "written");
        assertThat(jdbc.sql("""
                        select count(*) from holovitals.patient_results t
                        join holovitals.patient_repositories p on p.id = t.repository_id
                        join holovitals.patients q on q.id = p.patient_id where q.fhir_id = ?
                        """).param(ada).query(Integer.class).single()).isEqualTo(7);
        assertThat(bring(ada, HostileImportsTest.document()).counts("findings").keySet())
                .containsExactly("duplicate");
        assertThat(whole(ada, path + "/undo").counts("entries").keySet()).containsExactly("left", "undone");
    }

    @Test
    void itHasToBeOfOnePersonWhoIsTheRecords() throws IOException {
        String ada = patient("Sample", "1970-01-02");
        Answer nobody = bring(ada, "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>");
        assertThat(nobody.problem()).isEqualTo("import-broken");
        assertThat(nobody.text("detail")).isEqualTo("The document names no patient: it has no recordTarget");
        String two = text().replaceFirst("(?s)(<recordTarget>.*</recordTarget>)", "$1$1");
        for (String file : List.of(
                two.replaceFirst("19700102", "19700103"),
                text().replace("Sample", "Else").replace("19700102", "19991231"))) {
            Answer other = bring(ada, file);
            assertThat(other.text("status")).isEqualTo("refused");
            assertThat(other.counts("entries")).isEmpty();
            assertThat(bring(ada, zip(Map.of("a.xml", file.getBytes(UTF_8)))).text("status"))
                    .isEqualTo("refused");
        }
        assertThat(bring(ada, two).text("status"))
                .as("the same person, said twice")
                .isEqualTo("preview");
    }

    /** The name that is compared with the record's is not read rightly in another encoding than the document's. */
    @Test
    void itsEncodingIsTheOneThatItHas() throws IOException {
        String zoe = patient("Zoë", "1970-01-02");
        String text = text().replace("Sample", "Zoë");
        String plain = DECLARED + "UTF-8\"?>" + text;
        for (byte[] file : List.of(
                plain.getBytes(UTF_8),
                ("\uFEFF" + plain).getBytes(UTF_8),
                ("\uFEFF" + text).getBytes(UTF_16BE),
                ("\uFEFF" + DECLARED + "UTF-16\"?>" + text).getBytes(UTF_16LE),
                (DECLARED + "ISO-8859-1\"?>" + text).getBytes(ISO_8859_1),
                (DECLARED + "windows-1252\"?>" + text).getBytes(Charset.forName("windows-1252")),
                (DECLARED + "US-ASCII\"?>" + text.replace("ë", "&#235;")).getBytes(US_ASCII))) {
            Answer brought = bring(zoe, file);
            assertThat(brought.text("status")).as(brought.body().toString()).isEqualTo("preview");
        }
        for (byte[] file : List.of(
                plain.getBytes(ISO_8859_1), plain.replace("UTF-8", "x-none").getBytes(UTF_8))) {
            assertThat(bring(zoe, file).problem()).isEqualTo("import-encoding");
        }
    }
}
