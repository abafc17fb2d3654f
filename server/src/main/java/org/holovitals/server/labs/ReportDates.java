package org.holovitals.server.labs;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.labs.PrintedDate.Order;
import org.holovitals.server.labs.ReportDate.Kind;
import org.holovitals.server.texts.PageText;

/** Finds when the specimen of a report was taken or, where that is not said, when it was reported. */
public final class ReportDates {
    private static final double CERTAIN = 0.7;

    /** How far, as a fraction of the page's width, what stands in one column may begin from each other. */
    private static final double ALIGNED = 0.02;

    private static final String BETWEEN = "(?:\\s*(?:date|time|on|at|and|&|/|\\(local\\)))*\\s*[:=]?\\s*";
    private static final Pattern COLLECTED = label(
            "collected|collection|(?:date|time) of collection|drawn" + "|(?:specimen|sample) (?:date|taken|collected)");
    private static final Pattern REPORTED =
            label("reported|report date|date of (?:the )?report|result(?:ed)? date|date (?:of )?issued?|issued");

    private static Pattern label(String words) {
        return Pattern.compile("\\b(?:date\\s+)?(?:" + words + ")\\b" + BETWEEN, Pattern.CASE_INSENSITIVE);
    }

    /**
     * What a page says; empty where it says nothing of the kind.
     *
     * @param latest a day behind which nothing was printed yet
     */
    public Optional<ReportDate> of(PageText page, LocalDate latest) {
        Order order = PrintedDate.order(page.text());
        List<ReportLine> lines = ReportLine.of(page).stream()
                .filter(line -> !line.words().isEmpty())
                .toList();
        return one(Kind.COLLECTED, found(COLLECTED, lines, order, latest), page)
                .or(() -> one(Kind.REPORTED, found(REPORTED, lines, order, latest), page));
    }

    /** Dates right behind the label, on its line, or below it where labels stand above columns. */
    private static List<PrintedDate> found(Pattern label, List<ReportLine> lines, Order order, LocalDate latest) {
        List<PrintedDate> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            ReportLine line = lines.get(i);
            String text = line.text(0, line.words().size());
            Matcher at = label.matcher(text);
            while (at.find()) {
                Matcher date = PrintedDate.PATTERN.matcher(text).region(at.end(), text.length());
                if (date.lookingAt()) {
                    found.add(printed(line, text, date, order, latest));
                } else if (i + 1 < lines.size()) {
                    List<Double> above = line.part(words(text, at.start()), words(text, at.start()) + 1)
                            .box();
                    below(lines.get(i + 1), above, order, latest).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static Optional<PrintedDate> below(ReportLine line, List<Double> label, Order order, LocalDate latest) {
        String text = line.text(0, line.words().size());
        Matcher date = PrintedDate.PATTERN.matcher(text);
        while (!label.isEmpty() && date.find()) {
            List<Double> place = line.part(words(text, date.start()), words(text, date.end()) + 1)
                    .box();
            if (!place.isEmpty() && Math.abs(place.get(0) - label.get(0)) < ALIGNED) {
                return Optional.of(printed(line, text, date, order, latest));
            }
        }
        return Optional.empty();
    }

    private static PrintedDate printed(ReportLine line, String text, Matcher date, Order order, LocalDate latest) {
        PrintedDate printed = PrintedDate.of(date.toMatchResult(), order, latest);
        boolean isCertain = line.confidence(words(text, date.start()), words(text, date.end()) + 1) >= CERTAIN;
        return isCertain ? printed : new PrintedDate(printed.text(), List.of());
    }

    /** How many words end before a place. */
    private static int words(String text, int place) {
        return (int)
                text.substring(0, place).chars().filter(each -> each == ' ').count();
    }

    /** Of specimens of several days nobody knows which value is of which. */
    private static Optional<ReportDate> one(Kind kind, List<PrintedDate> found, PageText page) {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<LocalDate> days =
                found.stream().flatMap(each -> each.days().stream()).distinct().toList();
        boolean isOne =
                days.size() == 1 && found.stream().noneMatch(each -> each.days().isEmpty());
        return Optional.of(
                new ReportDate(kind, isOne ? days.get(0) : null, found.get(0).text(), page.number()));
    }
}
