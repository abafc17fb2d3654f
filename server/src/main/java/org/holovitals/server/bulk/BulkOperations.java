package org.holovitals.server.bulk;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import org.hl7.fhir.r4.model.IdType;
import org.holovitals.server.fhir.FhirOperations;

/**
 * The operations of Bulk Data Access 2.0 and of {@code $import}. All answer by themselves: with the address of a job, with
 * how far it is, with a file.
 */
public final class BulkOperations implements FhirOperations {
    private static final String IG = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/";

    private final ExportStarts exports;
    private final ImportStarts imports;
    private final JobAnswers answers;

    BulkOperations(ExportStarts exports, ImportStarts imports, JobAnswers answers) {
        this.exports = exports;
        this.imports = imports;
        this.answers = answers;
    }

    /** All resources. */
    @Operation(name = "$export", manualResponse = true, idempotent = true, canonicalUrl = IG + "export")
    public void export(ServletRequestDetails request) throws IOException {
        exports.ofEverything(request);
    }

    /** The records of all patients, or of some that a parameter names. */
    @Operation(
            name = "$export",
            typeName = "Patient",
            manualResponse = true,
            idempotent = true,
            canonicalUrl = IG + "patient-export")
    public void exportPatients(ServletRequestDetails request) throws IOException {
        exports.ofPatients(request);
    }

    /** The record of one patient. */
    @Operation(name = "$export", typeName = "Patient", manualResponse = true, idempotent = true)
    public void exportPatient(@IdParam IdType patient, ServletRequestDetails request) throws IOException {
        exports.ofPatient(request, patient);
    }

    /** The records of the members of a Group. */
    @Operation(
            name = "$export",
            typeName = "Group",
            manualResponse = true,
            idempotent = true,
            canonicalUrl = IG + "group-export")
    public void exportGroup(@IdParam IdType group, ServletRequestDetails request) throws IOException {
        exports.ofGroup(request, group);
    }

    /** How far a job is; with DELETE its end. */
    @Operation(name = "$export-poll-status", manualResponse = true, idempotent = true, deleteEnabled = true)
    public void exportStatus(ServletRequestDetails request) throws IOException {
        answers.status(request, BulkJob.Kind.EXPORT);
    }

    /** A file of a job. */
    @Operation(name = "$export-file", manualResponse = true, idempotent = true)
    public void file(ServletRequestDetails request) throws IOException {
        answers.file(request, BulkJob.Kind.EXPORT);
    }

    /** Takes in files from elsewhere. */
    @Operation(name = "$import", manualResponse = true)
    public void importFiles(ServletRequestDetails request) throws IOException {
        imports.start(request);
    }

    /** How far an import is; with DELETE its end. */
    @Operation(name = "$import-poll-status", manualResponse = true, idempotent = true, deleteEnabled = true)
    public void importStatus(ServletRequestDetails request) throws IOException {
        answers.status(request, BulkJob.Kind.IMPORT);
    }

    /** What an import says of its files. */
    @Operation(name = "$import-file", manualResponse = true, idempotent = true)
    public void importFile(ServletRequestDetails request) throws IOException {
        answers.file(request, BulkJob.Kind.IMPORT);
    }
}
