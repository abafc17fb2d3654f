package org.holovitals.server.texts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
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
        for (int number = 1; number <= count; number++) {
            sink.page(ocr.read(number, file, count));
        }
    }

    /** The number of images, none of which is too large. */
    private int checked(byte[] file) throws IOException, Unreadable {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new Unreadable(Failure.BROKEN);
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, false, true);
                return checked(reader);
            } finally {
                reader.dispose();
            }
        }
    }

    private int checked(ImageReader reader) throws IOException, Unreadable {
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
