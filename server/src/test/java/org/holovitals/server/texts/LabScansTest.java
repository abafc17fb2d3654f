package org.holovitals.server.texts;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.holovitals.server.labs.LabReports;
import org.holovitals.server.labs.LabValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/** Laboratory reports that were printed, scanned and recognised: what is taken without a look has to be what was printed. */
final class LabScansTest {
    private static final Logger log = LoggerFactory.getLogger(LabScansTest.class);
    private static final int PAGES = Integer.getInteger("holovitals.scans", 4);

    private static final List<Kind> KINDS = List.of(
            new Kind("Sodium", "mmol/L", "135", "145"),
            new Kind("Potassium", "mmol/L", "3.5", "5.1"),
            new Kind("Chloride", "mmol/L", "98", "107"),
            new Kind("Calcium", "mg/dL", "8.6", "10.3"),
            new Kind("Glucose", "mg/dL", "70", "99"),
            new Kind("Hemoglobin A1c", "%", "4.0", "5.6"),
            new Kind("Creatinine", "mg/dL", "0.60", "1.20"),
            new Kind("Hemoglobin", "g/dL", "12.0", "16.0"),
            new Kind("Platelets", "K/uL", "150", "400"),
            new Kind("Albumin", "g/dL", "3.5", "5.0"),
            new Kind("Total cholesterol", "mg/dL", "100", "200"),
            new Kind("Triglycerides", "mg/dL", "35", "150"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Random random = new Random(20261128);
    private final List<List<Printed>> printed = new ArrayList<>();

    private record Kind(String name, String unit, String low, String high) {}

    private record Printed(Kind kind, String value, String mark) {
        boolean is(LabValue found) {
            return kind.name().equals(found.name())
                    && value.equals(found.value())
                    && String.valueOf(found.range()).replace(" ", "").equals(kind.low() + "-" + kind.high());
        }
    }

    private Printed printed(Kind kind) {
        BigDecimal low = new BigDecimal(kind.low());
        BigDecimal high = new BigDecimal(kind.high());
        double at = -0.4 + 1.8 * random.nextDouble();
        BigDecimal value = low.add(high.subtract(low).multiply(BigDecimal.valueOf(at)))
                .setScale(low.scale(), java.math.RoundingMode.HALF_UP);
        return new Printed(
                kind, value.toPlainString(), value.compareTo(low) < 0 ? "L" : value.compareTo(high) > 0 ? "H" : "");
    }

    /** A page at 150 to 300 dpi, a little askew, with specks. */
    private BufferedImage page(List<Printed> rows, double dpi) {
        double scale = dpi / 100;
        BufferedImage page = new BufferedImage((int) (827 * scale), (int) (900 * scale), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = page.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, page.getWidth(), page.getHeight());
        pen.scale(scale, scale);
        pen.rotate(Math.toRadians(random.nextDouble() - 0.5));
        pen.setColor(Color.BLACK);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setFont(new Font(random.nextBoolean() ? Font.SERIF : Font.SANS_SERIF, Font.PLAIN, 16));
        pen.drawString("Zebra Hospital, laboratory report", 60, 60);
        for (int i = 0; i < rows.size(); i++) {
            Printed row = rows.get(i);
            int y = 120 + i * 40;
            pen.drawString(row.kind().name(), 60, y);
            pen.drawString(row.value(), 260, y);
            pen.drawString(row.mark(), 350, y);
            pen.drawString(row.kind().unit(), 410, y);
            pen.drawString(row.kind().low() + " - " + row.kind().high(), 550, y);
        }
        pen.dispose();
        for (int i = 0; i < page.getWidth() * page.getHeight() / 4000; i++) {
            page.setRGB(random.nextInt(page.getWidth()), random.nextInt(page.getHeight()), 0x404040);
        }
        return page;
    }

    private byte[] scans() throws IOException {
        double[] resolutions = {300, 200, 240, 150};
        try (PDDocument document = new PDDocument()) {
            for (int i = 0; i < PAGES; i++) {
                List<Printed> rows = KINDS.stream().map(this::printed).toList();
                printed.add(rows);
                PDPage page = new PDPage(PDRectangle.A4);
                document.addPage(page);
                float width = page.getCropBox().getWidth();
                BufferedImage picture = page(rows, resolutions[i % resolutions.length]);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    float height = width * picture.getHeight() / picture.getWidth();
                    content.drawImage(JPEGFactory.createFromImage(document, picture, 0.6f), 0, 100, width, height);
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    @Test
    void nothingThatIsWrongPassesAllGates() throws IOException {
        byte[] file = scans();
        List<PageText> pages = new ArrayList<>();
        TextSettings settings =
                new TextSettings(directory, DataSize.ofMegabytes(512), Duration.ofMinutes(5), PAGES, 50_000_000);
        try (TextReader reader = new TextReader(settings)) {
            assertThat(reader.read("application/pdf", new ByteArrayInputStream(file), pages::add))
                    .isEmpty();
        }
        LabReports reports = new LabReports();
        int accepted = 0;
        int review = 0;
        List<LabValue> wrong = new ArrayList<>();
        for (PageText page : pages) {
            List<Printed> rows = printed.get(page.number() - 1);
            for (LabValue value : reports.of(page)) {
                if (!value.failed().isEmpty()) {
                    review++;
                } else if (rows.stream().anyMatch(row -> row.is(value))) {
                    accepted++;
                } else {
                    wrong.add(value);
                }
            }
        }
        int all = PAGES * KINDS.size();
        log.info(
                "{} rows: {} accepted, {} of them wrong, {} to review, {} missed",
                all,
                accepted + wrong.size(),
                wrong.size(),
                review,
                all - accepted - wrong.size() - review);
        assertThat(wrong).isEmpty();
        assertThat(accepted).isGreaterThan(all / 2);
    }
}
