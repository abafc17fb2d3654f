package org.holovitals.server.analyses;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.holovitals.server.analyses.AnalysisResult.Statement;
import org.holovitals.server.analyses.TaskEnd.Cited;
import org.holovitals.server.analyses.TaskEnd.Line;
import org.holovitals.server.stored.StoredResource;
import org.junit.jupiter.api.Test;

final class SourceCheckTest {
    private static final RecordText FERRITIN = text("1", 2, "2024-05-01 72 ng/mL");

    private static RecordText text(String id, long version, String text) {
        return new RecordText(
                new StoredResource("Observation", id, version, Instant.EPOCH, null, "{}"), 0, "Result Ferritin", text);
    }

    private static Line checked(String statement, String source) {
        AnalysisResult result = new AnalysisResult(
                "label", "model", Instant.EPOCH, 1, List.of(new Statement(statement, List.of(source), true)), 0);
        return SourceCheck.report(result, List.of(FERRITIN)).lines().get(0);
    }

    @Test
    void aStatementWhoseNumbersItsSourceSaysIsStatedWithTheSourcesWords() {
        assertThat(checked("Ferritin was 72 ng/mL on 2024-05-01", "Observation/1/_history/2"))
                .isEqualTo(new Line(
                        "Ferritin was 72 ng/mL on 2024-05-01",
                        true,
                        List.of(new Cited("Observation", "1", 2, "Result Ferritin: 2024-05-01 72 ng/mL", true))));
    }

    @Test
    void aNumberThatNoSourceSaysIsNotStated() {
        assertThat(checked("Ferritin was 27 ng/mL", "Observation/1/_history/2").isStated())
                .isFalse();
        assertThat(checked("Ferritin rose by 7.2", "Observation/1/_history/2").isStated())
                .isFalse();
    }

    @Test
    void aSourceOfAnotherVersionOrOfNobodysIsNotVerified() {
        for (String source : List.of("Observation/1/_history/1", "Observation/9/_history/1")) {
            Line line = checked("Ferritin was low", source);
            assertThat(line.isStated()).isFalse();
            assertThat(line.sources()).extracting(Cited::isVerified).containsExactly(false);
        }
    }
}
