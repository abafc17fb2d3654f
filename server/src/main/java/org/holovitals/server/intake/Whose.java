package org.holovitals.server.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.holovitals.server.intake.Sealing.Difference;
import org.jspecify.annotations.Nullable;

/** Whether the patient of a file is the patient of the record. */
final class Whose {
    private Whose() {}

    /** What comes out. */
    enum Answer {
        SAME,
        /** It may be: the caller has to say so. */
        UNCLEAR,
        OTHER
    }

    /**
     * An answer with its reasons.
     *
     * @param differences what is not the same, also where it does not matter
     */
    record Verdict(Answer answer, List<Difference> differences) {}

    private enum Match {
        SAME,
        PARTLY,
        UNKNOWN,
        DIFFERENT
    }

    /** Compares two resources Patient. */
    static Verdict compare(ObjectNode file, ObjectNode record) {
        boolean isIdentified = identifiers(file).stream().anyMatch(identifiers(record)::contains);
        Match name = names(file, record);
        Match birth = dates(text(file, "birthDate"), text(record, "birthDate"));
        Match sex = sexes(text(file, "gender"), text(record, "gender"));
        List<Difference> differences = new ArrayList<>();
        add(differences, "name", name, name(file), name(record));
        add(differences, "birthDate", birth, text(file, "birthDate"), text(record, "birthDate"));
        add(differences, "sex", sex, text(file, "gender"), text(record, "gender"));
        return new Verdict(answer(isIdentified, name, birth, sex), differences);
    }

    /**
     * By what two Patients of one file are taken for the same person.
     *
     * @param names family and first names; empty for somebody who has none, as in files of devices
     */
    record Person(
            String names, @Nullable String birth, @Nullable String sex) {
        boolean isNamed() {
            return !names.isEmpty();
        }

        private boolean isCompatible(Person other) {
            return (birth == null || other.birth == null || birth.equals(other.birth))
                    && (sex == null || other.sex == null || sex.equals(other.sex));
        }
    }

    /** Who a Patient is. */
    static Person person(ObjectNode patient) {
        Set<String> families = new TreeSet<>(families(patient));
        Set<String> given = new TreeSet<>(given(patient));
        String names = families.isEmpty() && given.isEmpty() ? "" : families + "|" + given;
        return new Person(names, text(patient, "birthDate"), text(patient, "gender"));
    }

    /** How many there are at the least: one without a name may be any who is not born on another day. */
    static int count(Set<Person> persons) {
        List<Person> named = persons.stream().filter(Person::isNamed).toList();
        long others = persons.stream()
                .filter(person -> !person.isNamed() && named.stream().noneMatch(person::isCompatible))
                .count();
        return named.size() + (int) others;
    }

    private static Answer answer(boolean isIdentified, Match name, Match birth, Match sex) {
        boolean isSame = isIdentified
                ? birth != Match.DIFFERENT
                : name == Match.SAME && birth == Match.SAME && sex != Match.DIFFERENT;
        if (isSame) {
            return Answer.SAME;
        }
        boolean isOther = !isIdentified
                && ((name == Match.DIFFERENT && birth != Match.SAME)
                        || (birth == Match.DIFFERENT && name != Match.SAME));
        return isOther ? Answer.OTHER : Answer.UNCLEAR;
    }

    private static void add(
            List<Difference> differences, String what, Match match, @Nullable String file, @Nullable String record) {
        if (match != Match.SAME) {
            differences.add(new Difference(what, file, record));
        }
    }

    private static Set<String> identifiers(ObjectNode patient) {
        return elements(patient.path("identifier"))
                .filter(identifier -> identifier.path("value").isTextual()
                        && identifier.path("system").isTextual())
                .map(identifier -> identifier.path("system").asText() + "|"
                        + identifier.path("value").asText())
                .collect(Collectors.toSet());
    }

    private static Match names(ObjectNode file, ObjectNode record) {
        Set<String> families = families(file);
        Set<String> given = given(file);
        if (families.isEmpty() || families(record).isEmpty()) {
            return Match.UNKNOWN;
        }
        boolean isFamily = families.stream().anyMatch(families(record)::contains);
        boolean isGiven = given.stream().anyMatch(given(record)::contains);
        return isFamily && isGiven ? Match.SAME : isFamily || isGiven ? Match.PARTLY : Match.DIFFERENT;
    }

    private static Set<String> families(ObjectNode patient) {
        return elements(patient.path("name"))
                .map(name -> plain(name.path("family").asText("")))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    /** First names only: second ones are left out often. */
    private static Set<String> given(ObjectNode patient) {
        return elements(patient.path("name"))
                .map(name -> plain(name.path("given").path(0).asText("")))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Without accents, case and signs. */
    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("[^\\p{L}]", "")
                .toLowerCase(Locale.ROOT);
    }

    /** One may be less precise than the other, which then says nothing for sure. */
    private static Match dates(@Nullable String file, @Nullable String record) {
        if (file == null || record == null) {
            return Match.UNKNOWN;
        } else if (file.equals(record)) {
            return Match.SAME;
        }
        return file.startsWith(record) || record.startsWith(file) ? Match.PARTLY : Match.DIFFERENT;
    }

    private static Match sexes(@Nullable String file, @Nullable String record) {
        Set<String> told = Set.of("male", "female");
        if (file == null || record == null || !told.contains(file) || !told.contains(record)) {
            return Match.UNKNOWN;
        }
        return file.equals(record) ? Match.SAME : Match.DIFFERENT;
    }

    private static @Nullable String name(ObjectNode patient) {
        String name = elements(patient.path("name").path(0).path("given"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.joining(" "));
        String whole = (name + " " + patient.path("name").path(0).path("family").asText("")).trim();
        return whole.isEmpty() ? null : whole;
    }

    private static @Nullable String text(ObjectNode patient, String field) {
        return patient.path(field).isTextual() ? patient.path(field).asText() : null;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
