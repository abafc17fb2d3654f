package org.holovitals.server.labs;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A date as it is printed, and the days that it may mean. */
record PrintedDate(String text, List<LocalDate> days) {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final String MONTH = "(" + String.join("|", MONTHS) + ")[a-z]{0,6}\\.?";

    /** Its groups: 1 to 3 year first; 4 to 6 day, name, year; 7 to 9 name, day, year; 10 to 13 two numbers, with what is between, and a year. */
    static final Pattern PATTERN = Pattern.compile(
            "\\b(?:(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})"
                    + "|(\\d{1,2})(?:st|nd|rd|th)?[-\\s./]{0,2}" + MONTH + "[-\\s.,/]{0,2}(\\d{4}|\\d{2})"
                    + "|" + MONTH + "[\\s-]{0,2}(\\d{1,2})(?:st|nd|rd|th)?,?\\s{0,2}-?(\\d{4})"
                    + "|(\\d{1,2})([-/.])(\\d{1,2})\\11(\\d{4}|\\d{2}))(?!\\d)",
            Pattern.CASE_INSENSITIVE);

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

    /** Which of two numbers is the month, as far as other dates of the page show. */
    enum Order {
        MONTH_FIRST,
        DAY_FIRST,
        UNKNOWN
    }

    /** A match of the pattern; a day that is not in the calendar, or not before the latest, is none. */
    static PrintedDate of(MatchResult match, Order order, LocalDate latest) {
        List<LocalDate> days = new ArrayList<>();
        if (match.group(1) != null) {
            add(days, latest, match.group(1), match.group(2), match.group(3));
        } else if (match.group(4) != null) {
            add(days, latest, match.group(6), month(match.group(5)), match.group(4));
        } else if (match.group(7) != null) {
            add(days, latest, match.group(9), month(match.group(7)), match.group(8));
        } else {
            if (order != Order.DAY_FIRST) {
                add(days, latest, match.group(13), match.group(10), match.group(12));
            }
            if (order != Order.MONTH_FIRST) {
                add(days, latest, match.group(13), match.group(12), match.group(10));
            }
        }
        return new PrintedDate(match.group(), days.stream().distinct().toList());
    }

    private static String month(String name) {
        return Integer.toString(1 + MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT)));
    }

    /** A year of two digits may be a day. */
    private static void add(List<LocalDate> days, LocalDate latest, String year, String month, String day) {
        if (year.length() < 4) {
            return;
        }
        try {
            LocalDate date = LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
            if (!date.isAfter(latest) && !date.isBefore(EARLIEST)) {
                days.add(date);
            }
        } catch (DateTimeException e) {
            // Read in this way it is no date.
        }
    }

    /** What the dates of a page that can be read in one way only show; nothing where they differ. */
    static Order order(String text) {
        boolean isMonthFirst = false;
        boolean isDayFirst = false;
        Matcher date = PATTERN.matcher(text);
        while (date.find()) {
            if (date.group(10) != null && date.group(13).length() == 4) {
                isMonthFirst |= Integer.parseInt(date.group(12)) > 12;
                isDayFirst |= Integer.parseInt(date.group(10)) > 12;
            }
        }
        return isMonthFirst == isDayFirst ? Order.UNKNOWN : isMonthFirst ? Order.MONTH_FIRST : Order.DAY_FIRST;
    }
}
