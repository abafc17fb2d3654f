package org.holovitals.server.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.holovitals.server.TestPackage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConformancePackagesTest {
    private final FhirContext fhir = FhirContext.forR4Cached();

    private final Path directory;

    ConformancePackagesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void aFileAndAFolderOfFilesAreRead() {
        Path file = TestPackage.in(directory);
        for (Path path : List.of(file, directory)) {
            assertThat(ConformancePackages.read(List.of(path.toString()), fhir)
                            .fetchStructureDefinition(TestPackage.PROFILE))
                    .as(path.toString())
                    .isNotNull();
        }
    }

    @Test
    void whatCannotBeReadIsNamedWithTheSetting() throws IOException {
        refused(directory.resolve("missing.tgz"), "cannot be read");
        refused(Files.writeString(directory.resolve("broken.tgz"), "not gzip"), "not a whole FHIR package");
        byte[] whole = Files.readAllBytes(TestPackage.in(directory));
        refused(
                Files.write(directory.resolve("cut.tgz"), java.util.Arrays.copyOf(whole, whole.length / 2)),
                "not a whole FHIR package");
        refused(TestPackage.write(directory, Map.of("other/file.json", "{}")), "package/package.json");
        refused(TestPackage.in(directory, "5.0.0"), "FHIR 5.0.0");
        refused(
                TestPackage.write(
                        directory,
                        Map.of(
                                "package/package.json",
                                "{\"name\":\"x\",\"version\":\"1\",\"fhirVersions\":[\"4.0.1\"]}",
                                "package/StructureDefinition-x.json",
                                "{\"resourceType\":\"StructureDefinition\",")),
                "StructureDefinition-x.json");
    }

    private void refused(Path file, String saying) {
        assertThatThrownBy(() -> ConformancePackages.read(List.of(file.toString()), fhir))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("holovitals.fhir.packages: " + file)
                .hasMessageContaining(saying);
    }
}
