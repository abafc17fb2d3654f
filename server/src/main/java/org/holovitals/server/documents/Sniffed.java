package org.holovitals.server.documents;

/** What the first bytes of a file say that it is. */
sealed interface Sniffed {
    /** A kind that is taken. */
    record Taken(FileType type) implements Sniffed {}

    /**
     * Any other.
     *
     * @param what it is, in words that follow "This is"
     */
    record Other(String what) implements Sniffed {}
}
