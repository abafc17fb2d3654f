package org.holovitals.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.holovitals.server.egress.Statements;
import org.holovitals.server.finder.Citation;
import org.holovitals.server.finder.Evidence;
import org.holovitals.server.finder.Sentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelAnswerTest {
    private static final Citation FERRITIN =
            new Citation("Observation", "1", 2, "Observation.valueQuantity.value", "69.5", true);
    private static final Citation DAY =
            new Citation("Observation", "1", 2, "Observation.effective", "2024-04-01", true);
    private static final Citation ALLERGY =
            new Citation("AllergyIntolerance", "2", 1, "AllergyIntolerance.code.text", "Zebra dander", true);
    private static final Statements STATEMENTS = new Statements(
            "",
            List.of(
                    List.of(evidence("Ferritin: 69.5 ng/mL on 2024-04-01.", FERRITIN, DAY)),
                    List.of(evidence("Zebra dander (active).", ALLERGY))));

    private static Evidence evidence(String text, Citation... citations) {
        return new Evidence(new Sentence(text, List.of(citations), true), List.of());
    }

    private static ModelAnswer answer(String text) {
        return ModelAnswer.of(text, STATEMENTS, citations -> citations);
    }

    @Test
    void aLineThatSaysWhatItCitesIsChecked() {
        ModelAnswer answer =
                answer("Your ferritin was 69.5 ng/mL on 2024-04-01 [1].\n- You are allergic to zebra dander. [2]");
        assertThat(answer.lines())
                .containsExactly("Your ferritin was 69.5 ng/mL on 2024-04-01.", "You are allergic to zebra dander.");
        assertThat(answer.unverified()).isEmpty();
        assertThat(answer.cited())
                .containsExactly(Views.Cited.of(0, FERRITIN), Views.Cited.of(0, DAY), Views.Cited.of(1, ALLERGY));
    }

    @Test
    void sentencesOfOneLineAreCheckedEachByItself() {
        assertThat(answer("Your ferritin was 69.5 ng/mL [1]. It will be 80 soon [1].")
                        .unverified())
                .containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your ferritin was 70 ng/mL [1].",
                "Your ferritin was 69.5 ng/mL on 2023-04-01 [1].",
                "Your ferritin was 69.5 ng/mL [2].",
                "Your ferritin was 69.5 ng/mL [3].",
                "Your ferritin was 69.5 ng/mL [0].",
                "Your ferritin was 69.5 ng/mL [1][99].",
                "Your ferritin was 69.5 ng/mL.",
                "You are allergic to penicillin [2].",
                "You take 20 mg of zebrastatin [1][2]."
            })
    void aFalseCitationIsCaught(String line) {
        assertThat(answer(line).unverified()).containsExactly(0);
    }

    @Test
    void whatIsNoLongerInTheRecordIsNotChecked() {
        ModelAnswer answer =
                ModelAnswer.of("Your ferritin was 69.5 ng/mL [1].", STATEMENTS, citations -> citations.stream()
                        .map(each ->
                                new Citation(each.type(), each.id(), each.version(), each.path(), each.value(), false))
                        .toList());
        assertThat(answer.unverified()).containsExactly(0);
        assertThat(answer.cited()).noneMatch(Views.Cited::verified);
    }

    @Test
    void notFoundIsNoStatement() {
        assertThat(answer("NOT FOUND."))
                .isEqualTo(new ModelAnswer(
                        List.of("The model found no answer in what your record holds about this."),
                        List.of(),
                        List.of()));
    }
}
