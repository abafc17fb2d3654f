package org.holovitals.server.chain;

import java.time.Instant;
import java.util.List;

/** The log with its chain, in the one order in which it can be checked without keeping it in memory. */
@FunctionalInterface
interface Trail {
    /** Tells all of it. */
    void tell(Listener listener);

    /**
     * Hears first of the removals, then of each batch followed by its rows as they are now, ascending by number, then
     * of rows that are in no batch.
     */
    interface Listener {
        void removal(Removal removal);

        void batch(Batch batch);

        /** A row of the batch that was told last; its line in UTF-8. */
        void row(long seq, byte[] line);

        /** A row of no batch. */
        default void unchained(long seq, Instant createdAt) {}

        /** The last signed word of an exported file. */
        default void end(FileEnd end) {}

        /** Something that cannot be read. */
        default void unreadable(String place) {}
    }

    /**
     * What a file says at its end, so that one that was cut off is noticed.
     *
     * @param first number of the first batch that it holds, 0 for none
     * @param number number of the last
     * @param batchHash the last batch's hash
     * @param seal over these and the removals that it holds
     */
    record FileEnd(long first, long number, Hash batchHash, Seal seal) {
        /** What is signed. */
        static Hash hash(long first, long number, Hash batchHash, List<Removal> removals) {
            StringBuilder text = new StringBuilder("holovitals-audit-end-v1\n")
                    .append(first)
                    .append('\n')
                    .append(number)
                    .append('\n')
                    .append(batchHash.hex())
                    .append('\n');
            removals.forEach(removal -> text.append(removal.text()).append('\n'));
            return Hash.of(text.toString());
        }
    }
}
