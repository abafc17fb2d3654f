package org.holovitals.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.migrations.Login;
import org.holovitals.server.vault.VaultSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code import --patient} as an operator runs it beside a server. */
final class ImportCommandTest extends OperatorFixture {
    private static final Pattern UNDO = Pattern.compile("To take it back: import --undo ([0-9a-f-]{36})");

    private final ConfigurableApplicationContext server;
    private final JdbcClient jdbc;

    @Autowired
    ImportCommandTest(ConfigurableApplicationContext server, Login login, VaultSettings keys) {
        super(login, "holovitals.vault.directory", keys.directory());
        this.server = server;
        this.jdbc = asOwner(login);
    }

    @Test
    void aFileIsLookedAtWrittenWhenThatIsWantedAndTakenBack(@TempDir Path folder) throws IOException {
        String patient = patient();
        Path file = file(folder, "Operated", "1970-01-02");
        Ran seen = run("import", "--patient", patient, file.toString());
        assertThat(seen.code()).as(seen.err()).isZero();
        assertThat(seen.lines().subList(1, seen.lines().size()))
                .containsExactly(
                        "        1  duplicate    Patient: is the record's own patient, who is not changed by an import",
                        "        1  new          Condition",
                        "Nothing was written.",
                        "To write it, say --commit.");
        assertThat(conditions(patient)).isZero();

        Told written = tell(command -> command.bring(patient, file, false, true));
        assertThat(written.code()).isZero();
        assertThat(written.lines()).contains("        1  written      Condition");
        assertThat(conditions(patient)).isEqualTo(1);
        Matcher undo = UNDO.matcher(written.out());
        assertThat(undo.find()).isTrue();
        Told undone = tell(command -> command.undo(UUID.fromString(undo.group(1))));
        assertThat(undone.code()).isZero();
        assertThat(undone.lines()).contains("        1  undone       Condition");
        assertThat(conditions(patient)).isZero();
        assertThat(jdbc.sql("""
                        select string_agg(action || ' ' || outcome, ', ' order by seq) from holovitals.audit_logs
                        where patients = array[?]::text[] and client_id = 'command'
                        """).param(patient).query(String.class).single())
                .isEqualTo(
                        "import-file-begins success, import-file success, import-file-begins success, "
                                + "commit-import-begins success, commit-import success, import-file success, undo-import-begins success, undo-import success");
    }

    @Test
    void aFileThatMayBeOfSomebodyElseIsTakenWhenTheOperatorSaysSo(@TempDir Path folder) throws IOException {
        String patient = patient();
        Path maiden = file(folder, "Born", "1970-01-02");
        Told unsure = tell(command -> command.bring(patient, maiden, false, true));
        assertThat(unsure.code()).isEqualTo(1);
        assertThat(unsure.lines()).contains("  differs from the record: name", "Nothing was written.");
        assertThat(unsure.out()).doesNotContain("Born", "Operated", "Gout");
        assertThat(tell(command -> command.bring(patient, maiden, true, true)).code())
                .isZero();
        Path other = file(folder, "Else", "1999-09-09");
        Told refused = tell(command -> command.bring(patient, other, true, true));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.lines()).contains("The file is of somebody else.");
        assertThat(bad(patient, folder, "{\"resourceType\":")).startsWith("The file ");
        assertThat(bad(patient, folder, "MZ\u0090\u0000"))
                .isEqualTo("The file is neither FHIR nor a CDA document nor a zip of these\n");
        assertThat(bad(patient, folder, "<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><x>&x;</x>"))
                .isEqualTo("The file has a document type declaration, which neither FHIR nor CDA ever has\n");
        assertThat(bad(patient, folder, "<ClinicalDocument xmlns='urn:hl7-org:v3'/>"))
                .isEqualTo("The document names no patient: it has no recordTarget\n");
        assertThat(bad(patient, folder, "<?xml version='1.0' encoding='x-none'?><x/>"))
                .isEqualTo("The file's text is not legal in its encoding\n");
        assertThat(tell(command -> command.undo(UUID.randomUUID())).out()).isEqualTo("There is no such import\n");
        assertThat(tell(command -> command.bring("nobody", maiden, true, true)).code())
                .isEqualTo(1);
    }

    /** What is said of a file that cannot be read. */
    private String bad(String patient, Path folder, String content) throws IOException {
        Path file = Files.writeString(folder.resolve("lab.pdf"), content);
        Told told = tell(command -> command.bring(patient, file, true, true));
        assertThat(told.code()).isEqualTo(1);
        return told.out();
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused(@TempDir Path folder) {
        assertThat(List.of(
                        run("import"),
                        run("import", "--commit", folder.toString()),
                        run("import", "--patient", "1", folder.toString()),
                        run("import", "--undo", UUID.randomUUID().toString(), folder.toString()),
                        run("import", "--patient", "1", folder.resolve("none").toString())))
                .extracting(Ran::code)
                .containsOnly(2);
    }

    /** Something that a command does. */
    @FunctionalInterface
    private interface Deed {
        int run(PatientImport command) throws IOException;
    }

    private record Told(int code, String out) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    /** In the server's own context, which is as good as another one. */
    private Told tell(Deed deed) throws IOException {
        StringWriter out = new StringWriter();
        int code = deed.run(new PatientImport(server, new PrintWriter(out, true)));
        return new Told(code, out.toString());
    }

    private String patient() {
        Patient patient = new Patient();
        patient.addName().setFamily("Operated").addGiven("Ada");
        patient.setGender(AdministrativeGender.FEMALE).setBirthDateElement(new DateType("1970-01-02"));
        return client().create().resource(patient).execute().getId().getIdPart();
    }

    private static Path file(Path folder, String family, String birth) throws IOException {
        return Files.writeString(folder.resolve(family + ".json"), """
                {"resourceType":"Bundle","type":"collection","entry":[
                 {"resource":{"resourceType":"Patient","id":"p","gender":"female","birthDate":"%s",
                  "name":[{"family":"%s","given":["Ada"]}]}},
                 {"resource":{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"text":"Gout"}}}]}
                """.formatted(birth, family));
    }

    private int conditions(String patient) {
        return client().search()
                .byUrl("Condition?patient=" + patient + "&_summary=count")
                .returnBundle(org.hl7.fhir.r4.model.Bundle.class)
                .execute()
                .getTotal();
    }
}
