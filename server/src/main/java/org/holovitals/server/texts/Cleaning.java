package org.holovitals.server.texts;

import static org.bytedeco.leptonica.global.leptonica.L_SELECT_IF_BOTH;
import static org.bytedeco.leptonica.global.leptonica.L_SELECT_IF_LTE;
import static org.bytedeco.leptonica.global.leptonica.pixBackgroundNormSimple;
import static org.bytedeco.leptonica.global.leptonica.pixConvertTo8;
import static org.bytedeco.leptonica.global.leptonica.pixDestroy;
import static org.bytedeco.leptonica.global.leptonica.pixDilateBrick;
import static org.bytedeco.leptonica.global.leptonica.pixFindSkewAndDeskew;
import static org.bytedeco.leptonica.global.leptonica.pixGetHeight;
import static org.bytedeco.leptonica.global.leptonica.pixGetWidth;
import static org.bytedeco.leptonica.global.leptonica.pixOpenBrick;
import static org.bytedeco.leptonica.global.leptonica.pixOr;
import static org.bytedeco.leptonica.global.leptonica.pixRemoveAlpha;
import static org.bytedeco.leptonica.global.leptonica.pixScale;
import static org.bytedeco.leptonica.global.leptonica.pixSelectBySize;
import static org.bytedeco.leptonica.global.leptonica.pixSetMasked;
import static org.bytedeco.leptonica.global.leptonica.pixSubtract;
import static org.bytedeco.leptonica.global.leptonica.pixThresholdToBinary;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.leptonica.PIX;
import org.jspecify.annotations.Nullable;

/**
 * Makes an image ready to be recognised: shadows and grey rows become even, the page is turned straight, and lines of tables and specks
 * are painted over. With them Tesseract takes cells for pictures and dust for letters. Frees all that it makes when it is closed.
 */
final class Cleaning implements AutoCloseable {
    /** To which an even background is brought. */
    private static final int PAPER = 200;

    /** Darker than this is ink. */
    private static final int INK = 140;

    /** How high letters and digits are, in points at 300 dpi. */
    private static final double LETTER = 24;

    private static final double LARGEST = 4;

    /** Nearer to the size that is wanted it makes no difference. */
    private static final double ENOUGH = 0.75;

    /** Points at 300 dpi, about 8 mm: no stroke of a letter is as long. */
    private static final int LINE = 100;

    /** What the edge of a line takes beside it. */
    private static final int EDGE = 5;

    /** Points at 300 dpi of the largest speck. */
    private static final int SPECK = 4;

    /** How far from other ink a speck is nothing that was printed: a decimal point has digits beside it. */
    private static final int BESIDE = 31;

    private static final int ABOVE = 21;
    private static final int EIGHT_NEIGHBOURS = 8;

    private final List<PIX> made = new ArrayList<>();
    private double angle;

    /**
     * The image as it is recognised; the one that is given is not changed.
     *
     * @param pixels how many it may have when it is made larger, so that its letters have the size that is recognised best; 0 for one
     *     whose letters have it
     */
    PIX clean(PIX image, long pixels) {
        PIX grey = kept(pixConvertTo8(kept(pixRemoveAlpha(image), image), 0), image);
        PIX even = kept(pixBackgroundNormSimple(grey, null, null), grey);
        PIX straight = straight(pixels > 0 ? scaled(even, pixels) : even);
        paintOver(straight);
        return straight;
    }

    /** By how much it was turned: radians, clockwise. */
    double angle() {
        return angle;
    }

    private PIX scaled(PIX image, long pixels) {
        double letter = Letters.height(kept(pixThresholdToBinary(image, INK), image));
        double area = (double) pixGetWidth(image) * pixGetHeight(image);
        double factor = letter == 0 ? 1 : Math.min(LARGEST, Math.min(LETTER / letter, Math.sqrt(pixels / area)));
        boolean isFit = factor > ENOUGH && factor < 1 / ENOUGH;
        return isFit ? image : kept(pixScale(image, (float) factor, (float) factor), image);
    }

    private PIX straight(PIX image) {
        float[] degrees = new float[1];
        PIX turned = kept(pixFindSkewAndDeskew(image, 0, degrees, new float[1]), image);
        // One that is not turned is the same image.
        angle = turned.address() == image.address() ? 0 : Math.toRadians(degrees[0]);
        return turned;
    }

    private void paintOver(PIX image) {
        PIX ink = pixThresholdToBinary(image, INK);
        if (ink == null || ink.isNull()) {
            return;
        }
        made.add(ink);
        PIX across = kept(pixOpenBrick(null, ink, LINE, 1), ink);
        PIX down = kept(pixOpenBrick(null, ink, 1, LINE), ink);
        PIX lines = kept(pixDilateBrick(null, kept(pixOr(null, across, down), ink), EDGE, EDGE), ink);
        PIX letters = kept(pixSubtract(null, ink, lines), ink);
        PIX dust = kept(pixDilateBrick(null, dust(letters), EDGE, EDGE), ink);
        pixSetMasked(image, lines, PAPER);
        pixSetMasked(image, dust, PAPER);
    }

    /** Specks that stand alone. */
    private PIX dust(PIX letters) {
        PIX specks = kept(
                pixSelectBySize(
                        letters, SPECK, SPECK, EIGHT_NEIGHBOURS, L_SELECT_IF_BOTH, L_SELECT_IF_LTE, (IntPointer) null),
                letters);
        PIX larger = kept(pixSubtract(null, letters, specks), letters);
        PIX around = kept(pixDilateBrick(null, larger, BESIDE, ABOVE), letters);
        return kept(pixSubtract(null, specks, around), letters);
    }

    /** What was made, to be freed; what was there where that could not be made. */
    private PIX kept(@Nullable PIX image, PIX former) {
        if (image == null || image.isNull()) {
            return former;
        }
        made.add(image);
        return image;
    }

    @Override
    public void close() {
        made.forEach(image -> pixDestroy(image));
    }
}
