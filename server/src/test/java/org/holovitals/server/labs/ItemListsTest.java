package org.holovitals.server.labs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.holovitals.server.labs.ListedItem.Kind;
import org.holovitals.server.texts.PageText;
import org.holovitals.server.texts.PageText.Method;
import org.junit.jupiter.api.Test;

/** Lists that a document plainly has, and those that it has not. */
final class ItemListsTest {
    private static final List<String> NAMES = List.of(
            "01-discharge-summary",
            "02-nkda-note",
            "03-medication-table",
            "04-no-known",
            "05-allergy-table",
            "06-inline-medications",
            "07-changes-at-discharge",
            "08-denies",
            "09-two-columns-of-words",
            "10-letter",
            "11-allergies-numbered",
            "12-pharmacy-printout");

    private List<String> of(String... lines) {
        PageText page = new PageText(2, Method.TEXT_LAYER, String.join("\n", lines), null, List.of());
        return new ItemLists()
                .of(page).stream().map(item -> item.kind() + " " + item.text()).toList();
    }

    @Test
    void theLinesBelowAHeadingAreAList() {
        assertThat(of(
                        "CURRENT MEDICATIONS:",
                        "• Metformin 500 mg",
                        "",
                        "2) Aspirin 81 mg daily",
                        "Allergies and Intolerances",
                        "* Latex",
                        "Plan",
                        "- Call the clinic"))
                .containsExactly(
                        Kind.MEDICATION + " Metformin 500 mg",
                        Kind.MEDICATION + " Aspirin 81 mg daily",
                        Kind.ALLERGY + " Latex");
    }

    /** Documents that were written to look like those of hospitals, practices and pharmacies, with what a person takes from them. */
    @Test
    void whatDocumentsPlainlyListIsFound() {
        List<String> expected = TableFile.rows("/lists/expected.txt").stream()
                .map(row -> String.join(" ", row))
                .toList();
        List<String> found = new ArrayList<>();
        for (String name : NAMES) {
            of(lines("/lists/" + name + ".txt")).forEach(item -> found.add(name.substring(0, 2) + " " + item));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String[] lines(String path) {
        return TableFile.rows(path).stream()
                .map(cells -> String.join(" ", cells))
                .toArray(String[]::new);
    }

    @Test
    void whatIsNoListOrSaysThatThereIsNothingIsNone() {
        assertThat(of(
                        "Allergies",
                        "- NKDA",
                        "- No known drug allergies",
                        "- None",
                        "Medications were reviewed with the patient",
                        "- Metformin",
                        "Medications",
                        "Metformin without a mark",
                        "- Aspirin below it",
                        "Medications",
                        "- " + "x".repeat(200),
                        "- 12"))
                .isEmpty();
    }
}
