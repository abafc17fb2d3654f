package org.holovitals.server.passages;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the model when it is first needed. On a machine for which there is none the search goes by words. */
final class LazyEmbedder implements Embedder {
    private static final Logger LOG = LoggerFactory.getLogger(LazyEmbedder.class);

    private final Space expected;
    private final Loading loading;
    private @Nullable Embedder loaded;

    /**
     * One that is not loaded yet.
     *
     * @param expected what it will be
     */
    LazyEmbedder(Space expected, Loading loading) {
        this.expected = expected;
        this.loading = loading;
    }

    /** How it is loaded; a {@link LinkageError} where there is no library for this machine. */
    @FunctionalInterface
    interface Loading {
        Embedder load() throws OrtException, IOException;
    }

    /** What the library will make, or nothing where it could not be loaded. */
    @Override
    public synchronized Space space() {
        return loaded == null ? expected : loaded.space();
    }

    @Override
    public Optional<float[]> passage(String text) {
        return ready().passage(text);
    }

    @Override
    public Optional<float[]> query(String text) {
        return ready().query(text);
    }

    private synchronized Embedder ready() {
        Embedder known = loaded;
        if (known == null) {
            known = load();
            loaded = known;
        }
        return known;
    }

    private Embedder load() {
        try {
            return loading.load();
        } catch (LinkageError | OrtException e) {
            LOG.warn(
                    "Documents are searched by words only, since the model cannot run on this machine: {}",
                    e.getClass().getName());
            return NONE;
        } catch (IOException e) {
            throw new UncheckedIOException("The model cannot be read", e);
        }
    }
}
