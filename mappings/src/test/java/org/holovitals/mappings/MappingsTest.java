package org.holovitals.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

final class MappingsTest {

    private static final FhirContext FHIR = FhirContext.forR4();
    private final Mappings mappings = new Mappings(reference -> null);
    private final Map<String, Integer> seen = new TreeMap<>();

    @Test
    void everyPublishedExampleMapsAndItsRowsComeBack() throws Exception {
        URI jar = URI.create("jar:"
                + com.ibm.fhir.examples.ExamplesUtil.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation());
        List<String> broken = new ArrayList<>();
        int rows = 0;
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of());
                Stream<Path> paths = Files.walk(files.getPath("/json"))) {
            for (Path path : paths.filter(MappingsTest::isExample).toList()) {
                for (Resource resource : resources(path)) {
                    rows += check(path + " " + resource.getId(), resource, broken);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(rows).isGreaterThan(1000);
        assertThat(seen).containsOnlyKeys(Mappings.tables());
    }

    private static boolean isExample(Path path) {
        return path.toString().endsWith(".json") && !path.toString().contains("bulk-data");
    }

    private static List<Resource> resources(Path path) throws IOException {
        Resource resource;
        try {
            resource = (Resource) FHIR.newJsonParser().parseResource(Files.readString(path));
        } catch (ca.uhn.fhir.parser.DataFormatException notFhir) {
            return List.of();
        }
        if (!(resource instanceof Bundle bundle)) {
            return List.of(resource);
        }
        return bundle.getEntry().stream()
                .filter(Bundle.BundleEntryComponent::hasResource)
                .map(Bundle.BundleEntryComponent::getResource)
                .toList();
    }

    private int check(String name, Resource resource, List<String> broken) {
        try {
            List<Row> rows = mappings.rows(resource);
            mappings.toRows(resource);
            rows.forEach(row -> seen.merge(row.table(), 1, Integer::sum));
            if (!rows.isEmpty()) {
                List<Row> again = mappings.rows(stored(mappings.toResource(rows)));
                if (!again.equals(rows)) {
                    broken.add(name + "\n  " + rows + "\n  " + again);
                }
            }
            return rows.size();
        } catch (RuntimeException e) {
            broken.add(name + ": " + e + " at " + e.getStackTrace()[0]);
            return 0;
        }
    }

    /** Through JSON, as a stored resource goes. */
    private static Resource stored(Resource resource) {
        return (Resource)
                FHIR.newJsonParser().parseResource(FHIR.newJsonParser().encodeResourceToString(resource));
    }

    @Test
    void aBloodPressurePanelFillsBothSides() {
        VitalSignRow row = (VitalSignRow) only(parse(Observation.class, """
                {"resourceType":"Observation","status":"final",
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],
                 "code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},
                 "component":[
                  {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},
                   "valueQuantity":{"value":120.0,"system":"http://unitsofmeasure.org","code":"mm[Hg]"}},
                  {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},
                   "valueQuantity":{"value":80,"system":"http://unitsofmeasure.org","code":"mm[Hg]"}}]}
                """));
        assertThat(row.bloodPressureSystolic()).isEqualTo(new BigDecimal("120.0"));
        assertThat(row.bloodPressureDiastolic()).isEqualTo(new BigDecimal("80"));
        assertThat(row.value()).isNull();
    }

    @Test
    void aMonthStaysAMonth() {
        DiagnosisRow row = (DiagnosisRow) only(new Condition().setOnset(new DateTimeType("2019-05")));
        assertThat(row.onset())
                .isEqualTo(new PartialDate(
                        "2019-05",
                        Precision.MONTH,
                        Instant.parse("2019-05-01T00:00:00Z"),
                        Instant.parse("2019-05-31T23:59:59.999999Z")));
        Condition again = (Condition) mappings.toResource(List.of(row));
        assertThat(again.getOnsetDateTimeType().getValueAsString()).isEqualTo("2019-05");
        assertThat(again.hasVerificationStatus()).isFalse();
    }

    @Test
    void aPeriodWithoutEndStaysOpen() {
        ProcedureRow row = (ProcedureRow) only(parse(Procedure.class, """
                {"resourceType":"Procedure","status":"completed","performedPeriod":{"start":"2019-05"}}"""));
        assertThat(row.columns())
                .containsEntry("date", "2019-05/..")
                .containsEntry("date_precision", "period")
                .containsEntry("date_high", null)
                .containsEntry("end_date", null);
    }

    @Test
    void theCodingsBesideThePreferredOneAreALoss() {
        Condition condition = parse(Condition.class, """
                {"resourceType":"Condition","code":{"coding":[
                 {"system":"urn:local","code":"L1"},
                 {"system":"http://snomed.info/sct","code":"44054006","display":"Diabetes"}]}}""");
        DiagnosisRow row = (DiagnosisRow) only(condition);
        assertThat(row.code()).isEqualTo(new Code("http://snomed.info/sct", "44054006", "Diabetes"));
        assertThat(row.condition()).isEqualTo("Diabetes");
        assertThat(((Mapped.Rows) mappings.toRows(condition)).losses())
                .containsExactlyInAnyOrder(
                        new Loss("Condition.code.coding.system", "urn:local"),
                        new Loss("Condition.code.coding.code", "L1"));
    }

    private Row only(Resource resource) {
        List<Row> rows = mappings.rows(resource);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static <T extends Resource> T parse(Class<T> type, String json) {
        return FHIR.newJsonParser().parseResource(type, json);
    }
}
