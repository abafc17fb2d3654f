package org.holovitals.mappings;

import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;

/** A CodeableConcept as the tables hold it: one text (else the display) and one preferred code. */
record Concept(@Nullable String text, @Nullable Code code) {

    static final String SNOMED = "http://snomed.info/sct";
    static final String LOINC = "http://loinc.org";
    static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    static final String CVX = "http://hl7.org/fhir/sid/cvx";
    static final String ICD10_CM = "http://hl7.org/fhir/sid/icd-10-cm";
    static final String ICD10 = "http://hl7.org/fhir/sid/icd-10";

    /** The concept with the code of the first of the systems it has, else its first code. */
    static Concept from(@Nullable CodeableConcept concept, String... systems) {
        if (concept == null) {
            return new Concept(null, null);
        }
        return with(concept, preferred(concept, systems));
    }

    static Concept with(CodeableConcept concept, @Nullable Code code) {
        @Nullable String text = Texts.of(concept.getText());
        return new Concept(text == null && code != null ? code.display() : text, code);
    }

    private static @Nullable Code preferred(CodeableConcept concept, String... systems) {
        for (String system : systems) {
            Code found = ofSystem(concept, system);
            if (found != null) {
                return found;
            }
        }
        List<Code> codes = concept.getCoding().stream()
                .map(Concept::code)
                .filter(Objects::nonNull)
                .toList();
        return codes.stream()
                .filter(code -> code.code() != null)
                .findFirst()
                .orElse(codes.isEmpty() ? null : codes.get(0));
    }

    static @Nullable Code ofSystem(CodeableConcept concept, String system) {
        for (Coding coding : concept.getCoding()) {
            if (system.equals(coding.getSystem()) && coding.hasCode()) {
                return code(coding);
            }
        }
        return null;
    }

    static @Nullable Code code(Coding coding) {
        Code code = new Code(Texts.of(coding.getSystem()), Texts.of(coding.getCode()), Texts.of(coding.getDisplay()));
        return code.equals(new Code(null, null, null)) ? null : code;
    }

    /** Null where nothing is known: an empty element is not a fact. */
    @Nullable
    CodeableConcept toConcept() {
        if (text == null && code == null) {
            return null;
        }
        CodeableConcept concept = new CodeableConcept().setText(text);
        if (code != null) {
            concept.addCoding(coding(code));
        }
        return concept;
    }

    static Coding coding(Code code) {
        return new Coding().setSystem(code.system()).setCode(code.code()).setDisplay(code.display());
    }

    /** The first text a person can read: text, display, then code. */
    static @Nullable String readable(CodeableConcept concept) {
        Concept found = from(concept);
        return found.text == null && found.code != null ? found.code.code() : found.text;
    }

    static @Nullable CodeableConcept ofText(@Nullable String text) {
        return text == null ? null : new CodeableConcept().setText(text);
    }

    /** The code of a required binding in a CodeableConcept. */
    static @Nullable String bound(CodeableConcept concept, String system, List<String> allowed) {
        for (Coding coding : concept.getCoding()) {
            if (system.equals(coding.getSystem()) && coding.hasCode() && allowed.contains(coding.getCode())) {
                return coding.getCode();
            }
        }
        return null;
    }

    static @Nullable CodeableConcept ofCode(String system, @Nullable String code) {
        return code == null
                ? null
                : new CodeableConcept().addCoding(new Coding().setSystem(system).setCode(code));
    }
}
