package org.holovitals.server.texts;

import static org.bytedeco.leptonica.global.leptonica.pixDestroy;
import static org.bytedeco.leptonica.global.leptonica.pixFindSkewAndDeskew;
import static org.bytedeco.leptonica.global.leptonica.pixGetHeight;
import static org.bytedeco.leptonica.global.leptonica.pixGetWidth;
import static org.bytedeco.leptonica.global.leptonica.pixGetXRes;
import static org.bytedeco.leptonica.global.leptonica.pixReadMem;
import static org.bytedeco.leptonica.global.leptonica.pixReadMemTiff;
import static org.bytedeco.leptonica.global.leptonica.pixScale;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.leptonica.PIX;
import org.bytedeco.tesseract.TessBaseAPI;
import org.jspecify.annotations.Nullable;

/** Recognises text in images, by Tesseract; made ready with the first of them. */
final class Ocr implements AutoCloseable {
    /** Points of an inch at which it recognises well. */
    static final int RESOLUTION = 300;

    private static final int LOWEST_RESOLUTION = 70;

    private final Path directory;
    private final Limits limits;
    private @Nullable TessBaseAPI tesseract;

    Ocr(Path directory, Limits limits) {
        this.directory = directory;
        this.limits = limits;
    }

    /** A page that was made an image in shades of grey. */
    PageText read(int number, BufferedImage picture) throws IOException, Unreadable {
        byte[] points = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        byte[] head = "P5 %d %d 255\n"
                .formatted(picture.getWidth(), picture.getHeight())
                .getBytes(StandardCharsets.US_ASCII);
        byte[] file = Arrays.copyOf(head, head.length + points.length);
        System.arraycopy(points, 0, file, head.length, points.length);
        try (BytePointer bytes = new BytePointer(file)) {
            return recognised(number, present(pixReadMem(bytes, file.length)));
        }
    }

    /** One of the images in a file. */
    PageText read(int number, byte[] file, int count) throws IOException, Unreadable {
        try (BytePointer bytes = new BytePointer(file)) {
            PIX image = count > 1 ? pixReadMemTiff(bytes, file.length, number - 1) : pixReadMem(bytes, file.length);
            return recognised(number, scaled(present(image)));
        }
    }

    private static PIX present(@Nullable PIX image) throws Unreadable {
        if (image == null || image.isNull()) {
            throw new Unreadable(Failure.BROKEN);
        }
        return image;
    }

    /** Rows of a page that lies askew run into each other: it is turned straight before. Frees the image. */
    private PageText recognised(int number, PIX image) throws IOException, Unreadable {
        TessBaseAPI api = ready();
        float[] angle = new float[1];
        PIX turned = pixFindSkewAndDeskew(image, 0, angle, new float[1]);
        boolean isTurned = turned != null && !turned.isNull() && turned.address() != image.address();
        PIX straight = isTurned ? turned : image;
        try {
            api.SetImage(straight);
            api.SetSourceResolution(RESOLUTION);
            Turn turn =
                    new Turn(pixGetWidth(straight), pixGetHeight(straight), isTurned ? Math.toRadians(angle[0]) : 0);
            return new Recognised(api, turn).page(number);
        } finally {
            api.Clear();
            if (turned != null && !turned.isNull()) {
                pixDestroy(turned);
            }
            pixDestroy(image);
        }
    }

    /** Letters of a coarse scan are too small; one that says nothing of itself is taken as it is. */
    private PIX scaled(PIX image) {
        int resolution = pixGetXRes(image);
        double pixels = (double) pixGetWidth(image) * pixGetHeight(image);
        double factor = resolution < LOWEST_RESOLUTION ? 1 : (double) RESOLUTION / resolution;
        if (factor <= 1 || pixels * factor * factor > limits.pixels()) {
            return image;
        }
        PIX larger = pixScale(image, (float) factor, (float) factor);
        pixDestroy(image);
        return larger;
    }

    private TessBaseAPI ready() throws IOException, Unreadable {
        TessBaseAPI known = tesseract;
        if (known != null) {
            return known;
        }
        try {
            TessBaseAPI made = new TessBaseAPI();
            tesseract = made;
            if (made.Init(Language.in(directory).toString(), Language.NAME) != 0) {
                throw new Unreadable(Failure.NO_RECOGNISER);
            }
            return made;
        } catch (LinkageError e) {
            // There is none for this machine.
            throw new Unreadable(Failure.NO_RECOGNISER);
        }
    }

    @Override
    public void close() {
        if (tesseract != null) {
            tesseract.End();
            tesseract.close();
        }
    }
}
