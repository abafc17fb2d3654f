package org.holovitals.server.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class PromptSplitterTest {
    private static final int TRIES = 150;

    /** Sentences, rows, items, blank lines, and what nobody would write. */
    @Provide
    Arbitrary<String> documents() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(
                        "Dr. Smith saw the patient at 9 a.m. on Monday.\nNo fever was noted. ",
                        "| Glucose | 95 | mg/dL | 2020-01-02 |\n",
                        "Sodium   140   mmol/L\n",
                        "- takes aspirin 81 mg daily\n",
                        "Body weight: 2019-04-01 75.2 kg [12]; 2020-04-01 76 kg [13]\n",
                        "\n\n",
                        "Is it better? Yes! ",
                        "😀👩‍⚕️ 漢字の文。"),
                Arbitraries.strings().ofMaxLength(400),
                Arbitraries.strings().alpha().ofMinLength(200).ofMaxLength(400));
        return piece.list().ofMaxSize(30).map(pieces -> String.join("", pieces));
    }

    @Property(tries = TRIES)
    void nothingIsLostAndNothingIsOverTheWindow(
            @ForAll("documents") String text,
            @ForAll Strategy strategy,
            @ForAll @IntRange(min = 16, max = 300) int window) {
        List<Part> parts = PromptSplitter.split(text, strategy, window);
        assertThat(PromptSplitter.merge(parts)).isEqualTo(text);
        assertThat(parts).allSatisfy(part -> {
            assertThat(part.tokens()).isEqualTo(Tokens.count(part.content()));
            assertThat(part.tokens()).isLessThanOrEqualTo(window);
        });
        assertThat(parts).isEqualTo(PromptSplitter.split(text, strategy, window));
    }

    @Property(tries = TRIES)
    void noPartDependsOnItselfByWhateverWay(@ForAll("documents") String text, @ForAll Strategy strategy) {
        Set<String> before = new HashSet<>();
        for (Part part : PromptSplitter.inOrder(PromptSplitter.split(text, strategy, 40))) {
            assertThat(before).containsAll(part.dependencies());
            assertThat(before.add(part.id())).isTrue();
        }
    }

    @Property(tries = TRIES)
    void sentencesAndRowsThatFitStayWhole(
            @ForAll("documents") String text, @ForAll @IntRange(min = 30, max = 300) int window) {
        List<Part> parts = PromptSplitter.split(text, Strategy.PARALLEL, window);
        Set<Integer> borders = new HashSet<>();
        int at = 0;
        for (String unit : Units.of(text)) {
            borders.add(at);
            boolean isTooLong = Tokens.count(unit) > window;
            // A sentence that is longer than the window by itself may be cut anywhere.
            for (int i = 1; isTooLong && i < unit.length(); i++) {
                borders.add(at + i);
            }
            at += unit.length();
        }
        int from = 0;
        for (Part part : parts) {
            assertThat(borders.contains(from) || text.isEmpty()).isTrue();
            from += part.content().length();
        }
    }

    @Property(tries = TRIES)
    void unitsPutTogetherAreTheText(@ForAll("documents") String text) {
        assertThat(String.join("", Units.of(text))).isEqualTo(text);
    }

    @Example
    void sentencesEndWhereAReaderWouldEndThem() {
        assertThat(
                        Units.of(
                                "Seen by Dr. J. Miller at approx. 9 a.m. today. BP was 120/80.\nTemp. 37.5 C was\nnormal. \"Fine?\" Yes.\n"))
                .containsExactly(
                        "Seen by Dr. J. Miller at approx. 9 a.m. today. ",
                        "BP was 120/80.\n",
                        "Temp. 37.5 C was\nnormal. ",
                        "\"Fine?\" ",
                        "Yes.\n");
        assertThat(
                        Units.of(
                                "Results:\nSodium   140   mmol/L\n| A | B |\nSodium is normal.  It was so before.  No more.\n- one\n- two\n"))
                .containsExactly(
                        "Results:\n",
                        "Sodium   140   mmol/L\n",
                        "| A | B |\n",
                        "Sodium is normal.  ",
                        "It was so before.  ",
                        "No more.\n",
                        "- one\n",
                        "- two\n");
    }

    @Example
    void aSentenceLongerThanTheWindowIsCutBetweenWordsAndSaysSo() {
        String sentence = IntStream.range(0, 200).mapToObj(i -> "word" + i).collect(Collectors.joining(" ")) + ".";
        List<Part> parts = PromptSplitter.split("Short one. " + sentence + " Another one.", Strategy.PARALLEL, 50);
        List<Part> cut = parts.subList(0, parts.size() - 1);
        assertThat(cut.get(0).content()).startsWith("Short one. word0 ");
        assertThat(cut).hasSizeGreaterThan(5).allMatch(Part::isCut);
        assertThat(cut).allMatch(part -> part.content().endsWith(" "));
    }

    @Example
    void theStrategiesDependAsTheySay() {
        String text = "One sentence is here. ".repeat(20);
        assertThat(PromptSplitter.split(text, Strategy.PARALLEL, 40))
                .allMatch(part -> part.dependencies().isEmpty());
        assertThat(PromptSplitter.split(text, Strategy.SEQUENTIAL, 40).get(2).dependencies())
                .containsExactly("part-2");
        List<Part> hierarchy = PromptSplitter.split(text, Strategy.HIERARCHICAL, 40);
        assertThat(hierarchy.get(0).isOutline()).isTrue();
        assertThat(hierarchy.get(0).content()).startsWith("part-1: One sentence is here.");
        assertThat(hierarchy.subList(1, hierarchy.size()))
                .allMatch(part -> part.dependencies().equals(List.of("outline")));
    }

    @Example
    void aCircleIsRefused() {
        Part first = new Part("a", 0, false, "", 0, List.of("b"), false);
        Part second = new Part("b", 1, false, "", 0, List.of("a"), false);
        assertThatThrownBy(() -> PromptSplitter.inOrder(List.of(first, second)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void aDocumentOfFourHundredThousandTokensIsSplitAndMergedWithoutLoss() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 1_400_000; i++) {
            text.append("On day ").append(i).append(" the patient took 81 mg of aspirin and felt well. ");
            text.append(i % 7 == 0 ? "\n| Glucose | " + (80 + i % 40) + " | mg/dL | day " + i + " |\n" : "");
        }
        assertThat(Tokens.count(text.toString())).isGreaterThan(400_000);
        for (Strategy strategy : Strategy.values()) {
            List<Part> parts = PromptSplitter.split(text.toString(), strategy, 12_000);
            assertThat(PromptSplitter.merge(parts)).isEqualTo(text.toString());
            assertThat(parts).hasSizeBetween(34, 50).noneMatch(part -> part.tokens() > 12_000 || part.isCut());
        }
    }
}
