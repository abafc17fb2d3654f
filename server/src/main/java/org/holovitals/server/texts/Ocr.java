package org.holovitals.server.texts;

import static org.bytedeco.leptonica.global.leptonica.pixDestroy;
import static org.bytedeco.leptonica.global.leptonica.pixGetHeight;
import static org.bytedeco.leptonica.global.leptonica.pixGetWidth;
import static org.bytedeco.leptonica.global.leptonica.pixReadMem;
import static org.bytedeco.leptonica.global.leptonica.pixReadMemTiff;
import static org.bytedeco.leptonica.global.leptonica.pixRotateOrth;

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
            return recognised(number, present(pixReadMem(bytes, file.length)), false);
        }
    }

    /** One of the images in a file, turned by quarters. */
    PageText read(int number, byte[] file, int count, int quarters) throws IOException, Unreadable {
        try (BytePointer bytes = new BytePointer(file)) {
            PIX image = present(
                    count > 1 ? pixReadMemTiff(bytes, file.length, number - 1) : pixReadMem(bytes, file.length));
            return recognised(number, quarters == 0 ? image : turned(image, quarters), true);
        }
    }

    private static PIX turned(PIX image, int quarters) throws Unreadable {
        try {
            return present(pixRotateOrth(image, quarters));
        } finally {
            pixDestroy(image);
        }
    }

    private static PIX present(@Nullable PIX image) throws Unreadable {
        if (image == null || image.isNull()) {
            throw new Unreadable(Failure.BROKEN);
        }
        return image;
    }

    /** Letters of an image may have any size; those of a page that was made one have theirs. Frees the image. */
    private PageText recognised(int number, PIX image, boolean isMeasured) throws IOException, Unreadable {
        TessBaseAPI api = ready();
        try (Cleaning cleaning = new Cleaning()) {
            PIX clean = cleaning.clean(image, isMeasured ? limits.pixels() : 0);
            api.SetImage(clean);
            api.SetSourceResolution(RESOLUTION);
            return new Recognised(api, new Turn(pixGetWidth(clean), pixGetHeight(clean), cleaning.angle()))
                    .page(number);
        } finally {
            api.Clear();
            pixDestroy(image);
        }
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
