package org.holovitals.server.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into rows of tables and sentences, which are never split; put together again they are the text. */
final class Units {
    private static final Pattern CELL = Pattern.compile("[|\\t]");

    /** Columns of two spaces; behind a sentence some people write two as well. */
    private static final Pattern GAP = Pattern.compile("[^\\s.!?:] {2,}(?=\\S)");

    private static final Pattern CITED = Pattern.compile("\\S \\[\\d+]\\s*$");
    private static final Pattern ITEM = Pattern.compile("\\s*(?:[-*•]|\\d{1,3}[.)])\\s.*", Pattern.DOTALL);
    private static final Pattern END = Pattern.compile("[.!?]+[\"')\\]]*\\s+(?=[\\p{Lu}\\p{N}\"'(\\[])");
    private static final Pattern LAST_WORD = Pattern.compile("(\\S+?)[.!?]+[\"')\\]]*\\s+$");

    private static final int LONGEST_WORD = 40;

    /** Behind these a point ends no sentence. */
    private static final Set<String> ABBREVIATIONS = Set.of(
            "dr", "mr", "mrs", "ms", "prof", "st", "no", "nr", "vs", "e.g", "i.e", "approx", "ca", "fig", "dept", "inc",
            "jr", "sr", "tab", "cap", "inj", "sol", "max", "min", "resp", "temp", "wt", "ht", "pt", "hx", "dx", "rx",
            "tx", "sx", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec");

    private Units() {}

    static List<String> of(String text) {
        List<String> units = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            String line = text.substring(from, end < 0 ? text.length() : end + 1);
            from += line.length();
            boolean isRow = isRow(line);
            if (isRow || line.isBlank() || ITEM.matcher(line).matches()) {
                addSentences(units, paragraph);
            }
            if (isRow || line.isBlank()) {
                units.add(line);
            } else {
                paragraph.append(line);
            }
        }
        addSentences(units, paragraph);
        return units;
    }

    private static boolean isRow(String line) {
        return CELL.matcher(line).find()
                || CITED.matcher(line).find()
                || GAP.matcher(line).results().limit(2).count() == 2;
    }

    private static void addSentences(List<String> units, StringBuilder paragraph) {
        String text = paragraph.toString();
        paragraph.setLength(0);
        Matcher ends = END.matcher(text);
        int from = 0;
        while (ends.find()) {
            if (!isAbbreviated(text.substring(from, ends.end()))) {
                units.add(text.substring(from, ends.end()));
                from = ends.end();
            }
        }
        if (from < text.length()) {
            units.add(text.substring(from));
        }
    }

    private static boolean isAbbreviated(String sentence) {
        Matcher last = LAST_WORD.matcher(sentence.substring(Math.max(0, sentence.length() - LONGEST_WORD)));
        if (!last.find()) {
            return false;
        }
        String word = last.group(1).toLowerCase(Locale.ROOT).replaceAll("^[(\\[\"']+", "");
        boolean isInitial = word.length() == 1 && Character.isLetter(word.charAt(0));
        return isInitial || ABBREVIATIONS.contains(word);
    }
}
