package org.holovitals.server.chain;

import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it was signed.
 *
 * @param kind what is wrong
 * @param batch number of the batch, where it is about one
 * @param seq number of the row in the log, where it is about one
 */
public record Finding(
        Kind kind, @Nullable Long batch, @Nullable Long seq) {

    /** What can be wrong. */
    public enum Kind {
        /** A row does not have the content that was signed. */
        ROW_CHANGED("the row was changed"),
        /** A row that was signed is gone. */
        ROW_REMOVED("the row was removed"),
        /** A row stands where none was signed. */
        ROW_ADDED("the row was added, or stands twice or in another place"),
        /** A row has been in no batch for more than a minute. */
        ROW_UNCHAINED("the row is in no batch, though it is older than a minute"),
        /** A batch does not have the content that was signed. */
        BATCH_CHANGED("the batch was changed"),
        /** A batch is gone. */
        BATCH_MISSING("a batch before this one is missing"),
        /** A batch does not follow on the one before. */
        BATCH_UNLINKED("the batch does not follow on the one before"),
        /** The signature is not of the key that it names. */
        SIGNATURE_FORGED("the signature does not hold"),
        /** The signature is of a key that is not known. */
        KEY_UNKNOWN("the signature is of an unknown key"),
        /** The chain ends before a batch that was anchored, or the file before its end. */
        TAIL_CUT("the end is cut off"),
        /** A batch is another than the one that was anchored. */
        ANCHOR_DIFFERS("the batch is not the one that was anchored"),
        /** A line of a file cannot be read. */
        UNREADABLE("a line cannot be read");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The same in words. */
        public String words() {
            return words;
        }
    }

    /** In one line. */
    public String text() {
        String where = batch == null ? "" : "batch " + batch;
        String row = seq == null ? "" : (where.isEmpty() ? "" : ", ") + "row " + seq;
        return (where + row).isEmpty() ? kind.words() : where + row + ": " + kind.words();
    }
}
