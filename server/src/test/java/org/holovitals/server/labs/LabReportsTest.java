package org.holovitals.server.labs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.holovitals.server.texts.PageText;
import org.holovitals.server.texts.PageText.Method;
import org.holovitals.server.texts.PageText.Word;
import org.junit.jupiter.api.Test;

/** Rows of reports, and why some of them wait for a person. */
final class LabReportsTest {
    private final LabReports reports = new LabReports();

    private List<LabValue> of(String... lines) {
        return reports.of(new PageText(1, Method.TEXT_LAYER, String.join("\n", lines), null, List.of()));
    }

    private LabValue one(String line) {
        assertThat(of(line)).as(line).hasSize(1);
        return of(line).get(0);
    }

    private Set<Gate> failed(String line) {
        return one(line).failed();
    }

    @Test
    void aRowIsReadInWhateverOrderItsPartsStand() {
        for (String line : List.of(
                "Potassium 3.4 mmol/L L 3.5-5.1",
                "Potassium 3.4 L mmol/L 3.5 - 5.1",
                "Potassium: 3.4L 3.5–5.1 mmol/L",
                "POTASSIUM 3.4 * (3.5-5.1) mEq/L",
                "K 3.4 mmol/L 3.5-5.1 LOW")) {
            LabValue value = one(line);
            assertThat(value.name()).isEqualTo("Potassium");
            assertThat(value.value()).isEqualTo("3.4");
            assertThat(value.isAbnormal()).isTrue();
            assertThat(value.failed()).as(line).isEmpty();
        }
    }

    @Test
    void namesOfSeveralWordsAndWithDigitsAreKnown() {
        assertThat(one("Vitamin B12 450 pg/mL 200-900").name()).isEqualTo("Vitamin B12");
        assertThat(one("Cholesterol, total 180 mg/dL <200").failed()).isEmpty();
        assertThat(one("WBC 6.5 10^3/µL 4.0-11.0").failed()).isEmpty();
        assertThat(one("eGFR 75 mL/min/1.73m² >60").failed()).isEmpty();
        assertThat(one("INR 1.1 0.9-1.2").failed()).isEmpty();
    }

    @Test
    void aNameMayHaveAnErrorButNotBecomeAnother() {
        assertThat(one("Potasslum 4.1 mmol/L 3.5-5.1").name()).isEqualTo("Potassium");
        assertThat(one("Free T4 1.2 ng/dL 0.8-1.8").name()).isEqualTo("Free thyroxine");
        assertThat(of("Free T8 1.2 ng/dL 0.8-1.8")).isEmpty();
        assertThat(of("Collected 12 March", "Page 1 of 3", "Zebra 3.4 mmol/L 3.5-5.1", ""))
                .isEmpty();
    }

    @Test
    void aLostPointOrDigitDoesNotPass() {
        assertThat(failed("Potassium 34 mmol/L L 3.5-5.1")).containsExactly(Gate.PLAUSIBLE, Gate.FLAG, Gate.POINT);
        assertThat(failed("HbA1c 12 % H 4.0-5.6")).containsExactly(Gate.POINT);
        assertThat(failed("HbA1c 72 % H 4.0-5.6")).containsExactly(Gate.PLAUSIBLE, Gate.POINT);
        assertThat(failed("HbA1c 1.2 % H 4.0-5.6")).containsExactly(Gate.PLAUSIBLE, Gate.FLAG);
    }

    @Test
    void whatDoesNotAgreeWithItselfDoesNotPass() {
        assertThat(failed("Sodium 150 mmol/L 135-145")).containsExactly(Gate.FLAG);
        assertThat(failed("Sodium 140 mmol/L H 135-145")).containsExactly(Gate.FLAG);
        assertThat(failed("Sodium 140 mmol/L 145-135")).containsExactly(Gate.RANGE, Gate.FLAG);
        assertThat(failed("Sodium 140 mmol/L")).containsExactly(Gate.RANGE, Gate.FLAG);
        assertThat(failed("Creatinine 80 pmol/L 60-110")).containsExactly(Gate.UNIT, Gate.PLAUSIBLE);
        assertThat(failed("Sodium 140 135-145")).containsExactly(Gate.UNIT, Gate.PLAUSIBLE);
        assertThat(failed("CRP <5 mg/L <10")).containsExactly(Gate.FLAG);
        assertThat(failed("Potassium 3.3 mmol/L L 3.5-51")).containsExactly(Gate.RANGE);
        assertThat(failed("Potassium 3.3 mmol/L L 35-51")).containsExactly(Gate.RANGE, Gate.POINT);
        assertThat(failed("Sodium 140 138 mmol/L 135-145")).containsExactly(Gate.ALONE);
    }

