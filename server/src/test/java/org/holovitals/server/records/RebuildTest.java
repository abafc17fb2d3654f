package org.holovitals.server.records;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.holovitals.mappings.Mappings;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

final class RebuildTest extends ServerTest {
    private final Rebuild rebuild;
    private final JdbcClient jdbc;

    @Autowired
    RebuildTest(Rebuild rebuild, Login login) {
        this.rebuild = rebuild;
        this.jdbc = asOwner(login);
    }

    @BeforeEach
    void aRecordWithEveryKindOfRow() {
        Bundle bundle = FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(Bundle.class, RebuildTest.class.getResourceAsStream("one-record.json"));
        client().transaction().withBundle(bundle).execute();
    }

    @Test
    void aRebuildGivesTheSameRowsValueByValue() {
        Map<String, List<Map<String, Object>>> before = rows();
        assertThat(before).allSatisfy((table, rows) -> assertThat(rows).isNotEmpty());

        List<Long> told = new ArrayList<>();
        long done = rebuild.run((at, total) -> told.add(at));

        assertThat(rows()).isEqualTo(before);
        assertThat(told).last().isEqualTo(done);
    }

    @Test
    void whatSomebodySpoiledIsRepairedAndPatientsKeepTheirRepositories() {
        Map<String, List<Map<String, Object>>> before = rows();
        List<Map<String, Object>> repositories = jdbc.sql("select * from holovitals.patient_repositories order by id")
                .query()
                .listOfRows();
        jdbc.sql("delete from holovitals.patient_results").update();
        jdbc.sql("update holovitals.patients set first_name = 'X', fhir_version = 9")
                .update();
        jdbc.sql("update holovitals.patient_diagnoses set code = 'X'").update();

        rebuild.run((at, total) -> {});

        assertThat(rows()).isEqualTo(before);
        assertThat(jdbc.sql("select * from holovitals.patient_repositories order by id")
                        .query()
                        .listOfRows())
                .isEqualTo(repositories);
    }

    @Test
    void theReportCountsLossesByTableAndPathWithoutValues() {
        String report = sendAs(
                        TestIssuer.user("admin", ""),
                        java.net.http.HttpRequest.newBuilder(
                                java.net.URI.create(base().replace("/fhir", "/api/mappings/report"))))
                .body();
        assertThat(report)
                .contains("\"patient_diagnoses\"")
                .containsPattern("\"Condition.stage.summary.text\":[1-9]")
                .doesNotContain("Stage IIB, as told");
    }

    /** All rows of all tables without what a rebuild may choose anew. */
    private Map<String, List<Map<String, Object>>> rows() {
        return Mappings.tables().stream()
                .collect(Collectors.toMap(
                        table -> table,
                        table -> jdbc.sql("select * from holovitals." + table).query().listOfRows().stream()
                                .map(RebuildTest::comparable)
                                .sorted(java.util.Comparator.comparing(Object::toString))
                                .toList(),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private static Map<String, Object> comparable(Map<String, Object> row) {
        Map<String, Object> values = new TreeMap<>();
        row.forEach((column, value) -> {
            if (value != null && !column.equals("id") && !column.equals("created_at")) {
                values.put(column, value);
            }
        });
        return values;
    }
}
