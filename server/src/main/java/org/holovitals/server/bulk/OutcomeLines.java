package org.holovitals.server.bulk;

import ca.uhn.fhir.context.FhirContext;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** OperationOutcomes as lines of a file. */
final class OutcomeLines {
    private final FhirContext fhir;

    OutcomeLines(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** Something that was not done and hinders nothing. */
    String warning(String text) {
        return line(IssueSeverity.WARNING, IssueType.NOTSUPPORTED, text);
    }

    String information(String text) {
        return line(IssueSeverity.INFORMATION, IssueType.INFORMATIONAL, text);
    }

    String error(String text) {
        return line(IssueSeverity.ERROR, IssueType.PROCESSING, text);
    }

    private String line(IssueSeverity severity, IssueType code, String text) {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue().setSeverity(severity).setCode(code).setDiagnostics(text);
        return fhir.newJsonParser().encodeResourceToString(outcome);
    }
}
