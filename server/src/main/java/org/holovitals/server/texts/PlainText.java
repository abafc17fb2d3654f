package org.holovitals.server.texts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A file of text: one page. What is not UTF-8 and has no mark is taken for the usual encoding of Windows. */
final class PlainText implements FileReading {
    /** As many as the characters of a page can have. */
    static final int MOST_BYTES = 4 * Limits.CHARACTERS;

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    @Override
    public void read(byte[] file, Sink sink) throws IOException, Unreadable {
        if (file.length > MOST_BYTES) {
            throw new Unreadable(Failure.TOO_COMPLEX);
        }
        sink.page(new PageText(1, PageText.Method.TEXT_LAYER, decoded(file), null, List.of()), 1);
    }

    private static String decoded(byte[] file) {
        if (startsWith(file, 0xfe, 0xff) || startsWith(file, 0xff, 0xfe)) {
            return new String(file, StandardCharsets.UTF_16);
        }
        int mark = startsWith(file, 0xef, 0xbb, 0xbf) ? 3 : 0;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file, mark, file.length - mark))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(file, WINDOWS);
        }
    }

    private static boolean startsWith(byte[] file, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (file.length <= i || (file[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
