package org.holovitals.server.texts;

import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;

/**
 * A page of a PDF as it is shown, from above at the left.
 *
 * @param shown from the page of the file, whose first corner is below at the left
 */
record PdfSheet(double width, double height, AffineTransform shown) {
    private static final int FULL = 360;
    private static final int QUARTERS = 4;

    /** PDFBox gives the height of letters above their line, not what hangs below. */
    private static final double BELOW = 0.3;

    static PdfSheet of(PDPage page) {
        PDRectangle size = page.getCropBox();
        boolean isUpright = page.getRotation() % 180 == 0;
        return new PdfSheet(
                isUpright ? size.getWidth() : size.getHeight(),
                isUpright ? size.getHeight() : size.getWidth(),
                shown(page.getRotation(), size.getWidth(), size.getHeight()));
    }

    private static AffineTransform shown(int rotation, double width, double height) {
        return switch (Math.floorMod(rotation, FULL)) {
            case 90 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 180 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 270 -> new AffineTransform(0, -1, -1, 0, height, width);
            default -> new AffineTransform(1, 0, 0, -1, 0, height);
        };
    }

    /** Where a letter stands, in whatever direction the text runs. */
    Rectangle2D place(TextPosition letter) {
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

    /** By how many quarters, clockwise, the page has to be turned for a letter to be upright. */
    int quarters(TextPosition letter) {
        Matrix matrix = letter.getTextMatrix();
        Point2D along = shown.deltaTransform(new Point2D.Double(matrix.getScaleX(), matrix.getShearY()), null);
        double clockwise = Math.atan2(along.getY(), along.getX());
        return Math.floorMod(-Math.round(clockwise / (Math.PI / 2)), QUARTERS);
    }
}
