package org.holovitals.server.texts;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A photograph or a scan: what can be recognised in it. How large it is is told by its head, before anything is unpacked. */
final class ImagePages implements FileReading {
    private final Limits limits;
    private final Ocr ocr;

    ImagePages(Limits limits, Ocr ocr) {
        this.limits = limits;
        this.ocr = ocr;
    }

    @Override
    public void read(byte[] file, Sink sink) throws IOException, Unreadable {
        int count = checked(file);
        int quarters = CameraTurn.quarters(file);
        for (int number = 1; number <= count; number++) {
            sink.page(ocr.read(number, file, count, quarters), count);
        }
    }

    /** The number of images, none of which is too large. */
    private int checked(byte[] file) throws IOException, Unreadable {
        return with(file, reader -> checked(reader, limits));
    }

    /** Only as much of an image as is asked for is unpacked. */
    static BufferedImage part(byte[] file, Place place, Limits limits) throws IOException, Unreadable {
        return with(file, reader -> {
            int number = place.page() - 1;
            if (checked(reader, limits) < place.page()) {
                throw new Unreadable(Failure.NO_PICTURE);
            }
            Quarters turn = new Quarters(CameraTurn.quarters(file), reader.getWidth(number), reader.getHeight(number));
            ImageReadParam region = reader.getDefaultReadParam();
            region.setSourceRegion(turn.back(Clipping.within(turn.width(), turn.height(), place.box())));
            return turn.upright(reader.read(number, region));
        });
    }

    private interface Look<T> {
        T at(ImageReader reader) throws IOException, Unreadable;
    }

    private static <T> T with(byte[] file, Look<T> look) throws IOException, Unreadable {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new Unreadable(Failure.BROKEN);
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, false, true);
                return look.at(reader);
            } finally {
                reader.dispose();
            }
        }
    }

    private static int checked(ImageReader reader, Limits limits) throws IOException, Unreadable {
        int count = reader.getNumImages(true);
        if (count > limits.pages()) {
            throw new Unreadable(Failure.TOO_MANY_PAGES);
        }
        for (int i = 0; i < count; i++) {
            if ((long) reader.getWidth(i) * reader.getHeight(i) > limits.pixels()) {
                throw new Unreadable(Failure.IMAGE_TOO_LARGE);
            }
        }
        return Math.max(1, count);
    }
}
