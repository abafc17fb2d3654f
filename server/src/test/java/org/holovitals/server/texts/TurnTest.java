package org.holovitals.server.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;

/** Where something stood before its page was turned. */
final class TurnTest {
    private static final int COARSE = 80;

    @Test
    void aTurnIsTakenBack() {
        assertThat(new Turn(200, 100, 0).back(10, 20, 30, 40)).containsExactly(10, 20, 30, 40);
        // A quarter clockwise brings what is above the middle to its right.
        assertThat(new Turn(200, 200, Math.PI / 2).back(150, 90, 160, 110))
                .containsExactly(new double[] {90, 40, 110, 50}, offset(1e-9));
        assertThat(new Turn(200, 100, 0.1).back(0, 0, 200, 100)).containsExactly(0, 0, 200, 100);
    }

    /** However the page is turned, whoever looks at a row can read it. */
    @Test
    void theRowOfATurnedPdfIsCutOutUpright() throws Exception {
        BufferedImage upright = row(0);
        assertThat(upright.getWidth()).isGreaterThan(4 * upright.getHeight());
        for (int degrees : List.of(90, 180, 270)) {
            BufferedImage row = row(degrees);
            assertThat(List.of(row.getWidth() - upright.getWidth(), row.getHeight() - upright.getHeight()))
                    .as("by %s", degrees)
                    .allMatch(difference -> Math.abs(difference) < 3);
            assertThat(difference(row, upright)).as("by %s", degrees).isLessThan(15);
        }
    }

    private static BufferedImage row(int degrees) throws Exception {
        byte[] file =
                TestPages.turned(degrees, List.of("Zebra", "Potassium 3.4 mmol/L L 3.5 - 5.1", "Sodium 140 mmol/L"));
        try (PDDocument document = Loader.loadPDF(file)) {
            List<Double> box = PdfWords.of(document, 1).words().stream()
                    .filter(word -> word.text().equals("Potassium"))
                    .findFirst()
                    .orElseThrow()
                    .box();
            boolean isSideways = degrees % 180 != 0;
            List<Double> row = isSideways
                    ? List.of(box.get(0), degrees == 90 ? box.get(1) : box.get(1) - 0.2, box.get(2), box.get(3) + 0.2)
                    : List.of(degrees == 0 ? box.get(0) : box.get(0) - 0.2, box.get(1), box.get(2) + 0.2, box.get(3));
            return PdfPages.part(file, new Place(1, row), new Limits(5, 50_000_000, Duration.ofMinutes(1)));
        }
    }

    /** Of the grey of coarse pictures, from 0 to 255. */
    private static double difference(BufferedImage one, BufferedImage other) {
        BufferedImage first = coarse(one);
        BufferedImage second = coarse(other);
        return IntStream.range(0, COARSE * COARSE / 4)
                .map(at -> Math.abs(grey(first, at) - grey(second, at)))
                .average()
                .orElseThrow();
    }

    private static int grey(BufferedImage coarse, int at) {
        return coarse.getRaster().getSample(at % COARSE, at / COARSE, 0);
    }

    private static BufferedImage coarse(BufferedImage picture) {
        BufferedImage coarse = new BufferedImage(COARSE, COARSE / 4, BufferedImage.TYPE_BYTE_GRAY);
        coarse.getGraphics()
                .drawImage(picture.getScaledInstance(COARSE, COARSE / 4, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        return coarse;
    }
}
