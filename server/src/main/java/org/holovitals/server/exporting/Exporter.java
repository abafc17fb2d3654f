package org.holovitals.server.exporting;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** Writes the current resources to NDJSON files by type, all as they were at one moment. */
public final class Exporter {
    private final DataSource dataSource;
    private final FhirContext fhir;
    private final Compartment compartment;

    Exporter(DataSource dataSource, FhirContext fhir) {
        this.dataSource = dataSource;
        this.fhir = fhir;
        this.compartment = new Compartment(fhir);
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
                Reach reach =
                        request.patients().isEmpty() ? new Reach.Everything() : new Reach.Patients(request.patients());
                new Extraction(
                                snapshot,
                                Selection.of(reach, request.types(), request.since()),
                                compartment,
                                (type, line, patients) -> output.write(type, line))
                        .run();
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

    /**
     * Hands over what a selection says, all as it was at one moment.
     *
     * @return every change before it was in sight; the {@code since} of the next time
     */
    public Instant extract(Selection selection, Receiver receiver) throws IOException {
        try (Snapshot snapshot = Snapshot.open(dataSource)) {
            new Extraction(snapshot, selection, compartment, receiver).run();
            return snapshot.instant();
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer", e);
        }
    }

    /** Whether an export of patients' records can hold a type of its own right, not for what refers to it. */
    public boolean isOfPatients(String type) {
        return compartment.holds(type);
    }
}
