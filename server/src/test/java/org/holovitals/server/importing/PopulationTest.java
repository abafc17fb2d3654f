package org.holovitals.server.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.holovitals.mappings.Mappings;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Twenty synthetic patients whom nobody here wrote. */
final class PopulationTest extends ServerTest {
    private static final Path POPULATION = Path.of("../../shared/data/synthea-20.zip");

    private final Importer importer;
    private final JdbcClient jdbc;

    @Autowired
    PopulationTest(Importer importer, Login login) {
        this.importer = importer;
        this.jdbc = asOwner(login);
    }

    @Test
    void aPopulationIsImportedWholeAndEachResourceOfItsPatientsHasItsRow() throws Exception {
        assumeTrue(
                Files.exists(POPULATION), "This test needs synthea-20.zip in a folder shared/data beside the checkout");
        long before = last();

        ImportReport report = importer.run(new ImportRequest(List.of(POPULATION), true), Progress.NONE);

        assertThat(report.failures()).isEmpty();
        assertThat(report.resources()).isEqualTo(11_464);
        assertThat(missing(before)).isEmpty();
        assertThat(stale()).isZero();
    }

    private long last() {
        return jdbc.sql("select coalesce(max(res_id), 0) from fhir.hfj_resource")
                .query(Long.class)
                .single();
    }

    /** Types of new resources that have no row of their current version. */
    private List<String> missing(long after) {
        return jdbc
                .sql(
                        "select distinct r.res_type from fhir.hfj_resource r where r.res_id > :after and not exists (select from ("
                                + rows() + ") t where t.res_id = r.res_id and t.fhir_version = r.res_ver)")
                .param("after", after)
                .query(String.class)
                .list()
                .stream()
                .filter(Mappings::handles)
                .toList();
    }

    /** Rows that are not of their resource's current version. */
    private long stale() {
        return jdbc.sql("select count(*) from (" + rows()
                        + ") t join fhir.hfj_resource r on r.res_id = t.res_id where t.fhir_version <> r.res_ver")
                .query(Long.class)
                .single();
    }

    private static String rows() {
        return Mappings.tables().stream()
                .map(table -> "select res_id, fhir_version from holovitals." + table)
                .collect(Collectors.joining(" union all "));
    }
}
