package org.holovitals.server.exporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.importing.ImportReport;
import org.holovitals.server.importing.ImportRequest;
import org.holovitals.server.importing.Importer;
import org.holovitals.server.importing.Progress;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

final class ExportTest extends ExportFixture {
    private static final Set<String> ALL = Set.of();

    private final ApplicationContext beans;

    @Autowired
    ExportTest(ApplicationContext beans) {
        super(beans.getBean(Exporter.class));
        this.beans = beans;
    }

    @Test
    void everyLineIsWhatTheServerAnswers() throws IOException {
        put("Organization", "org", "\"name\":\"General Hospital\"");
        ExportReport report = export("x", ALL, ALL);
        Map<String, JsonNode> ours = exported("x");
        assertThat(ours)
                .containsOnlyKeys(
                        "Organization/" + id("org"),
                        "Practitioner/" + id("doctor"),
                        "Device/" + id("pump"),
                        "Practitioner/" + id("stranger"),
                        "Patient/" + id("a"),
                        "Patient/" + id("b"),
                        "Observation/" + id("oa"),
                        "Observation/" + id("ob"),
                        "Appointment/" + id("both"));
        for (Map.Entry<String, JsonNode> resource : ours.entrySet()) {
            assertThat(inUtc(resource.getValue()))
                    .isEqualTo(inUtc(EXACT.readTree(get("/" + resource.getKey()).body())));
        }
        assertThat(String.join("\n", lines("x"))).contains(":7.00,", "0.00001", ":120.0}");
        assertThat(EXACT.valueToTree(ours)
                        .at("/Organization~1" + id("org") + "/meta/versionId")
                        .asText())
                .isEqualTo("2");
        assertManifest("x", report, ".ndjson");
    }

    /** HAPI writes the instant in the zone of its machine. */
    private static JsonNode inUtc(JsonNode resource) {
        ObjectNode meta = (ObjectNode) resource.get("meta");
        meta.put(
                "lastUpdated",
                OffsetDateTime.parse(meta.get("lastUpdated").asText())
                        .toInstant()
                        .toString());
        return resource;
    }

    @Test
    void aTypeIsExportedAloneAndCompressed() throws IOException {
        ExportReport report = export("x", Set.of("Observation"), ALL, null, true);
        assertThat(exported("x")).containsOnlyKeys("Observation/" + id("oa"), "Observation/" + id("ob"));
        assertThat(report.resourcesByType()).containsOnlyKeys("Observation");
        assertManifest("x", report, ".ndjson.gz");
    }

    private void assertManifest(String name, ExportReport report, String ending) throws IOException {
        JsonNode manifest = EXACT.readTree(folder(name).resolve("manifest.json").toFile());
        assertThat(Instant.parse(manifest.get("transactionTime").asText())).isEqualTo(report.instant());
        Map<String, Long> counts = new TreeMap<>();
        for (JsonNode file : manifest.get("output")) {
            String type = file.get("type").asText();
            assertThat(file.get("url").asText()).isEqualTo(type + ending);
            counts.put(type, file.get("count").asLong());
            assertThat(lines(folder(name).resolve(type + ending)))
                    .hasSize(file.get("count").asInt())
                    .allMatch(line -> line.startsWith("{\"resourceType\":\"" + type + "\""));
        }
        assertThat(counts).isEqualTo(report.resourcesByType());
        assertThat(lines(name)).hasSize((int) report.resources());
    }

    @Test
    void aPatientIsExportedWithWhatTheRecordRefersToAndNothingOfAnother() throws IOException {
        ExportReport report = export("x", ALL, Set.of(id("a")));
        assertThat(exported("x"))
                .containsOnlyKeys(
                        "Organization/" + id("org"),
                        "Practitioner/" + id("doctor"),
                        "Device/" + id("pump"),
                        "Patient/" + id("a"),
                        "Observation/" + id("oa"),
                        "Appointment/" + id("both"));
        assertThat(report.resources()).isEqualTo(6);
    }

    @Test
    void aTypeOfAPatientIsFoundAlsoWhereOnlyOtherTypesReferToIt() throws IOException {
        export("x", Set.of("Practitioner"), Set.of(id("a")));
        assertThat(exported("x")).containsOnlyKeys("Practitioner/" + id("doctor"));
    }

