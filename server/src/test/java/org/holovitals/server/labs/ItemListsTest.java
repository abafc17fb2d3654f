package org.holovitals.server.labs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.holovitals.server.labs.ListedItem.Kind;
import org.holovitals.server.texts.PageText;
import org.holovitals.server.texts.PageText.Method;
import org.junit.jupiter.api.Test;

/** Lists that a document plainly has, and those that it has not. */
final class ItemListsTest {
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
