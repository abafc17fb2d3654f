package org.holovitals.server.texts;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;

/** A PDF: the text that stands in it, and of a page that holds next to none what can be recognised in its picture. */
final class PdfPages implements FileReading {
    /** A page with as many characters was not scanned. */
    private static final int ENOUGH = 40;

    private static final float POINTS_OF_AN_INCH = 72;

    private final Limits limits;
    private final Ocr ocr;

    PdfPages(Limits limits, Ocr ocr) {
        this.limits = limits;
        this.ocr = ocr;
    }

    @Override
    public void read(byte[] file, Sink sink) throws IOException, Unreadable {
        try (PDDocument document = Loader.loadPDF(file)) {
            int count = document.getNumberOfPages();
            if (count > limits.pages()) {
                throw new Unreadable(Failure.TOO_MANY_PAGES);
            } else if (count == 0) {
                throw new Unreadable(Failure.BROKEN);
            }
            for (int number = 1; number <= count; number++) {
                sink.page(page(document, number), count);
            }
        } catch (InvalidPasswordException | NoClassDefFoundError e) {
            // The class that is not there is for files that take a certificate.
            throw new Unreadable(Failure.ENCRYPTED);
        }
    }

    private PageText page(PDDocument document, int number) throws IOException, Unreadable {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setSortByPosition(true);
        stripper.setStartPage(number);
        stripper.setEndPage(number);
        String text = stripper.getText(document).strip();
        return text.length() >= ENOUGH || isBlank(document, number)
                ? new PageText(number, PageText.Method.TEXT_LAYER, text, null, List.of())
                : ocr.read(number, picture(document, number, ImageType.GRAY, Ocr.RESOLUTION, limits));
    }

    /** Nothing is drawn on it. */
    private static boolean isBlank(PDDocument document, int number) {
        return !document.getPage(number - 1).hasContents();
    }

    /** What is to be seen of a page. */
    static BufferedImage part(byte[] file, Place place, Limits limits) throws IOException, Unreadable {
        try (PDDocument document = Loader.loadPDF(file)) {
            if (place.page() > document.getNumberOfPages()) {
                throw new Unreadable(Failure.NO_PICTURE);
            }
            BufferedImage page = picture(document, place.page(), ImageType.RGB, Clipping.RESOLUTION, limits);
            Rectangle part = Clipping.within(page.getWidth(), page.getHeight(), place.box());
            return page.getSubimage(part.x, part.y, part.width, part.height);
        } catch (InvalidPasswordException | NoClassDefFoundError e) {
            throw new Unreadable(Failure.ENCRYPTED);
        }
    }

    /** With as many points as are wanted, or as many as are looked at. */
    private static BufferedImage picture(PDDocument document, int number, ImageType type, int resolution, Limits limits)
            throws IOException {
        PDRectangle size = document.getPage(number - 1).getCropBox();
        double inches = size.getWidth() / POINTS_OF_AN_INCH * (size.getHeight() / POINTS_OF_AN_INCH);
        double most = Math.sqrt(limits.pixels() / Math.max(inches, 1));
        return new PDFRenderer(document).renderImageWithDPI(number - 1, (float) Math.min(resolution, most), type);
    }
}