    @Test
    void sinceLeavesOutWhatDidNotChange() throws IOException {
        String answer = put("Practitioner", "doctor", "\"name\":[{\"family\":\"When\"}]");
        Instant changed = OffsetDateTime.parse(
                        EXACT.readTree(answer).at("/meta/lastUpdated").asText())
                .toInstant();
        export("of-patient", ALL, Set.of(id("a")), changed, false);
        assertThat(exported("of-patient")).containsOnlyKeys("Practitioner/" + id("doctor"));
        export("of-all", ALL, ALL, changed, false);
        assertThat(exported("of-all")).containsOnlyKeys("Practitioner/" + id("doctor"));
    }

    @Test
    void aChangeThatCommitsAfterTheExportIsInTheNextOne() throws IOException {
        Instant next = new TransactionTemplate(beans.getBean(PlatformTransactionManager.class)).execute(status -> {
            Patient patient = new Patient();
            patient.setId("Patient/" + id("late"));
            beans.getBean(DaoRegistry.class).getResourceDao(Patient.class).update(patient, new SystemRequestDetails());
            try {
                return export("first", Set.of("Patient"), ALL).instant();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(exported("first")).doesNotContainKey("Patient/" + id("late"));
        export("next", Set.of("Patient"), ALL, Objects.requireNonNull(next), false);
        assertThat(exported("next")).containsKey("Patient/" + id("late"));
    }

    @Test
    void onlyTheOwnerMayReadTheFiles() throws IOException {
        export("x", Set.of("Patient"), ALL);
        try (Stream<Path> files = Files.list(folder("x"))) {
            assertThat(files).hasSize(2).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void aFolderWithAnExportIsRefusedAndKept() throws IOException {
        export("x", Set.of("Patient"), ALL);
        Map<String, JsonNode> before = exported("x");
        put("Patient", "a", "\"active\":true");
        assertThatThrownBy(() -> export("x", Set.of("Patient"), ALL))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("holds an export already");
        assertThat(exported("x")).isEqualTo(before);
    }

    @Test
    void whatDoesNotExistIsRefusedInsteadOfExportingNothing() {
        assertThatThrownBy(() -> export("x", Set.of("Patient", "Patients"), ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no resource type Patients in FHIR R4");
        assertThatThrownBy(() -> export("x", ALL, Set.of(id("a"), id("none"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no patient with the id " + id("none"));
        assertThat(folder("x")).doesNotExist();
    }

    @Test
    void anExportImportsAgainWithoutANewVersion() throws Exception {
        Set<String> both = Set.of(id("a"), id("b"));
        export("before", ALL, both, null, true);
        ImportReport report =
                beans.getBean(Importer.class).run(new ImportRequest(List.of(folder("before")), false), Progress.NONE);
        assertThat(report.failures()).isEmpty();
        assertThat(report.resources()).isEqualTo(exported("before").size());
        export("after", ALL, both);
        assertThat(exported("after")).isEqualTo(exported("before"));
    }

    /** However many patients and resources there are, each type is read once, and what they refer to once a round. */
    @Test
    void anExportTakesAsManyStatementsAsThereAreTypes() throws IOException {
        // Types of which there is nothing at all take no statement.
        put("Patient", "first", "\"active\":true");
        put("Condition", "first", "\"subject\":{\"reference\":\"Patient/" + id("first") + "\"}");
        CountedStatements few = new CountedStatements(beans.getBean(DataSource.class));
        count(few, Set.of(id("a")));
        for (int i = 0; i < 20; i++) {
            put("Patient", "more-" + i, "\"active\":true");
            put("Condition", "more-" + i, "\"subject\":{\"reference\":\"Patient/" + id("more-" + i) + "\"}");
        }
        Set<String> ids = new TreeSet<>(Set.of(id("a")));
        for (int i = 0; i < 20; i++) {
            ids.add(id("more-" + i));
        }
        CountedStatements many = new CountedStatements(beans.getBean(DataSource.class));
        count(many, ids);
        assertThat(many.number()).isEqualTo(few.number());
    }

    private void count(CountedStatements statements, Set<String> patients) throws IOException {
        Set<String> types = new TreeSet<>();
        new Exporter(statements.dataSource(), beans.getBean(FhirContext.class))
                .extract(
                        Selection.of(new Reach.Patients(patients), ALL, null), (type, line, owners) -> types.add(type));
        assertThat(types).contains("Patient", "Organization", "Practitioner");
        assertThat(statements.number()).isLessThan(150);
    }
}
