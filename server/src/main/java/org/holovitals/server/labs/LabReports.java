package org.holovitals.server.labs;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.labs.Analyte.Scale;
import org.holovitals.server.texts.PageText;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows of laboratory reports: a name that is known, a number, and in whatever order a unit, a mark and a range. A number may
 * have been recognised wrongly and look right, so a row has to agree with itself in several ways.
 */
public final class LabReports {
    private static final double CERTAIN = 0.7;
    private static final int LONGEST_NAME = 5;
    private static final int LONGEST_RANGE = 3;
    private static final Pattern VALUE = Pattern.compile(LabChecks.NUMBER + "([HL*]?)");
    private static final Set<String> LOW = Set.of("l", "ll", "low");
    private static final Set<String> HIGH = Set.of("h", "hh", "high");

    private final Analytes analytes = new Analytes();

    /** The values on a page, from top to bottom. */
    public List<LabValue> of(PageText page) {
        List<LabValue> found = new ArrayList<>();
        for (ReportLine line : ReportLine.of(page)) {
            row(line).map(row -> value(page.number(), line, row)).ifPresent(found::add);
        }
        return found;
    }

    /** What stands where in a line. */
    private record Row(
            Analyte analyte,
            int valueAt,
            Matcher value,
            @Nullable String unit,
            Mark mark,
            @Nullable Found range,
            boolean isAlone) {}

    private record Found(String text, Range range, int from, int to) {}

    /** How a report marks a value. */
    private enum Mark {
        NONE,
        LOW,
        HIGH,
        /** As something, without saying on which side. */
        ANY,
        /** As both. */
        UNCLEAR
    }

    /** The longest name that is known, with a number behind it. */
    private Optional<Row> row(ReportLine line) {
        for (int at = Math.min(LONGEST_NAME, line.words().size() - 1); at >= 1; at--) {
            Matcher value = VALUE.matcher(line.words().get(at).text());
            Optional<Analyte> analyte = value.matches() ? analytes.find(line.text(0, at)) : Optional.empty();
            if (analyte.isPresent()) {
                return Optional.of(row(line, analyte.get(), at, value));
            }
        }
        return Optional.empty();
    }

    private static Row row(ReportLine line, Analyte analyte, int at, Matcher value) {
        Found range = range(line, at + 1);
        String unit = null;
        Mark mark = mark(Mark.NONE, value.group(3));
        boolean isAlone = true;
        for (int i = at + 1; i < line.words().size(); i++) {
            boolean isOfRange = range != null && i >= range.from() && i < range.to();
            String word = line.words().get(i).text();
            if (!isOfRange && unit == null && analyte.scale(word).isPresent()) {
                unit = Plain.edges(word);
            } else if (!isOfRange) {
                mark = mark(mark, word);
                isAlone &= !VALUE.matcher(word).matches();
            }
        }
        return new Row(analyte, at, value, unit, mark, range, isAlone);
    }

    private static Mark mark(Mark before, String word) {
        String plain = word.toLowerCase(Locale.ROOT).replaceAll("[^a-z*]", "");
        Mark mark = LOW.contains(plain)
                ? Mark.LOW
                : HIGH.contains(plain) ? Mark.HIGH : plain.equals("*") ? Mark.ANY : Mark.NONE;
        if (mark == Mark.NONE || before == mark) {
            return before;
        } else if (before == Mark.NONE || before == Mark.ANY) {
            return mark;
        }
        return mark == Mark.ANY ? before : Mark.UNCLEAR;
    }

    /** The last one on the line: a value with a sign before it is no range of itself. */
    private static @Nullable Found range(ReportLine line, int first) {
        for (int from = first; from < line.words().size(); from++) {
            for (int to = Math.min(line.words().size(), from + LONGEST_RANGE); to > from; to--) {
                String text = line.text(from, to);
                Optional<Range> range = Range.of(text);
                if (range.isPresent()) {
                    return new Found(text, range.get(), from, to);
                }
            }
        }
        return null;
    }

    private static LabValue value(int page, ReportLine line, Row row) {
        BigDecimal number = new BigDecimal(row.value().group(2));
        Found range = row.range();
        double confidence = line.confidence(row.valueAt(), row.valueAt() + 1);
        if (range != null) {
            confidence = Math.min(confidence, line.confidence(range.from(), range.to()));
        }
        boolean isExact = row.value().group(1).isEmpty();
        Boolean isAbnormal = (range == null || !range.range().isOrdered() || !isExact)
                ? null
                : Boolean.valueOf(range.range().side(number) != 0);
        return new LabValue(
                row.analyte().name(),
                Plain.edges(line.text(0, row.valueAt())),
                row.value().group(1) + row.value().group(2),
                row.unit(),
                range == null ? null : range.text(),
                isAbnormal,
                confidence,
                page,
                line.box(),
                failed(row, number, confidence));
    }

    private static Set<Gate> failed(Row row, BigDecimal number, double confidence) {
        Set<Gate> failed = EnumSet.noneOf(Gate.class);
        Range range = row.range() == null ? null : row.range().range();
        Optional<Scale> scale = row.analyte().scale(row.unit() == null ? "" : row.unit());
        add(failed, Gate.UNIT, scale.isPresent());
        add(
                failed,
                Gate.PLAUSIBLE,
                scale.filter(plausible -> plausible.holds(number)).isPresent());
        add(
                failed,
                Gate.RANGE,
                range != null
                        && range.isOrdered()
                        && range.isEven()
                        && scale.map(range::isWithin).orElse(true));
        add(failed, Gate.FLAG, range != null && agrees(row, range.side(number)));
        add(failed, Gate.POINT, range == null || range.hasPoint() == (number.scale() > 0));
        add(failed, Gate.ALONE, row.isAlone());
        add(failed, Gate.CONFIDENCE, confidence >= CERTAIN);
        return failed;
    }

    private static void add(Set<Gate> failed, Gate gate, boolean isPassed) {
        if (!isPassed) {
            failed.add(gate);
        }
    }

    /** A value that is only bounded lies on no side for certain. */
    private static boolean agrees(Row row, int side) {
        boolean isExact = row.value().group(1).isEmpty();
        return isExact
                && switch (row.mark()) {
                    case NONE -> side == 0;
                    case LOW -> side < 0;
                    case HIGH -> side > 0;
                    case ANY -> side != 0;
                    case UNCLEAR -> false;
                };
    }
}
