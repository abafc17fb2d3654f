package org.holovitals.server.texts;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.holovitals.server.labs.LabValue;

/** Laboratory reports that are printed in several layouts and scanned at several resolutions, askew, with specks and as JPEG. */
final class LabScans {
    private static final double[] RESOLUTIONS = {300, 200, 150, 240, 180};
    private static final float[] QUALITIES = {0.6f, 0.8f, 0.4f};

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
            new Kind("Triglycerides", "mg/dL", "35", "150"),
            new Kind("Alanine aminotransferase", "U/L", "7", "56"),
            new Kind("Ferritin", "ng/mL", "30", "300"));

    private final Random random;
    private final List<List<Printed>> printed = new ArrayList<>();

    LabScans(long seed) {
        random = new Random(seed);
    }

    /** The rows of a page, from 1, as they were printed. */
    List<Printed> rows(int page) {
        return printed.get(page - 1);
    }

    record Kind(String name, String unit, String low, String high) {}

    /** A row as it was printed, with what was printed as the former result. */
    record Printed(Kind kind, String value, String former, String mark) {
        boolean is(LabValue found) {
            return kind.name().equals(found.name())
                    && value.equals(found.value())
                    && kind.unit().equalsIgnoreCase(String.valueOf(found.unit()))
                    && String.valueOf(found.range()).replaceAll("[ ()]", "").equals(kind.low() + "-" + kind.high());
        }

        /** Whether name and value are what was printed, whatever stands beside them. */
        boolean isValueOf(LabValue found) {
            return kind.name().equals(found.name()) && value.equals(found.value());
        }

        String range() {
            return kind.low() + " - " + kind.high();
        }
    }

    /** How reports are laid out. */
    enum Layout {
        /** Name, value, mark, unit, range. */
        COLUMNS,
        /** The mark at the end. */
        MARK_LAST,
        /** A sentence for each row. */
        DENSE,
        /** Between lines. */
        GRID,
        /** Every second row on grey. */
        SHADED,
        /** The former result beside the value. */
        FORMER,
        /** The range before the value. */
        RANGE_FIRST;

        List<String> cells(Printed row) {
            String name = row.kind().name();
            String unit = row.kind().unit();
            return switch (this) {
                case COLUMNS -> List.of(name, row.value(), row.mark(), unit, row.range());
                case MARK_LAST, GRID, SHADED -> List.of(name, row.value(), unit, row.range(), row.mark());
                case DENSE -> List.of(name + ": " + row.value() + " " + unit + " (" + row.range() + ") " + row.mark());
                case FORMER -> List.of(name, row.former(), row.value() + " " + row.mark(), unit, row.range());
                case RANGE_FIRST -> List.of(name, row.range(), row.value(), unit, row.mark());
            };
        }

        /** Whether somebody who reads row by row can tell which number is the value. */
        boolean isPlain() {
            return this != FORMER && this != RANGE_FIRST;
        }
    }

    private String value(Kind kind) {
        BigDecimal low = new BigDecimal(kind.low());
        BigDecimal span = new BigDecimal(kind.high()).subtract(low);
        double at = -0.4 + 1.8 * random.nextDouble();
        return low.add(span.multiply(BigDecimal.valueOf(at)))
                .max(BigDecimal.ONE.movePointLeft(low.scale()))
                .setScale(low.scale(), RoundingMode.HALF_UP)
                .toPlainString();
    }

    private Printed printed(Kind kind) {
        String value = value(kind);
        BigDecimal number = new BigDecimal(value);
        boolean isLow = number.compareTo(new BigDecimal(kind.low())) < 0;
        boolean isHigh = number.compareTo(new BigDecimal(kind.high())) > 0;
        return new Printed(kind, value, value(kind), isLow ? "L" : isHigh ? "H" : "");
    }

    /** A page askew by up to two degrees, with specks. */
    private BufferedImage page(List<Printed> rows, Layout layout, double dpi) {
        double scale = dpi / 100;
        BufferedImage page = new BufferedImage((int) (827 * scale), (int) (900 * scale), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = page.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, page.getWidth(), page.getHeight());
        pen.scale(scale, scale);
        pen.rotate(Math.toRadians(4 * random.nextDouble() - 2), 413, 450);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setFont(new Font(random.nextBoolean() ? Font.SERIF : Font.SANS_SERIF, Font.PLAIN, 14 + random.nextInt(3)));
        pen.setColor(Color.BLACK);
        pen.drawString("Zebra Hospital, laboratory report", 60, 60);
        for (int i = 0; i < rows.size(); i++) {
            row(pen, layout, layout.cells(rows.get(i)), i);
        }
        pen.dispose();
        for (int i = 0; i < page.getWidth() * page.getHeight() / 4000; i++) {
            page.setRGB(random.nextInt(page.getWidth()), random.nextInt(page.getHeight()), 0x404040);
        }
        return page;
    }

    private static void row(Graphics2D pen, Layout layout, List<String> cells, int number) {
        int[] columns = {60, 290, 380, 470, 610};
        int y = 120 + number * 40;
        if (layout == Layout.SHADED && number % 2 == 0) {
            pen.setColor(new Color(0xdddddd));
            pen.fillRect(50, y - 24, 720, 36);
        }
        pen.setColor(Color.BLACK);
        if (layout == Layout.GRID) {
            pen.drawRect(50, y - 26, 720, 40);
        }
        for (int i = 0; i < cells.size(); i++) {
            pen.drawString(cells.get(i), columns[i], y);
            if (layout == Layout.GRID && i > 0) {
                pen.drawLine(columns[i] - 10, y - 26, columns[i] - 10, y + 14);
            }
        }
    }

    /** Of a page, from 1. */
    static Layout layout(int page) {
        return Layout.values()[(page - 1) % Layout.values().length];
    }

    /** A PDF of so many pages. */
    byte[] pdf(int pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                List<Printed> rows = KINDS.stream().map(this::printed).toList();
                printed.add(rows);
                PDPage page = new PDPage(PDRectangle.A4);
                document.addPage(page);
                float width = page.getCropBox().getWidth();
                BufferedImage picture = page(rows, layout(i + 1), RESOLUTIONS[i % RESOLUTIONS.length]);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    float height = width * picture.getHeight() / picture.getWidth();
                    content.drawImage(
                            JPEGFactory.createFromImage(document, picture, QUALITIES[i % QUALITIES.length]),
                            0,
                            100,
                            width,
                            height);
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }
}
