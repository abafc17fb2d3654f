package org.holovitals.server.exporting;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.holovitals.server.stored.ResourceLine;

/** Writes the current resources to NDJSON files by type, all as they were at one moment. */
public final class Exporter {
    private final DataSource dataSource;
    private final FhirContext fhir;

    Exporter(DataSource dataSource, FhirContext fhir) {
        this.dataSource = dataSource;
        this.fhir = fhir;
    }

    /**
     * Exports. A file has its name only once it is whole, and the manifest comes last: with it the export is complete.
     *
     * @throws java.nio.file.FileAlreadyExistsException when the directory holds an export already
     * @throws IllegalArgumentException when a type or a patient of the request does not exist
     */
    public ExportReport export(ExportRequest request) throws IOException {
        long began = System.nanoTime();
        requireTypes(request.types());
        try (Snapshot snapshot = Snapshot.open(dataSource)) {
            requirePatients(request.patients(), snapshot);
            try (Output output = Output.in(request.directory(), request.gzip())) {
                if (request.patients().isEmpty()) {
                    writeAll(snapshot, request, output);
                } else {
                    new PatientExport(fhir, snapshot, request, output).write();
                }
                output.publish(snapshot.instant());
                return new ExportReport(
                        snapshot.instant(), output.counts(), Duration.ofNanos(System.nanoTime() - began));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer", e);
        }
    }

    /** A misspelt type would give an empty export, which looks like an empty database. */
    private void requireTypes(Set<String> types) {
        for (String type : types) {
            if (!fhir.getResourceTypes().contains(type)) {
                throw new IllegalArgumentException("There is no resource type " + type + " in FHIR R4");
            }
        }
    }

    private static void requirePatients(Set<String> patients, Snapshot snapshot) throws SQLException {
        Set<String> unknown = new TreeSet<>(patients);
        unknown.removeAll(snapshot.idsAmong("Patient", patients));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("There is no patient with the id " + String.join(", ", unknown));
        }
    }

    private static void writeAll(Snapshot snapshot, ExportRequest request, Output output)
            throws SQLException, IOException {
        for (String type : snapshot.types()) {
            if (request.wants(type)) {
                snapshot.read(
                        type,
                        request.since(),
                        resource -> output.write(type, ResourceLine.of(resource, reference -> {})));
            }
        }
    }
}
