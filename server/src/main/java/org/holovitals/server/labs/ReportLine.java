package org.holovitals.server.labs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.holovitals.server.texts.PageText;
import org.holovitals.server.texts.PageText.Word;

/** The words of one line of a page, from left to right. */
record ReportLine(List<Word> words) {
    private static final Pattern SIGN = Pattern.compile("[(\\[]?(?:[<>]=?|[≤≥])");
    private static final Pattern DIGITS = Pattern.compile("\\d");
    private static final Pattern BRACKETS = Pattern.compile("(?<=[^(\\[])(?=[(\\[]\\d)|(?<=\\d[)\\]])(?=\\p{Alpha})");

    /** The lines of a page. Of a recognised one the words stand in the order of its text. */
    static List<ReportLine> of(PageText page) {
        List<ReportLine> lines = new ArrayList<>();
        int at = 0;
        for (String line : page.text().split("\\R", -1)) {
            List<Word> words = new ArrayList<>();
            for (String text : line.strip().split("\\s+", -1)) {
                if (!text.isEmpty()) {
                    boolean isRecognised = at < page.words().size()
                            && page.words().get(at).text().equals(text);
                    add(words, isRecognised ? page.words().get(at) : new Word(text, certainty(page), List.of()));
                    at++;
                }
            }
            lines.add(new ReportLine(signed(words)));
        }
        return lines;
    }

    /** Brackets begin and end words, such as in {@code mmol/L(3.5-5.1)H}. */
    private static void add(List<Word> words, Word word) {
        for (String text : BRACKETS.split(word.text(), -1)) {
            words.add(new Word(text, word.confidence(), word.box()));
        }
    }

    /** A sign belongs to the number behind it, also with a space between. */
    private static List<Word> signed(List<Word> words) {
        List<Word> joined = new ArrayList<>();
        for (Word word : words) {
            Word last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            boolean isSigned = last != null
                    && SIGN.matcher(last.text()).matches()
                    && DIGITS.matcher(word.text()).lookingAt();
            if (isSigned && last != null) {
                joined.set(joined.size() - 1, together(last, word));
            } else {
                joined.add(word);
            }
        }
        return joined;
    }

    private static Word together(Word sign, Word number) {
        String text = sign.text().replace("<=", "≤").replace(">=", "≥") + number.text();
        return new Word(
                text, Math.min(sign.confidence(), number.confidence()), new ReportLine(List.of(sign, number)).box());
    }

    /** A text that stands in the file is as it was meant; a recognised word that is not found again is not to be relied on. */
    private static double certainty(PageText page) {
        return page.method() == PageText.Method.TEXT_LAYER ? 1 : 0;
    }

    /** The words from one on to before another, as a line. */
    ReportLine part(int from, int to) {
        return new ReportLine(words.subList(from, to));
    }

    /** The words from one on to before another, with spaces between. */
    String text(int from, int to) {
        return String.join(" ", words.subList(from, to).stream().map(Word::text).toList());
    }

    /** The lowest confidence of some words. */
    double confidence(int from, int to) {
        return words.subList(from, to).stream()
                .mapToDouble(Word::confidence)
                .min()
                .orElse(0);
    }

    /** Around all words that have a place; empty where none has. */
    List<Double> box() {
        List<List<Double>> boxes =
                words.stream().map(Word::box).filter(box -> box.size() == 4).toList();
        if (boxes.isEmpty()) {
            return List.of();
        }
        double left = boxes.stream().mapToDouble(box -> box.get(0)).min().orElse(0);
        double top = boxes.stream().mapToDouble(box -> box.get(1)).min().orElse(0);
        double right =
                boxes.stream().mapToDouble(box -> box.get(0) + box.get(2)).max().orElse(0);
        double bottom =
                boxes.stream().mapToDouble(box -> box.get(1) + box.get(3)).max().orElse(0);
        return List.of(left, top, right - left, bottom - top);
    }
}
