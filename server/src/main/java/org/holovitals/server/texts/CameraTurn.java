package org.holovitals.server.texts;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How a camera was held: what it has noted in the head of a JPEG (EXIF 2.32, tag 274). Neither Leptonica nor Java turn images by it. */
final class CameraTurn {
    private static final int START = 0xffd8;
    private static final int FIRST = 0xffe0;
    private static final int NOTES = 0xffe1;
    private static final int ORIENTATION = 274;
    private static final int ENTRY = 12;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    private CameraTurn() {}

    /** By how many quarters, clockwise, the image has to be turned to be upright. */
    static int quarters(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        try {
            if (bytes.getChar() != START) {
                return 0;
            }
            int marker = bytes.getChar();
            while (marker == FIRST) {
                bytes.position(bytes.position() + bytes.getChar(bytes.position()));
                marker = bytes.getChar();
            }
            return marker == NOTES ? noted(bytes) : 0;
        } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
            // A head that is cut or not what it should be notes nothing.
            return 0;
        }
    }

    private static int noted(ByteBuffer bytes) {
        byte[] notes = new byte[Math.max(0, bytes.getChar() - 2)];
        bytes.get(notes);
        if (!Arrays.equals(EXIF, Arrays.copyOf(notes, EXIF.length))) {
            return 0;
        }
        ByteBuffer table =
                ByteBuffer.wrap(notes, EXIF.length, notes.length - EXIF.length).slice();
        table.order(table.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        table.position(table.getInt(4));
        for (int left = table.getChar(); left > 0; left--) {
            int entry = table.position();
            if (table.getChar(entry) == ORIENTATION) {
                return quarters(table.getChar(entry + 8));
            }
            table.position(entry + ENTRY);
        }
        return 0;
    }

    /** Mirrored images come from no camera. */
    private static int quarters(int orientation) {
        return switch (orientation) {
            case 3 -> 2;
            case 6 -> 1;
            case 8 -> 3;
            default -> 0;
        };
    }
}
