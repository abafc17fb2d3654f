package org.holovitals.server.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.holovitals.mappings.Mappings;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Synthetic patients whom nobody here wrote, with whom they were treated by. */
final class PopulationTest extends ServerTest {
    private static final Path POPULATION = Path.of("../../shared/data/synthea-20.zip");
    /** Those with the smallest files, which have each type of resource that the twenty have. */
    private static final int PATIENTS = Integer.getInteger("holovitals.population.patients", 7);

    private final Importer importer;
    private final JdbcClient jdbc;

    @Autowired
    PopulationTest(Importer importer, Login login) {
        this.importer = importer;
        this.jdbc = asOwner(login);
    }

    @Test
    void aPopulationIsImportedWholeAndEachResourceOfItsPatientsHasItsRow(@TempDir Path directory) throws Exception {
        assumeTrue(
                Files.exists(POPULATION), "This test needs synthea-20.zip in a folder shared/data beside the checkout");
        long before = last();

        Path some = directory.resolve("some.zip");
        int resources = copy(some);

        ImportReport report = importer.run(new ImportRequest(List.of(some), true), Progress.NONE);

        assertThat(report.failures()).isEmpty();
        assertThat(report.resources()).isEqualTo(resources);
        assertThat(missing(before)).isEmpty();
        assertThat(stale()).isZero();
    }

    /** Some of the files as another zip; returns how many resources they hold. */
    private static int copy(Path to) throws IOException {
        int resources = 0;
        try (ZipFile from = new ZipFile(POPULATION.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (ZipEntry file : wanted(from)) {
                byte[] bytes = from.getInputStream(file).readAllBytes();
                resources += new ObjectMapper().readTree(bytes).path("entry").size();
                out.putNextEntry(new ZipEntry(file.getName()));
                out.write(bytes);
            }
        }
        return resources;
    }

    private static List<? extends ZipEntry> wanted(ZipFile from) {
        return from.stream()
                .filter(file -> file.getName().endsWith(".json"))
                .sorted(Comparator.comparing(PopulationTest::isOfAPatient).thenComparing(ZipEntry::getSize))
                .limit(2 + PATIENTS)
                .toList();
    }

    /** The other two are of hospitals and of practitioners. */
    private static boolean isOfAPatient(ZipEntry file) {
        return !file.getName().contains("Information");
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
