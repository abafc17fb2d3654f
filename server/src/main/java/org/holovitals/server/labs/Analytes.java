package org.holovitals.server.labs;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.holovitals.server.labs.Analyte.Scale;

/** The table of what laboratories measure, and who is meant by a name that was recognised with an error. */
final class Analytes {
    private static final String TABLE = "/labs/analytes.tsv";
    private static final String UNITS = "/labs/units.tsv";
    private static final Pattern OTHER_THAN_DIGITS = Pattern.compile("[^0-9]");
    private static final int SHORTEST_WITH_ERROR = 6;
    private static final int SHORTEST_WITH_TWO = 10;

    /** What is nearly called like something else and is not that. */
    private static final Set<String> OTHERS = Set.of(
            "vldl",
            "vldl cholesterol",
            "cholesterol vldl",
            "vldl calculated",
            "creatine",
            "creatine kinase",
            "hemoglobin f",
            "hemoglobin s",
            "hemoglobin c",
            "hemoglobin e",
            "creatinine u",
            "free psa",
            "protein s");

    private final Map<String, Analyte> byName = new HashMap<>();

    /** The names that are long enough to be recognised with an error, by their digits: those tell T3 from T4 and have to be the same. */
    private final Map<String, List<String>> byDigits;

    private final Map<String, Analyte> byCode = new HashMap<>();
    private final Map<String, String> units = new HashMap<>();

    Analytes() {
        TableFile.rows(UNITS).forEach(cells -> units.put(cells[0], cells[1]));
        for (String[] cells : TableFile.rows(TABLE)) {
            Analyte analyte = analyte(cells);
            analyte.names().forEach(name -> put(byName, name, analyte));
            analyte.scales().values().stream()
                    .flatMap(scale -> scale.codes().stream())
                    .distinct()
                    .forEach(code -> put(byCode, code, analyte));
            byName.putIfAbsent(Plain.name(analyte.name()), analyte);
        }
        byDigits = byName.keySet().stream()
                .filter(name -> name.length() >= SHORTEST_WITH_ERROR)
                .collect(Collectors.groupingBy(Analytes::digits));
    }

    private static void put(Map<String, Analyte> known, String key, Analyte analyte) {
        if (known.put(key, analyte) != null) {
            throw new IllegalStateException(key + " stands twice in " + TABLE);
        }
    }

    private Analyte analyte(String[] cells) {
        Set<String> names = new HashSet<>();
        for (String name : cells[1].split("\\|", -1)) {
            names.add(Plain.name(name));
        }
        Map<String, Scale> scales = new HashMap<>();
        for (String scale : cells[2].split(";", -1)) {
            String[] parts = scale.split("[=@]", 3);
            String[] ends = parts[1].split("\\.\\.", 2);
            for (String unit : parts[0].split("\\|", -1)) {
                String ucum = Objects.requireNonNull(units.get(unit), "a unit has no code");
                List<String> codes = List.of(parts[2].split("\\|", -1));
                scales.put(unit, new Scale(new BigDecimal(ends[0]), new BigDecimal(ends[1]), ucum, codes));
            }
        }
        return new Analyte(cells[0], names, scales);
    }

    /** By its usual name. */
    Optional<Analyte> named(String name) {
        return Optional.ofNullable(byName.get(Plain.name(name)));
    }

    /** By a code of LOINC. */
    Optional<Analyte> coded(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** By a name as it is printed; by one that is nearly it where no other is as near. */
    Optional<Analyte> find(String printed) {
        String name = Plain.name(printed);
        Analyte exact = byName.get(name);
        return exact != null ? Optional.of(exact) : nearest(name);
    }

    private Optional<Analyte> nearest(String name) {
        if (name.length() < SHORTEST_WITH_ERROR || OTHERS.contains(name)) {
            return Optional.empty();
        }
        int best = name.length() < SHORTEST_WITH_TWO ? 1 : 2;
        Set<Analyte> found = new HashSet<>();
        for (String known : byDigits.getOrDefault(digits(name), List.of())) {
            int distance = Math.abs(known.length() - name.length()) > best ? best + 1 : distance(known, name);
            if (distance < best) {
                best = distance;
                found.clear();
            }
            if (distance == best) {
                found.add(Objects.requireNonNull(byName.get(known)));
            }
        }
        return found.size() == 1 ? found.stream().findFirst() : Optional.empty();
    }

    private static String digits(String name) {
        return OTHER_THAN_DIGITS.matcher(name).replaceAll("");
    }

    /** How many letters have to be changed, added or left out (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
