package org.holovitals.server.passages;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Vectors as they are stored and compared. */
final class Vectors {
    private Vectors() {}

    /** Little-endian float32. */
    static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    static float[] of(byte[] bytes) {
        FloatBuffer stored =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] vector = new float[stored.remaining()];
        stored.get(vector);
        return vector;
    }

    /** Of vectors of length 1 the cosine of their angle. In four sums, which the compiler can make side by side. */
    static double product(float[] first, float[] second) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < first.length; i += 4) {
            a += first[i] * second[i];
            b += first[i + 1] * second[i + 1];
            c += first[i + 2] * second[i + 2];
            d += first[i + 3] * second[i + 3];
        }
        for (; i < first.length; i++) {
            a += first[i] * second[i];
        }
        return (double) a + b + c + d;
    }
}
