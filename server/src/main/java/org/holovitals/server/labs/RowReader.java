package org.holovitals.server.labs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.holovitals.server.texts.PageText.Word;
import org.jspecify.annotations.Nullable;

/** Finds a value, a unit, a mark and a range behind a name, in whatever order they stand. */
final class RowReader {
    private static final Pattern DIGIT = Pattern.compile("\\d");
    private static final Pattern SHORT =
            Pattern.compile("(?=.*[^\\p{Punct}\\p{IsPunctuation}]|.*[|!?(){}\\[\\]/]).{1,3}[.,:;]?");

    private final Analyte analyte;
    private final ReportLine line;
    private final int nameEnd;
    private final List<Digits> numbers = new ArrayList<>();
    private @Nullable PrintedRange range;
    private @Nullable String unit;
    private Mark mark = Mark.NONE;
    private boolean isAlone = true;

    /** Of a line that begins with the name. */
    RowReader(Analyte analyte, ReportLine line, int nameEnd) {
        this.analyte = analyte;
        this.line = line;
        this.nameEnd = nameEnd;
    }

    /**
     * The row; empty where no number stands in it.
     *
     * @param header above it; null where there is none
     */
    Optional<ReportRow> read(@Nullable Header header) {
        int end = line.words().size();
        range = PrintedRange.in(line, nameEnd, end).orElse(null);
        if (range != null && range.isBound() && isOnlyNumber(range)) {
            range = null;
        }
        int at = nameEnd;
        while (at < end) {
            at = range != null && range.holds(at) ? range.to() : at + taken(at, end);
        }
        return numbers.isEmpty() ? Optional.empty() : Optional.of(row(value(header)));
    }

    /** A value that is only bounded looks like a range. */
    private boolean isOnlyNumber(PrintedRange bound) {
        for (int i = nameEnd; i < line.words().size(); i++) {
            if (!bound.holds(i) && Digits.of(i, line.words().get(i)).isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** How many words, from one on, are what is found there. */
    private int taken(int at, int end) {
        int ofUnit = unit == null ? unit(at, end) : 0;
        if (ofUnit > 0) {
            return ofUnit;
        }
        Word word = line.words().get(at);
        Optional<Digits> digits = Digits.of(at, word);
        digits.ifPresent(numbers::add);
        Mark found = digits.map(Digits::mark).orElseGet(() -> Mark.of(word.text()));
        isAlone &= digits.isPresent() || found != Mark.NONE || !mayHoldDigits(word);
        mark = mark.and(found);
        return 1;
    }

    /** How many words, from one on, are a unit. */
    private int unit(int at, int end) {
        Optional<String> both = at + 1 < end ? analyte.unit(line.text(at, at + 2)) : Optional.empty();
        Optional<String> found =
                both.or(() -> analyte.similarUnit(line.words().get(at).text()));
        unit = found.orElse(null);
        return both.isPresent() ? 2 : found.isPresent() ? 1 : 0;
    }

    /** Recognised words that are short may be a number that was not recognised. */
    private static boolean mayHoldDigits(Word word) {
        return DIGIT.matcher(word.text()).find()
                || (word.confidence() < 1 && SHORT.matcher(word.text()).matches());
    }

    /** That of several which the header names, else the one that is marked, else the first. */
    private Digits value(@Nullable Header header) {
        if (numbers.size() == 1) {
            return numbers.get(0);
        }
        isAlone = false;
        return Optional.ofNullable(header)
                .flatMap(above -> above.result(numbers))
                .or(() -> numbers.stream().filter(this::isMarked).findFirst())
                .orElse(numbers.get(0));
    }

    private boolean isMarked(Digits number) {
        int next = number.at() + 1;
        return number.mark() != Mark.NONE
                || (next < line.words().size() && Mark.of(line.words().get(next).text()) != Mark.NONE);
    }

    private ReportRow row(Digits value) {
        boolean isClear = value.isClear() && (range == null || range.isClear());
        double confidence = line.confidence(value.at(), value.at() + 1);
        if (range != null) {
            confidence = Math.min(confidence, line.confidence(range.from(), range.to()));
        }
        return new ReportRow(
                analyte,
                Plain.edges(line.text(0, nameEnd)),
                value,
                unit,
                mark,
                range,
                isAlone,
                isClear ? confidence : 0,
                line.box());
    }
}
