package org.holovitals.server.passages;

import java.util.Optional;

/** Makes vectors of texts: what means the same lies close together. */
interface Embedder {
    /** What its vectors can be compared with; {@link Space#NONE} where it makes none. */
    Space space();

    /** The vector of a passage, of length 1; empty where it makes none. */
    Optional<float[]> passage(String text);

    /** The same of what is looked for. */
    Optional<float[]> query(String text);

    /** Makes none: what is found is found by words. */
    Embedder NONE = new Embedder() {
        @Override
        public Space space() {
            return Space.NONE;
        }

        @Override
        public Optional<float[]> passage(String text) {
            return Optional.empty();
        }

        @Override
        public Optional<float[]> query(String text) {
            return Optional.empty();
        }
    };
}
