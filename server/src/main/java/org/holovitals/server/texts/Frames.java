package org.holovitals.server.texts;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reading process says: its pages, or a picture, one after the other and then that it is done. Each frame is its length in four bytes
 * and JSON; whoever reads it trusts neither.
 */
final class Frames {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 32 << 20;

    private Frames() {}

    /**
     * A page, a picture, or the end.
     *
     * @param page null for a picture and at the end
     * @param of how many pages the file has, with a page
     * @param picture a PNG in base64; null for a page and at the end
     * @param failure at the end, where there was one
     */
    record Frame(
            @Nullable PageText page,
            int of,
            @Nullable String picture,
            @Nullable Failure failure) {
        static Frame page(PageText page, int of) {
            return new Frame(page, of, null, null);
        }

        static Frame picture(byte[] png) {
            return new Frame(null, 0, Base64.getEncoder().encodeToString(png), null);
        }

        static Frame end(@Nullable Failure failure) {
            return new Frame(null, 0, null, failure);
        }
    }

    static void write(DataOutputStream out, Frame frame) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(frame);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    /** The next frame; empty where the process ended without a word, or talks nonsense. */
    static Optional<Frame> read(DataInputStream in) {
        try {
            int length = in.readInt();
            if (length < 0 || length > LONGEST) {
                return Optional.empty();
            }
            byte[] bytes = in.readNBytes(length);
            return bytes.length < length ? Optional.empty() : Optional.of(JSON.readValue(bytes, Frame.class));
        } catch (IOException e) {
            // Whatever it was, nothing that follows can be understood.
            return Optional.empty();
        }
    }
}
