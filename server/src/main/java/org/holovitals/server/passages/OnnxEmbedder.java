package org.holovitals.server.passages;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.holovitals.server.base.Sha256;

/**
 * BAAI's bge-small-en-v1.5 in 8 bits, by ONNX Runtime in this process: 384 numbers, those of the first piece, as its authors say
 * (https://huggingface.co/BAAI/bge-small-en-v1.5). The native library is loaded with the first of them.
 */
final class OnnxEmbedder implements Embedder {
    private static final String NAME = "bge-small-en-v1.5-q";
    private static final String MODEL = "/" + NAME + ".onnx";
    private static final String ASKED = "Represent this sentence for searching relevant passages: ";
    private static final int LONGEST = 512;

    /** What they are is known before they are loaded. */
    private static final String SHA256 = "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4";

    private static final String RUNTIME = "1.26.0";
    private static final Space SPACE =
            new Space(NAME, SHA256, "onnxruntime " + RUNTIME + " " + System.getProperty("os.arch"));

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Wordpiece pieces;

    private OnnxEmbedder(OrtEnvironment environment, OrtSession session, Wordpiece pieces) {
        this.environment = environment;
        this.session = session;
        this.pieces = pieces;
    }

    /** One that is loaded when it is first needed. */
    static Embedder lazy(Supplier<Wordpiece> pieces) {
        return new LazyEmbedder(SPACE, () -> OnnxEmbedder.load(pieces.get()));
    }

    private static OnnxEmbedder load(Wordpiece pieces) throws OrtException, IOException {
        OrtEnvironment environment =
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "holovitals");
        try (InputStream file = resource(MODEL);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            byte[] model = file.readAllBytes();
            boolean isExpected = environment.getVersion().equals(RUNTIME)
                    && HexFormat.of().formatHex(Sha256.digest().digest(model)).equals(SHA256);
            if (!isExpected) {
                throw new IllegalStateException("the model and its runtime are not those of this release");
            }
            // Requests run side by side already, and with more threads the sums come out in another order.
            options.setIntraOpNumThreads(1);
            return new OnnxEmbedder(environment, environment.createSession(model, options), pieces);
        }
    }

    /** The pieces of which its sequences are made. */
    static Wordpiece pieces() throws IOException {
        try (InputStream file = resource("/" + NAME + "-tokenizer.json")) {
            return Wordpiece.of(file);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(OnnxEmbedder.class.getResourceAsStream(name), name);
    }

    @Override
    public Space space() {
        return SPACE;
    }

    @Override
    public Optional<float[]> passage(String text) {
        return Optional.of(vector(text));
    }

    @Override
    public Optional<float[]> query(String text) {
        return Optional.of(vector(ASKED + text));
    }

    private float[] vector(String text) {
        long[] ids = pieces.sequence(text, LONGEST);
        long[] all = new long[ids.length];
        Arrays.fill(all, 1);
        try (OnnxTensor input = tensor(ids);
                OnnxTensor mask = tensor(all);
                OnnxTensor types = tensor(new long[ids.length]);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
            return normalized(((float[][][]) result.get(0).getValue())[0][0]);
        } catch (OrtException e) {
            throw new IllegalStateException("The model failed: " + e.getCode(), e);
        }
    }

    private OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    private static float[] normalized(float[] vector) {
        double length = Math.sqrt(Vectors.product(vector, vector));
        float[] normalized = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            normalized[i] = (float) (vector[i] / length);
        }
        return normalized;
    }
}
