package org.holovitals.mappings;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.jspecify.annotations.Nullable;

/** {@code patient_diagnoses} and Condition. */
final class Diagnoses {

    static final String ASSERTED = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate";
    private static final String CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private static final String VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    private static final List<String> CLINICAL_CODES =
            List.of("active", "recurrence", "relapse", "inactive", "remission", "resolved");
    private static final List<String> VERIFICATION_CODES =
            List.of("unconfirmed", "provisional", "differential", "confirmed", "refuted", "entered-in-error");

    DiagnosisRow toRow(Condition condition) {
        Concept code = Concept.from(condition.getCode(), Concept.SNOMED, Concept.ICD10_CM);
        @Nullable Code icd10 = icd10(condition.getCode());
        Concept severity = Concept.from(condition.getSeverity(), Concept.SNOMED);
        @Nullable PartialDate asserted = asserted(condition);
        @Nullable PartialDate diagnosed = asserted == null ? Dates.from(condition.getRecordedDateElement()) : asserted;
        return new DiagnosisRow(
                Origins.of(condition, condition.getSubject()),
                code.text(),
                icd10 == null ? null : icd10.code(),
                icd10 == null ? null : icd10.system(),
                code.code(),
                Categories.first(condition.getCategory()),
                diagnosed,
                diagnosed == null ? null : asserted == null ? "recorded_date" : "asserted_date",
                Dates.from(condition.getOnset()),
                Dates.from(condition.getAbatement()),
                Concept.bound(condition.getClinicalStatus(), CLINICAL, CLINICAL_CODES),
                Concept.bound(condition.getVerificationStatus(), VERIFICATION, VERIFICATION_CODES),
                severity.code(),
                severity.text(),
                Texts.notes(condition.getNote()),
                Texts.reference(condition.getEncounter()));
    }

    private static @Nullable Code icd10(CodeableConcept code) {
        Code american = Concept.ofSystem(code, Concept.ICD10_CM);
        return american == null ? Concept.ofSystem(code, Concept.ICD10) : american;
    }

    private static @Nullable PartialDate asserted(Condition condition) {
        Extension extension = condition.getExtensionByUrl(ASSERTED);
        return extension != null && extension.getValue() instanceof DateTimeType date ? Dates.from(date) : null;
    }

    Condition toResource(DiagnosisRow row) {
        Condition condition = new Condition();
        Origins.identify(condition, row.origin());
        condition.setSubject(Origins.patient(row.origin()));
        condition.setCode(code(row));
        Categories.add(row.category(), condition::addCategory);
        diagnosed(row, condition);
        condition.setOnset(Dates.to(row.onset()));
        condition.setAbatement(Dates.to(row.abatement()));
        condition.setClinicalStatus(Concept.ofCode(CLINICAL, row.status()));
        condition.setVerificationStatus(Concept.ofCode(VERIFICATION, row.verificationStatus()));
        condition.setSeverity(new Concept(row.severity(), row.severityCode()).toConcept());
        condition.setNote(Texts.annotations(row.notes()));
        condition.setEncounter(Texts.reference(row.encounter(), null));
        return condition;
    }

    private static @Nullable CodeableConcept code(DiagnosisRow row) {
        @Nullable CodeableConcept concept = new Concept(row.condition(), row.code()).toConcept();
        @Nullable String icd10 = row.icd10Code();
        @Nullable String system = row.icd10System();
        if (icd10 == null || system == null || (row.code() != null && row.code().is(system, icd10))) {
            return concept;
        }
        CodeableConcept both = concept == null ? new CodeableConcept() : concept;
        return both.addCoding(Concept.coding(new Code(system, icd10, null)));
    }

    private static void diagnosed(DiagnosisRow row, Condition condition) {
        @Nullable DateTimeType date = Dates.dateTime(row.diagnosedDate());
        if ("asserted_date".equals(row.diagnosedDateSource()) && date != null) {
            condition.addExtension(new Extension(ASSERTED, date));
        } else {
            condition.setRecordedDateElement(date);
        }
    }
}
