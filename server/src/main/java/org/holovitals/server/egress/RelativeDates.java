package org.holovitals.server.egress;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Dates as distances from a day that only this server knows: {@code D-12} in days, {@code M-3} in months, {@code Y-1} in
 * years, as exact as the date was. Where a model repeats what was made here it becomes a date again; what was in a text
 * before, such as vitamin D-3, never does.
 */
final class RelativeDates {
    private static final String MONTHS =
            "(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
                    + "|Nov(?:ember)?|Dec(?:ember)?)\\.?";
    private static final List<String> MONTH_NAMES =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final int NAME = 3;

    static final Pattern ISO_DAY = Pattern.compile(
            "(?<![\\d-])(\\d{4})-(\\d{2})-(\\d{2})(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?(?!\\d)");
    private static final Pattern ISO_MONTH = Pattern.compile("(?<![\\d-])(\\d{4})-(\\d{2})(?![\\d-])");
    private static final Pattern MONTH_FIRST =
            Pattern.compile("(?i)\\b" + MONTHS + "\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b");
    private static final Pattern DAY_FIRST =
            Pattern.compile("(?i)\\b(\\d{1,2})(?:st|nd|rd|th)?\\.?\\s+(?:of\\s+)?" + MONTHS + ",?\\s+(\\d{4})\\b");
    private static final Pattern MONTH_ONLY = Pattern.compile("(?i)\\b" + MONTHS + ",?\\s+(?:of\\s+)?(\\d{4})\\b");
    private static final Pattern YEAR = Pattern.compile(
            "(?i)\\b(in|since|from|until|till|to|of|during|before|after|by|and|year|diagnosed|began|ended|noted|onset|between)"
                    + "(\\s+)((?:19|20)\\d{2})(?![\\d.,]*\\d|\\s*(?:mg|ml|mcg|g|kg|iu|u|units?|/|%))");
    private static final Pattern YEAR_IN_BRACKETS = Pattern.compile("\\(((?:19|20)\\d{2})\\)");
    private static final Pattern OTHER =
            Pattern.compile("(?<![\\d.])\\d{1,2}([./-])\\d{1,2}\\1(?:19|20)?\\d{2}(?![\\d.])");
    private static final Pattern DAY_AND_MONTH = Pattern.compile("(?i)\\b" + MONTHS
            + "\\s+\\d{1,2}(?:st|nd|rd|th)?\\b|\\b\\d{1,2}(?:st|nd|rd|th)?\\s+" + MONTHS + "(?![\\p{L}])");
    private static final Pattern RELATIVE = Pattern.compile("\\b([DMY])([+-])(\\d{1,6})\\b");

    private final LocalDate anchor;
    private final Set<String> made = new HashSet<>();
    private final Set<String> others = new HashSet<>();

    RelativeDates(LocalDate anchor) {
        this.anchor = anchor;
    }

    /** The last day that some texts name; the other one where they name none. */
    static LocalDate newest(Stream<String> texts, LocalDate otherwise) {
        return texts.flatMap(text -> ISO_DAY.matcher(text).results())
                .flatMap(found -> day(found.group(1), found.group(2), found.group(3)).stream())
                .max(LocalDate::compareTo)
                .orElse(otherwise);
    }

    /** Without dates. One that is not understood is masked. */
    String hide(String text) {
        RELATIVE.matcher(text).results().forEach(found -> others.add(found.group()));
        String hidden = replace(text, ISO_DAY, found -> day(found.group(1), found.group(2), found.group(3))
                .map(this::day));
        hidden = replace(hidden, ISO_MONTH, found -> month(found.group(1), found.group(2))
                .map(this::month));
        hidden = replace(hidden, MONTH_FIRST, found -> day(found.group(3), number(found.group(1)), found.group(2))
                .map(this::day));
        hidden = replace(hidden, DAY_FIRST, found -> day(found.group(3), number(found.group(2)), found.group(1))
                .map(this::day));
        hidden = replace(hidden, MONTH_ONLY, found -> month(found.group(2), number(found.group(1)))
                .map(this::month));
        hidden = replace(hidden, YEAR, found -> Optional.of(found.group(1) + found.group(2) + year(found.group(3))));
        hidden = replace(hidden, YEAR_IN_BRACKETS, found -> Optional.of("(" + year(found.group(1)) + ")"));
        hidden = replace(hidden, OTHER, found -> Optional.empty());
        return replace(hidden, DAY_AND_MONTH, found -> Optional.empty());
    }

    /** With dates for what was made of them. */
    String restore(String text) {
        return replace(text, RELATIVE, found -> {
            if (!made.contains(found.group()) || others.contains(found.group())) {
                return Optional.of(found.group());
            }
            long distance = Long.parseLong(found.group(2) + found.group(3));
            return Optional.of(
                    switch (found.group(1)) {
                        case "D" -> anchor.plusDays(distance).toString();
                        case "M" -> YearMonth.from(anchor).plusMonths(distance).toString();
                        default -> String.valueOf(anchor.getYear() + distance);
                    });
        });
    }

    private static String replace(String text, Pattern pattern, Function<MatchResult, Optional<String>> by) {
        return pattern.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(by.apply(found).orElse(Masking.MASK)));
    }

    private String day(LocalDate day) {
        return signed("D", ChronoUnit.DAYS.between(anchor, day));
    }

    private String month(YearMonth month) {
        return signed("M", ChronoUnit.MONTHS.between(YearMonth.from(anchor), month));
    }

    private String year(String year) {
        return signed("Y", Integer.parseInt(year) - anchor.getYear());
    }

    private String signed(String unit, long distance) {
        String relative = unit + (distance < 0 ? "-" : "+") + Math.abs(distance);
        made.add(relative);
        return relative;
    }

    private static String number(String month) {
        return String.valueOf(MONTH_NAMES.indexOf(month.substring(0, NAME).toLowerCase(Locale.ROOT)) + 1);
    }

    private static Optional<LocalDate> day(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<YearMonth> month(String year, String month) {
        try {
            return Optional.of(YearMonth.of(Integer.parseInt(year), Integer.parseInt(month)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
