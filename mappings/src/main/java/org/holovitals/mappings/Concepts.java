package org.holovitals.mappings;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;

/** Concepts and codes: which coding of a concept a row keeps, and the concept that a row makes. */
final class Concepts {
    private Concepts() {}

    /**
     * The coding that the row keeps: the first one with a code in the most preferred system, else the first one with a
     * code, else the first one that says anything.
     */
    static @Nullable Code code(CodeableConcept concept, List<String> preferredSystems) {
        for (String system : preferredSystems) {
            var preferred = first(concept, code -> code.isOf(system));
            if (preferred != null) {
                return preferred;
            }
        }
        var coded = first(concept, Code::isCoded);
        return coded != null ? coded : first(concept, code -> true);
    }

    static @Nullable Code first(CodeableConcept concept, Predicate<Code> wanted) {
        for (Coding coding : concept.getCoding()) {
            var code = code(coding);
            if (code != null && wanted.test(code)) {
                return code;
            }
        }
        return null;
    }

    static @Nullable Code code(Coding coding) {
        var system = Texts.value(coding.getSystemElement());
        var code = Texts.value(coding.getCodeElement());
        var display = Texts.value(coding.getDisplayElement());
        return system == null && code == null && display == null ? null : new Code(system, code, display);
    }

    /** The concept's own words, else the display of the code that the row keeps. */
    static @Nullable String name(CodeableConcept concept, @Nullable Code code) {
        return Texts.or(Texts.value(concept.getTextElement()), Code.displayOf(code));
    }

    /** The words of a concept of which the row keeps no code. */
    static @Nullable String words(CodeableConcept concept) {
        return name(concept, code(concept, List.of()));
    }

    /** The concept of a code and its words; null where there is neither. */
    static @Nullable CodeableConcept concept(@Nullable Code code, @Nullable String text) {
        if (code == null && text == null) {
            return null;
        }
        var concept = new CodeableConcept();
        if (code != null) {
            concept.addCoding(coding(code));
        }
        concept.setText(text);
        return concept;
    }

    static Coding coding(Code code) {
        return new Coding(code.system(), code.code(), code.display());
    }

    /** The code of an element that FHIR binds to one system and a closed set of codes. */
    static @Nullable String bound(CodeableConcept concept, String system, Set<String> codes) {
        var code = first(concept, found -> found.isOf(system) && codes.contains(found.code()));
        return code == null ? null : code.code();
    }

    static @Nullable CodeableConcept bound(String system, @Nullable String code) {
        return code == null ? null : concept(new Code(system, code, null), null);
    }

    /**
     * The first code that {@code systems} knows, else the first code of the categories. A row keeps no system for it, so
     * a known code is not taken from a system that is not its own.
     */
    static @Nullable String category(List<CodeableConcept> categories, Map<String, String> systems) {
        var known = category(categories, code -> code.isCoded() && code.isOf(systems.getOrDefault(code.code(), "")));
        return known != null
                ? known
                : category(categories, code -> code.isCoded() && !systems.containsKey(code.code()));
    }

    private static @Nullable String category(List<CodeableConcept> categories, Predicate<Code> wanted) {
        for (CodeableConcept category : categories) {
            var code = first(category, wanted);
            if (code != null) {
                return code.code();
            }
        }
        return null;
    }

    static @Nullable CodeableConcept category(@Nullable String code, Map<String, String> systems) {
        return code == null ? null : concept(new Code(systems.get(code), code, null), null);
    }
}
