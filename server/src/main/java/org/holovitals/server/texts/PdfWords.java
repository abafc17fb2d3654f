package org.holovitals.server.texts;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.holovitals.server.texts.PageText.Method;
import org.holovitals.server.texts.PageText.Word;

/** The text that stands in a page of a PDF, and the places of its words. */
final class PdfWords extends PDFTextStripper {
    private static final int MOST = 50_000;

    private final List<Word> words = new ArrayList<>();
    private final PdfSheet sheet;
    private final PDDocument file;
    private final int number;

    private PdfWords(PDDocument document, int number) {
        this.file = document;
        this.number = number;
        this.sheet = PdfSheet.of(document.getPage(number - 1));
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
                .map(sheet::place)
                .reduce(Rectangle2D::createUnion)
                .orElseGet(Rectangle2D.Double::new);
        Rectangle2D seen = around.createIntersection(new Rectangle2D.Double(0, 0, sheet.width(), sheet.height()));
        return seen.getWidth() > 0 && seen.getHeight() > 0
                ? List.of(
                        Recognised.rounded(seen.getX() / sheet.width()),
                        Recognised.rounded(seen.getY() / sheet.height()),
                        Recognised.rounded(seen.getWidth() / sheet.width()),
                        Recognised.rounded(seen.getHeight() / sheet.height()))
                : List.of();
    }
}
