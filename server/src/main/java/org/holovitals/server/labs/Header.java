package org.holovitals.server.labs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.holovitals.server.texts.PageText.Word;

/** The line above a table that says which column holds the result, and which a former one. */
record Header(List<Column> columns) {
    private static final int FEWEST = 3;
    private static final int STRANGE = 2;
    private static final Set<String> RESULT =
            Set.of("result", "results", "value", "values", "current", "today", "observed", "measured");
    private static final Set<String> FORMER = Set.of("previous", "prev", "prior", "former", "last", "historical");
    private static final Set<String> OTHER = Set.of(
            "test",
            "tests",
            "analyte",
            "component",
            "name",
            "procedure",
            "flag",
            "flags",
            "unit",
            "units",
            "range",
            "reference",
            "ref",
            "interval",
            "normal",
            "status",
            "date",
            "abnormal",
            "expected",
            "limits");

    private enum Kind {
        RESULT,
        FORMER,
        OTHER
    }

    private record Column(Kind kind, double middle) {}

    /** Empty for a line that is none. */
    static Optional<Header> of(ReportLine line) {
        List<Column> columns = new ArrayList<>();
        boolean isFormer = false;
        for (Word word : line.words()) {
            String plain = Plain.name(word.text());
            boolean isKnown = RESULT.contains(plain) || FORMER.contains(plain) || OTHER.contains(plain);
            if (isKnown && word.box().size() == 4) {
                // A previous result is one column.
                Kind kind = FORMER.contains(plain) || (isFormer && RESULT.contains(plain))
                        ? Kind.FORMER
                        : RESULT.contains(plain) ? Kind.RESULT : Kind.OTHER;
                columns.add(new Column(kind, middle(word.box())));
            }
            isFormer = FORMER.contains(plain);
        }
        boolean hasResult = columns.stream().anyMatch(column -> column.kind() == Kind.RESULT);
        boolean isHeader = hasResult && columns.size() >= FEWEST && line.words().size() <= columns.size() + STRANGE;
        return isHeader ? Optional.of(new Header(columns)) : Optional.empty();
    }

    private static double middle(List<Double> box) {
        return box.get(0) + box.get(2) / 2;
    }

    /** The number below the result; empty where none is, or several are. */
    Optional<Digits> result(List<Digits> numbers) {
        List<Digits> below = numbers.stream().filter(this::isResult).toList();
        return below.size() == 1 ? Optional.of(below.get(0)) : Optional.empty();
    }

    private boolean isResult(Digits number) {
        return number.box().size() == 4
                && columns.stream()
                                .min(Comparator.comparingDouble(
                                        column -> Math.abs(column.middle() - middle(number.box()))))
                                .map(Column::kind)
                                .orElse(Kind.OTHER)
                        == Kind.RESULT;
    }
}
