package org.holovitals.mappings;

import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateType;
import org.jspecify.annotations.Nullable;

/** Elements of any type, read and set by the names that {@link Compartment} gives them; a null name is for no element. */
final class Elements {
    private static final String CHOICE = "[x]";

    private Elements() {}

    static List<Base> of(Base holder, @Nullable String path) {
        if (path == null) {
            return List.of();
        }
        int dot = path.indexOf('.');
        if (dot < 0) {
            return values(holder, path);
        }
        var backbone = values(holder, path.substring(0, dot));
        return backbone.isEmpty() ? List.of() : of(backbone.get(0), path.substring(dot + 1));
    }

    private static List<Base> values(Base holder, String name) {
        String plain = plain(name);
        return Arrays.asList(holder.getProperty(plain.hashCode(), plain, false));
    }

    static void set(Base holder, @Nullable String name, @Nullable Base value) {
        if (name != null && value != null) {
            holder.setProperty(name, value);
        }
    }

    static void setCode(Base holder, @Nullable String name, @Nullable Code code) {
        if (name != null && code != null) {
            holder.setProperty(name, code(code, types(holder, name)));
        }
    }

    private static Base code(Code code, List<String> types) {
        if (types.contains("CodeableConcept")) {
            return concept(code);
        }
        return types.contains("Coding") ? Concepts.coding(code) : new CodeType(code.code());
    }

    /** A code without a system and a code came from the concept's text. */
    private static CodeableConcept concept(Code code) {
        return code.system() == null && code.code() == null
                ? new CodeableConcept().setText(code.display())
                : new CodeableConcept().addCoding(Concepts.coding(code));
    }

    static void setDate(Base holder, @Nullable String path, @Nullable PartialDate date) {
        if (path == null || date == null) {
            return;
        }
        int dot = path.indexOf('.');
        if (dot < 0) {
            holder.setProperty(path, date(date, types(holder, path)));
        } else {
            setDate(holder.addChild(path.substring(0, dot)), path.substring(dot + 1), date);
        }
    }

    private static @Nullable Base date(PartialDate date, List<String> types) {
        if (date.isPeriod() || types.contains("dateTime")) {
            return Dates.element(date);
        }
        return types.contains("instant") ? Dates.instant(date) : new DateType(date.text());
    }

    private static List<String> types(Base holder, String name) {
        String plain = plain(name);
        return Arrays.asList(holder.getTypesForProperty(plain.hashCode(), plain));
    }

    private static String plain(String name) {
        return name.endsWith(CHOICE) ? name.substring(0, name.length() - CHOICE.length()) : name;
    }
}
