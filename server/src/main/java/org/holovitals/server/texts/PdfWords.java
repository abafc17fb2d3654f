package org.holovitals.server.texts;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.holovitals.server.texts.PageText.Method;
import org.holovitals.server.texts.PageText.Word;

/** The text that stands in a page of a PDF, and the places of its words. */
final class PdfWords extends PDFTextStripper {
    private static final int MOST = 50_000;
    private static final int FULL = 360;

    /** PDFBox gives the height of letters above their line, not what hangs below. */
    private static final double BELOW = 0.3;

    private final List<Word> words = new ArrayList<>();
    private final Rectangle2D page;
    private final AffineTransform shown;
    private final PDDocument file;
    private final int number;

    private PdfWords(PDDocument document, int number) {
        this.file = document;
        this.number = number;
        PDPage sheet = document.getPage(number - 1);
        PDRectangle size = sheet.getCropBox();
        boolean isUpright = sheet.getRotation() % 180 == 0;
        page = new Rectangle2D.Double(
                0, 0, isUpright ? size.getWidth() : size.getHeight(), isUpright ? size.getHeight() : size.getWidth());
        shown = shown(sheet.getRotation(), size.getWidth(), size.getHeight());
        setSortByPosition(true);
        setStartPage(number);
        setEndPage(number);
    }

    static PageText of(PDDocument document, int number) throws IOException {
        return new PdfWords(document, number).read();
    }

    private PageText read() throws IOException {
        String text = getText(file).strip();
        return new PageText(number, Method.TEXT_LAYER, text, null, words.size() > MOST ? List.of() : words);
    }

    /** Between what is written at once are spaces; within it can be some, too. */
    @Override
    protected void writeString(String text, List<TextPosition> letters) throws IOException {
        super.writeString(text, letters);
        List<Word> found = words(letters);
        List<String> written = List.of(text.strip().split("\\s+", -1));
        if (!found.stream().map(Word::text).toList().equals(written)) {
            // Letters that PDFBox has put together or turned round stand where all of them stand.
            List<Double> box = box(letters);
            found = written.stream().map(word -> new Word(word, 1, box)).toList();
        }
        found.stream().filter(word -> !word.text().isEmpty()).forEach(words::add);
    }

    private List<Word> words(List<TextPosition> letters) {
        List<Word> found = new ArrayList<>();
        List<TextPosition> word = new ArrayList<>();
        for (TextPosition letter : letters) {
            if (letter.getUnicode().isBlank()) {
                end(word, found);
            } else {
                word.add(letter);
            }
        }
        end(word, found);
        return found;
    }

    private void end(List<TextPosition> word, List<Word> found) {
        if (!word.isEmpty()) {
            String text =
                    String.join("", word.stream().map(TextPosition::getUnicode).toList());
            found.add(new Word(text, 1, box(word)));
            word.clear();
        }
    }

    /** Around letters, as far as they stand on the page. */
    private List<Double> box(List<TextPosition> letters) {
        Rectangle2D around = letters.stream()
                .map(this::place)
                .reduce(Rectangle2D::createUnion)
                .orElseGet(Rectangle2D.Double::new);
        Rectangle2D seen = around.createIntersection(page);
        return seen.getWidth() > 0 && seen.getHeight() > 0
                ? List.of(
                        Recognised.rounded(seen.getX() / page.getWidth()),
                        Recognised.rounded(seen.getY() / page.getHeight()),
                        Recognised.rounded(seen.getWidth() / page.getWidth()),
                        Recognised.rounded(seen.getHeight() / page.getHeight()))
                : List.of();
    }

    /** On the page as it is shown, in whatever direction the text runs. */
    private Rectangle2D place(TextPosition letter) {
        Matrix matrix = letter.getTextMatrix();
        double length = Math.hypot(matrix.getScaleX(), matrix.getShearY());
        double upX = -matrix.getShearY() / length * letter.getHeight();
        double upY = matrix.getScaleX() / length * letter.getHeight();
        Rectangle2D place = new Rectangle2D.Double(matrix.getTranslateX(), matrix.getTranslateY(), 0, 0);
        place.add(letter.getEndX(), letter.getEndY());
        place.add(matrix.getTranslateX() + upX, matrix.getTranslateY() + upY);
        place.add(letter.getEndX() - BELOW * upX, letter.getEndY() - BELOW * upY);
        return shown.createTransformedShape(place).getBounds2D();
    }

    /** From the page of the file, whose first corner is below at the left, to the page as it is shown, from above at the left. */
    private static AffineTransform shown(int rotation, double width, double height) {
        return switch (Math.floorMod(rotation, FULL)) {
            case 90 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 180 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 270 -> new AffineTransform(0, -1, -1, 0, height, width);
            default -> new AffineTransform(1, 0, 0, -1, 0, height);
        };
    }
}
