package org.holovitals.mappings;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.jspecify.annotations.Nullable;

/** {@code patient_diagnoses} ⇄ Condition. */
final class Diagnoses {
    private static final String ASSERTED = "asserted_date";
    private static final String RECORDED = "recorded_date";
    private static final String ASSERTED_DATE = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate";
    private static final List<String> PREFERRED = List.of(Systems.SNOMED, Systems.ICD10_CM);
    private static final Map<String, String> CATEGORIES = Map.ofEntries(
            entry("problem-list-item", Systems.CONDITION_CATEGORY),
            entry("encounter-diagnosis", Systems.CONDITION_CATEGORY),
            entry("health-concern", Systems.US_CORE_CONDITION_CATEGORY));
    private static final Set<String> CLINICAL =
            Set.of("active", "recurrence", "relapse", "inactive", "remission", "resolved");
    private static final Set<String> VERIFICATION =
            Set.of("unconfirmed", "provisional", "differential", "confirmed", "refuted", "entered-in-error");

    private Diagnoses() {}

    static DiagnosisRow row(Condition condition) {
        var concept = condition.getCode();
        var code = Concepts.code(concept, PREFERRED);
        var asserted = assertedDate(condition);
        var recorded = Dates.date(condition.getRecordedDateElement());
        var severity = Concepts.code(condition.getSeverity(), List.of(Systems.SNOMED));
        return new DiagnosisRow(
                Origins.of(condition, condition.getSubject()),
                Concepts.name(concept, code),
                icd10(concept),
                code,
                Concepts.category(condition.getCategory(), CATEGORIES),
                asserted != null ? asserted : recorded,
                asserted != null ? ASSERTED : recorded != null ? RECORDED : null,
                Dates.date(condition.getOnset()),
                Dates.date(condition.getAbatement()),
                Concepts.bound(condition.getClinicalStatus(), Systems.CONDITION_CLINICAL, CLINICAL),
                Concepts.bound(condition.getVerificationStatus(), Systems.CONDITION_VERIFICATION, VERIFICATION),
                severity,
                Concepts.name(condition.getSeverity(), severity),
                Texts.notes(condition.getNote()),
                References.literal(condition.getEncounter()));
    }

    private static @Nullable PartialDate assertedDate(Condition condition) {
        for (Extension extension : condition.getExtension()) {
            if (ASSERTED_DATE.equals(extension.getUrl())) {
                return extension.getValue() instanceof DateTimeType date ? Dates.date(date) : null;
            }
        }
        return null;
    }

    private static @Nullable Code icd10(CodeableConcept concept) {
        var american = Concepts.first(concept, code -> code.isOf(Systems.ICD10_CM));
        return icd10(american != null ? american : Concepts.first(concept, code -> code.isOf(Systems.ICD10)));
    }

    /** The ICD-10 coding that a code of one of its two systems is; the row keeps no display for it. */
    static @Nullable Code icd10(@Nullable Code code) {
        if (code == null || !(code.isOf(Systems.ICD10_CM) || code.isOf(Systems.ICD10))) {
            return null;
        }
        return new Code(code.system(), code.code(), null);
    }

    static Condition resource(DiagnosisRow row) {
        var condition = Origins.stamp(new Condition(), row.origin());
        condition.setSubject(References.patient(row.origin()));
        condition.setCode(concept(row));
        condition.addCategory(Concepts.category(row.category(), CATEGORIES));
        diagnosed(condition, row);
        condition.setOnset(Dates.element(row.onset()));
        condition.setAbatement(Dates.element(row.abatement()));
        condition.setClinicalStatus(Concepts.bound(Systems.CONDITION_CLINICAL, row.status()));
        condition.setVerificationStatus(Concepts.bound(Systems.CONDITION_VERIFICATION, row.verificationStatus()));
        condition.setSeverity(Concepts.concept(row.severityCode(), row.severity()));
        Texts.notes(row.notes()).forEach(condition::addNote);
        condition.setEncounter(References.reference(row.encounter(), null));
        return condition;
    }

    private static @Nullable CodeableConcept concept(DiagnosisRow row) {
        var concept = Concepts.concept(row.code(), row.condition());
        var icd10 = row.icd10();
        if (icd10 == null || isMainCode(icd10, row.code())) {
            return concept;
        }
        return (concept == null ? new CodeableConcept() : concept).addCoding(Concepts.coding(icd10));
    }

    private static boolean isMainCode(Code icd10, @Nullable Code main) {
        return main != null && icd10.system() != null && icd10.code() != null && main.is(icd10.system(), icd10.code());
    }

    private static void diagnosed(Condition condition, DiagnosisRow row) {
        var date = Dates.dateTime(row.diagnosedDate());
        if (date == null) {
            return;
        }
        if (ASSERTED.equals(row.diagnosedDateSource())) {
            condition.addExtension(new Extension(ASSERTED_DATE, date));
        } else {
            condition.setRecordedDateElement(date);
        }
    }
}
