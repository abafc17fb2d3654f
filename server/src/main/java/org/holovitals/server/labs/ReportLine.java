package org.holovitals.server.labs;

import java.util.ArrayList;
import java.util.List;
import org.holovitals.server.texts.PageText;
import org.holovitals.server.texts.PageText.Word;

/** The words of one line of a page, from left to right. */
record ReportLine(List<Word> words) {

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
                    words.add(isRecognised ? page.words().get(at) : new Word(text, certainty(page), List.of()));
                    at++;
                }
            }
            lines.add(new ReportLine(words));
        }
        return lines;
    }

    /** A text that stands in the file is as it was meant; a recognised word that is not found again is not to be relied on. */
    private static double certainty(PageText page) {
        return page.method() == PageText.Method.TEXT_LAYER ? 1 : 0;
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
