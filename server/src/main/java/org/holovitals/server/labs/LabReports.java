package org.holovitals.server.labs;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.holovitals.server.labs.Analyte.Scale;
import org.holovitals.server.texts.PageText;
import org.holovitals.server.texts.PageText.Word;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows of laboratory reports: a name that is known, a number, and in whatever order a unit, a mark and a range. A number may
 * have been recognised wrongly and look right, so a row has to agree with itself in several ways.
 */
public final class LabReports {
    private static final double CERTAIN = 0.7;
    private static final int LONGEST_NAME = 5;
    private static final int SKIPPED = 2;

    /** One in so many rows with another number are many. */
    private static final int MANY = 3;

    private static final Pattern DUST = Pattern.compile("[^\\p{Alnum}]*(?:[^\\s\\d]{0,2})[^\\p{Alnum}]*");
    private static final Pattern DIGIT = Pattern.compile(".*\\d.*");
    private static final Pattern WORDS = Pattern.compile(".*\\p{L}{3}.*");
    private static final Pattern BOUND_OR_DIGIT = Pattern.compile("[<>≤≥]?\\d.*");

    private final Analytes analytes = new Analytes();

    /** The values on a page, from top to bottom. */
    public List<LabValue> of(PageText page) {
        List<ReportRow> found = new ArrayList<>();
        Header header = null;
        for (ReportLine line : ReportLine.of(page)) {
            Optional<Header> above = Header.of(line);
            if (above.isPresent()) {
                header = above.get();
            } else {
                found.addAll(rows(line, header));
            }
        }
        boolean isAlone = found.stream().filter(row -> !row.isAlone()).count() * MANY < found.size();
        return found.stream().map(row -> value(page.number(), row, isAlone)).toList();
    }

    /** Several may stand side by side. */
    private List<ReportRow> rows(ReportLine line, @Nullable Header header) {
        List<ReportRow> rows = new ArrayList<>();
        Optional<Name> name = name(line);
        for (ReportLine rest = line; name.isPresent(); ) {
            int next = next(rest, name.get().to());
            ReportLine part = rest.part(name.get().from(), next);
            new RowReader(name.get().analyte(), part, name.get().length())
                    .read(header)
                    .ifPresent(rows::add);
            rest = rest.part(next, rest.words().size());
            name = name(rest);
        }
        return rows;
    }

    private record Name(Analyte analyte, int from, int to) {
        int length() {
            return to - from;
        }
    }

    /** The longest one with which a line begins, behind dust that was taken for letters. */
    private Optional<Name> name(ReportLine line) {
        for (int from = 0; from <= SKIPPED && from < line.words().size(); from++) {
            int most = Math.min(LONGEST_NAME, line.words().size() - from - 1);
            for (int length = most; length >= 1; length--) {
                Optional<Analyte> analyte = analytes.find(line.text(from, from + length));
                if (analyte.isPresent() && isFollowed(analyte.get(), line, from + length)) {
                    return Optional.of(new Name(analyte.get(), from, from + length));
                }
            }
            if (!DUST.matcher(line.words().get(from).text()).matches()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** A number stands behind it, and no words between that would make it a sentence. */
    private static boolean isFollowed(Analyte analyte, ReportLine line, int from) {
        for (Word word : line.words().subList(from, line.words().size())) {
            if (analyte.similarUnit(word.text()).isEmpty()
                    && DIGIT.matcher(word.text()).matches()) {
                return true;
            }
            boolean isExpected = analyte.similarUnit(word.text()).isPresent() || Mark.of(word.text()) != Mark.NONE;
            if (!isExpected && WORDS.matcher(word.text()).matches()) {
                return false;
            }
        }
        return false;
    }

    /** Where, behind a number, the next name stands with a number behind it; the end where none does. */
    private int next(ReportLine line, int from) {
        boolean hasNumber = false;
        for (int at = from; at < line.words().size(); at++) {
            if (hasNumber && isName(line, at)) {
                return at;
            }
            hasNumber |= DIGIT.matcher(line.words().get(at).text()).matches();
        }
        return line.words().size();
    }

    private boolean isName(ReportLine line, int at) {
        for (int to = Math.min(at + LONGEST_NAME, line.words().size() - 1); to > at; to--) {
            String name = line.text(at, to);
            if (WORDS.matcher(name).matches()
                    && analytes.named(name).isPresent()
                    && BOUND_OR_DIGIT.matcher(line.words().get(to).text()).matches()) {
                return true;
            }
        }
        return false;
    }

    /** Where many rows of a page have another number, one whose other number was not recognised looks like a row without. */
    private static LabValue value(int page, ReportRow row, boolean isAlone) {
        Range range = row.range() == null ? null : row.range().range();
        Boolean isAbnormal = null;
        if (range != null && range.isOrdered() && row.value().isExact()) {
            isAbnormal = range.side(row.value().value()) != 0;
        }
        return new LabValue(
                row.analyte().name(),
                row.name(),
                row.value().text(),
                row.unit(),
                row.range() == null ? null : row.range().text(),
                isAbnormal,
                row.confidence(),
                page,
                row.box(),
                failed(row, range, isAlone && row.isAlone()));
    }

    private static Set<Gate> failed(ReportRow row, @Nullable Range range, boolean isAlone) {
        Set<Gate> failed = EnumSet.noneOf(Gate.class);
        Digits value = row.value();
        Optional<Scale> scale = row.analyte().scale(row.unit() == null ? "" : row.unit());
        add(failed, Gate.UNIT, scale.isPresent());
        add(
                failed,
                Gate.PLAUSIBLE,
                scale.filter(plausible -> plausible.holds(value.value())).isPresent());
        add(
                failed,
                Gate.RANGE,
                range != null
                        && range.isOrdered()
                        && range.isEven()
                        && scale.map(range::isWithin).orElse(true));
        // A value that is only bounded lies on no side for certain.
        add(failed, Gate.FLAG, range != null && value.isExact() && row.mark().agrees(range.side(value.value())));
        add(
                failed,
                Gate.POINT,
                range == null || range.hasPoint() == (value.value().scale() > 0));
        add(failed, Gate.ALONE, isAlone);
        add(failed, Gate.CONFIDENCE, row.confidence() >= CERTAIN);
        return failed;
    }

    private static void add(Set<Gate> failed, Gate gate, boolean isPassed) {
        if (!isPassed) {
            failed.add(gate);
        }
    }
}
