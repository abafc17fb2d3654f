package org.holovitals.server.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.holovitals.server.chat.Views.Cited;
import org.holovitals.server.egress.Statements;
import org.holovitals.server.finder.Citation;
import org.holovitals.server.finder.Evidence;

/**
 * What a model said, line by line. A line counts as checked when it cites, when all that it cites was read again in the record
 * as it is now, when it names something of each thing it cites, and when every number in it stands there. That is a check of
 * its citations: what the line makes of them stays the model's word.
 *
 * @param unverified the lines that are not checked, from 0
 */
record ModelAnswer(List<String> lines, List<Cited> cited, List<Integer> unverified) {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final String NOTHING = "The model found no answer in what your record holds about this.";
    private static final Pattern NOT_FOUND = Pattern.compile("(?i)\\W*not found\\W*");
    private static final Pattern MARKS = Pattern.compile("\\s*\\[\\s*(\\d{1,4}(?:\\s*[,;]\\s*\\d{1,4})*)\\s*]");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])(?:\\s*\\[[\\d,; ]+])*\\s+(?=\\p{Lu})");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");
    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N}]{2,}");
    private static final Pattern LIST_SIGN = Pattern.compile("^(?:[-*•]\\s+|\\d{1,2}[.)]\\s+)");

    private static Set<String> set(String list) {
        return SPACE.splitAsStream(list.strip()).collect(Collectors.toUnmodifiableSet());
    }

    static ModelAnswer of(String text, Statements statements, Generating.Checking checking) {
        if (NOT_FOUND.matcher(text).matches()) {
            return new ModelAnswer(List.of(NOTHING), List.of(), List.of());
        }
        List<Claim> claims = text.lines()
                .flatMap(line -> Arrays.stream(split(line)))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> Claim.of(line, statements))
                .toList();
        Map<Citation, Boolean> checked = checked(claims, checking);
        List<String> lines = new ArrayList<>();
        List<Cited> cited = new ArrayList<>();
        List<Integer> unverified = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            int sentence = i;
            lines.add(claim.text());
            claim.citations().forEach(each -> cited.add(Cited.of(sentence, each, checked.getOrDefault(each, false))));
            boolean isRead = claim.citations().stream().allMatch(each -> checked.getOrDefault(each, false));
            if (!isRead || !claim.isGrounded()) {
                unverified.add(i);
            }
        }
        return new ModelAnswer(List.copyOf(lines), List.copyOf(cited), List.copyOf(unverified));
    }

    /** One sentence a line, with the numbers behind it. */
    private static String[] split(String line) {
        Matcher matcher = SENTENCE_END.matcher(LIST_SIGN.matcher(line.strip()).replaceFirst(""));
        return matcher.replaceAll(
                        found -> Matcher.quoteReplacement(found.group().stripTrailing() + "\n"))
                .split("\n");
    }

    private static Map<Citation, Boolean> checked(List<Claim> claims, Generating.Checking checking) {
        List<Citation> all = claims.stream()
                .flatMap(claim -> claim.citations().stream())
                .distinct()
                .toList();
        List<Citation> checked = all.isEmpty() ? List.of() : checking.check(all);
        Map<Citation, Boolean> found = new HashMap<>();
        IntStream.range(0, checked.size())
                .forEach(i -> found.put(all.get(i), checked.get(i).verified()));
        return found;
    }

    String text() {
        return String.join("\n", lines);
    }

    /**
     * A line of the answer.
     *
     * @param text without the numbers behind it
     * @param cited what stands under each of these numbers; empty where it gives none or one that does not exist
     */
    private record Claim(String text, List<List<Evidence>> cited) {

        static Claim of(String line, Statements statements) {
            List<Integer> numbers = MARKS.matcher(line)
                    .results()
                    .flatMap(found -> Arrays.stream(found.group(1).split("\\D+")))
                    .map(Integer::valueOf)
                    .distinct()
                    .toList();
            boolean areThere = numbers.stream()
                    .allMatch(number ->
                            number >= 1 && number <= statements.evidence().size());
            return new Claim(
                    MARKS.matcher(line).replaceAll("").strip(),
                    areThere
                            ? numbers.stream()
                                    .map(number -> statements.evidence().get(number - 1))
                                    .toList()
                            : List.of());
        }

        List<Citation> citations() {
            return cited.stream()
                    .flatMap(List::stream)
                    .flatMap(evidence -> evidence.sentence().citations().stream())
                    .distinct()
                    .toList();
        }

        /** Whether it names something of each thing that it cites, and its numbers all stand in one. */
        boolean isGrounded() {
            return !cited.isEmpty()
                    && cited.stream().allMatch(this::names)
                    && numbers(said()).containsAll(numbers(text));
        }

        private boolean names(List<Evidence> evidence) {
            Set<String> words = words(text);
            return evidence.stream().map(each -> words(each.sentence().text())).anyMatch(said -> said.stream()
                    .anyMatch(words::contains));
        }

        private String said() {
            return cited.stream()
                    .flatMap(List::stream)
                    .map(evidence -> evidence.sentence().text() + " "
                            + evidence.sentence().citations().stream()
                                    .map(Citation::value)
                                    .collect(Collectors.joining(" ")))
                    .collect(Collectors.joining(" "));
        }

        private static Set<String> numbers(String text) {
            return NUMBER.matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .map(Claim::number)
                    .collect(Collectors.toCollection(HashSet::new));
        }

        /** 7.0 is 7, and 04 is 4. */
        private static String number(String digits) {
            String plain = digits.replaceFirst("^0+(?=\\d)", "");
            return plain.contains(".") ? plain.replaceFirst("\\.?0+$", "") : plain;
        }

        private static Set<String> words(String text) {
            return WORD.matcher(text.toLowerCase(Locale.ROOT))
                    .results()
                    .map(MatchResult::group)
                    .filter(word -> !COMMON.contains(word))
                    .collect(Collectors.toSet());
        }
    }

    /** Words that name nothing of a record. */
    private static final Set<String> COMMON = set("""
            the and was were your you have has had are for from with that this not been also its their there
            which when last most recent record active final completed status value date code ordered since until
            """);
}