    @Test
    void aRangeMayStandBeforeTheValue() {
        for (String line : List.of(
                "Potassium 3.5 - 5.1 3.4 mmol/L L", "Potassium mmol/L 3.5-5.1 3.4 L", "K 3.5 to 5.1 3.4L mmol/L")) {
            LabValue value = one(line);
            assertThat(value.value() + " " + value.unit()).as(line).isEqualTo("3.4 mmol/L");
            assertThat(value.failed()).as(line).isEmpty();
        }
        assertThat(one("CRP < 5 mg/L <10").value()).isEqualTo("<5");
        assertThat(one("Ferritin 1,234 ng/mL H 30 - 300").value()).isEqualTo("1234");
    }

    @Test
    void severalRowsMayStandSideBySide() {
        assertThat(of("Sodium 140 mmol/L 135-145 Potassium 3.4 mmol/L L 3.5-5.1", "Sodium should be kept below 2 g"))
                .extracting(value -> value.name() + " " + value.value() + " " + value.failed())
                .containsExactly("Sodium 140 []", "Potassium 3.4 []");
    }

    @Test
    void whatIsNearlyCalledLikeSomethingElseIsNotThat() {
        assertThat(of("VLDL cholesterol 20 mg/dL 5-40", "Hemoglobin F 0.8 % 0.0-2.0").stream()
                        .filter(value -> value.failed().isEmpty()))
                .isEmpty();
    }

    @Test
    void theHeaderSaysWhichOfTwoNumbersIsTheResult() {
        for (String header :
                List.of("Test Previous Result Flag Units Range", "Test Result Previous Flag Units Range")) {
            LabValue value =
                    reports.of(page(header, "Sodium 132 133 L mmol/L 135-145")).get(0);
            assertThat(value.value()).isEqualTo(header.startsWith("Test Previous") ? "133" : "132");
            assertThat(value.failed()).containsExactly(Gate.ALONE);
        }
    }

    /** A page with a word in each of its columns. */
    private static PageText page(String... lines) {
        List<Word> words = new ArrayList<>();
        for (int line = 0; line < lines.length; line++) {
            String[] texts = lines[line].split(" ", -1);
            for (int i = 0; i < texts.length; i++) {
                words.add(new Word(texts[i], 0.96, List.of(0.1 * i, 0.1 * line, 0.05, 0.01)));
            }
        }
        return new PageText(1, Method.TESSERACT, String.join("\n", lines), 0.96, words);
    }

    @Test
    void whatMayHaveBeenADigitLeavesTheRowToAPerson() {
        for (String line : List.of(
                "Sodium 41 Fa mmol/L 135-145",
                "Creatinine 0.85 ‘I mg/dL 0.60-1.20",
                "Creatinine 0.45 L418 mg/dL 0.60-1.20",
                "Creatinine ‘0.85 mg/dL 0.60-1.20",
                "Creatinine 0,85 mg/dL 0.60-1.20",
                "Glucose 94. mg/dL 70-99",
                "Glucose 94 mg/dL '70-99 |")) {
            LabValue value = reports.of(page(line)).get(0);
            assertThat(value.failed()).as(line).containsAnyOf(Gate.ALONE, Gate.CONFIDENCE);
        }
        for (String line : List.of("Sodium 140 mmoV/L (135-145)", "Platelets: 210 K/u! (150 - 400).")) {
            assertThat(reports.of(page(line)).get(0).unit()).as(line).isNotNull();
        }
    }

    @Test
    void digitsThatWereRecognisedUncertainlyDoNotPass() {
        List<Word> words = new ArrayList<>();
        for (String word : "Sodium 140 mmol/L 135-145".split(" ", -1)) {
            words.add(new Word(word, word.equals("140") ? 0.65 : 0.96, List.of(0.1 * words.size(), 0.2, 0.05, 0.01)));
        }
        LabValue value = reports.of(new PageText(3, Method.TESSERACT, "Sodium 140 mmol/L 135-145", 0.9, words))
                .get(0);
        assertThat(value.failed()).isEqualTo(EnumSet.of(Gate.CONFIDENCE));
        assertThat(value.confidence()).isEqualTo(0.65);
        assertThat(value.page()).isEqualTo(3);
        assertThat(value.box().get(0)).isEqualTo(0.0);
        assertThat(value.box().get(2)).isBetween(0.34, 0.36);
    }
}
