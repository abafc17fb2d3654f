package org.holovitals.server.texts;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;

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
        PageText text = PdfWords.of(document, number);
        return text.text().length() >= ENOUGH || isBlank(document, number)
                ? text
                : ocr.read(number, picture(document, number, ImageType.GRAY, Ocr.RESOLUTION, limits));
    }

    /** Nothing is drawn on it. */
    private static boolean isBlank(PDDocument document, int number) {
        return !document.getPage(number - 1).hasContents();
    }

    /** What is to be seen of a page, turned so that the text there is upright. */
    static BufferedImage part(byte[] file, Place place, Limits limits) throws IOException, Unreadable {
        try (PDDocument document = Loader.loadPDF(file)) {
            if (place.page() > document.getNumberOfPages()) {
                throw new Unreadable(Failure.NO_PICTURE);
            }
            BufferedImage page = picture(document, place.page(), ImageType.RGB, Clipping.RESOLUTION, limits);
            Quarters turn = new Quarters(PdfDirection.quarters(document, place), page.getWidth(), page.getHeight());
            Rectangle part = turn.back(Clipping.within(turn.width(), turn.height(), turn.turned(place.box())));
            return turn.upright(page.getSubimage(part.x, part.y, part.width, part.height));
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
        return new Smooth(document).renderImageWithDPI(number - 1, (float) Math.min(resolution, most), type);
    }

    /** Draws coarse images smoothly: PDFBox repeats points of one that has to be larger, and letters get steps. */
    private static final class Smooth extends PDFRenderer {
        Smooth(PDDocument document) {
            super(document);
        }

        @Override
        protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
            return new PageDrawer(parameters) {
                @Override
                public void drawImage(PDImage image) throws IOException {
                    image.setInterpolate(true);
                    super.drawImage(image);
                }
            };
        }
    }
}
