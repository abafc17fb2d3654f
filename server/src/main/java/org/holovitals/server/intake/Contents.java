package org.holovitals.server.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the entries of a file are called, and which refers to which. */
final class Contents {
    private final List<Head> heads = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<Integer, Integer> repeated = new HashMap<>();
    private final Map<Whose.Person, Integer> persons = new LinkedHashMap<>();

    /**
     * An entry without its content.
     *
     * @param file which of the files of an archive it was in
     * @param references to what it refers, as the file has it
     */
    record Head(UUID id, String type, int file, @Nullable String fullUrl, Set<String> references) {}

    void add(UUID id, Envelope envelope) {
        ObjectNode resource = envelope.resource();
        String type = resource.path("resourceType").asText();
        Set<String> references = new LinkedHashSet<>();
        Trees.references(
                resource,
                reference -> references.add(
                        References.plain(reference.path("reference").asText())));
        int number = heads.size();
        heads.add(new Head(id, type, envelope.file(), envelope.fullUrl(), references));
        if (type.equals("Patient")) {
            persons.putIfAbsent(Whose.person(resource), number);
        }
        name(number, resource, envelope);
    }

    private void name(int number, ObjectNode resource, Envelope envelope) {
        String own = resource.path("id").isTextual()
                ? heads.get(number).type() + "/" + resource.path("id").asText()
                : null;
        String first =
                envelope.fullUrl() != null ? envelope.fullUrl() : own == null ? null : within(envelope.file(), own);
        if (first != null) {
            Integer before = names.putIfAbsent(first, number);
            if (before != null) {
                repeated.put(number, before);
            }
        }
        if (own != null) {
            names.putIfAbsent(within(envelope.file(), own), number);
            names.putIfAbsent(own, number);
        }
    }

    private static String within(int file, String own) {
        return file + "|" + own;
    }

    List<Head> heads() {
        return heads;
    }

    /** The entry of an address, which may name a version: one of the same file, if there is one. */
    @Nullable
    Integer named(int file, String reference) {
        String plain = References.plain(reference);
        Integer same = names.get(within(file, plain));
        return same == null ? names.get(plain) : same;
    }

    /** The entry that has the same address and came before. */
    @Nullable
    Integer repeats(int number) {
        return repeated.get(number);
    }

    /** The numbers of all entries that are a Patient. */
    List<Integer> patients() {
        List<Integer> patients = new ArrayList<>();
        for (int number = 0; number < heads.size(); number++) {
            if (heads.get(number).type().equals("Patient")) {
                patients.add(number);
            }
        }
        return patients;
    }

    /** How many persons these are, by name, birth date and sex: one person has a Patient in each of several files. */
    int persons() {
        return Whose.count(persons.keySet());
    }

    /** The number of a Patient who says who it is; if none does, of any. */
    int person() {
        return persons.entrySet().stream()
                .filter(each -> each.getKey().isNamed())
                .findFirst()
                .or(() -> persons.entrySet().stream().findFirst())
                .orElseThrow()
                .getValue();
    }

    /** Whether a Patient says by a name who it is. */
    boolean isOfSomebody() {
        return persons.keySet().stream().anyMatch(Whose.Person::isNamed);
    }

    /** References to patients that are not in the file. */
    Set<String> missingPatients() {
        Set<String> missing = new TreeSet<>();
        for (Head head : heads) {
            head.references().stream()
                    .filter(reference ->
                            "Patient".equals(References.type(reference)) && named(head.file(), reference) == null)
                    .forEach(missing::add);
        }
        return missing;
    }

    Set<String> types() {
        Set<String> types = new TreeSet<>();
        heads.forEach(head -> types.add(head.type()));
        return types;
    }

    /** To which entries each refers. */
    List<int[]> edges() {
        return heads.stream()
                .map(head -> head.references().stream()
                        .map(reference -> named(head.file(), reference))
                        .filter(Objects::nonNull)
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toList();
    }
}
