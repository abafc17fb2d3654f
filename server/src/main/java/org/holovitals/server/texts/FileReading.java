package org.holovitals.server.texts;

import java.io.IOException;

/** Reads one kind of file. */
@FunctionalInterface
interface FileReading {
    /** Takes pages as they are read, each with the number of all. */
    @FunctionalInterface
    interface Sink {
        void page(PageText page, int of) throws IOException, Unreadable;
    }

    /** Reads all pages. */
    void read(byte[] file, Sink sink) throws IOException, Unreadable;
}
