package org.holovitals.server.texts;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** In which direction most of the text runs that stands at a place of a PDF. */
final class PdfDirection extends PDFTextStripper {
    private final PdfSheet sheet;
    private final Rectangle2D wanted;
    private final int[] letters = new int[4];

    private PdfDirection(PdfSheet sheet, Rectangle2D wanted) {
        this.sheet = sheet;
        this.wanted = wanted;
    }

    /** By how many quarters, clockwise, the page has to be turned for it to be upright; by none where no text stands there. */
    static int quarters(PDDocument document, Place place) throws IOException {
        PdfSheet sheet = PdfSheet.of(document.getPage(place.page() - 1));
        List<Double> box = place.box().isEmpty() ? List.of(0.0, 0.0, 1.0, 1.0) : place.box();
        PdfDirection direction = new PdfDirection(
                sheet,
                new Rectangle2D.Double(
                        box.get(0) * sheet.width(),
                        box.get(1) * sheet.height(),
                        box.get(2) * sheet.width(),
                        box.get(3) * sheet.height()));
        direction.setStartPage(place.page());
        direction.setEndPage(place.page());
        direction.getText(document);
        return direction.most();
    }

    private int most() {
        return IntStream.range(0, letters.length)
                .reduce((best, each) -> letters[each] > letters[best] ? each : best)
                .orElse(0);
    }

    /** Counts it, and keeps nothing. */
    @Override
    protected void processTextPosition(TextPosition letter) {
        if (wanted.intersects(sheet.place(letter))) {
            letters[sheet.quarters(letter)]++;
        }
    }
}
