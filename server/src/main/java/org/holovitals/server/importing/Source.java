package org.holovitals.server.importing;

import java.io.IOException;
import java.io.InputStream;

/**
 * Something to import: a file or an entry of an archive.
 *
 * @param name how reports call it
 * @param content opens it anew, inflated and bounded
 */
record Source(String name, Content content) {

    InputStream open() throws IOException {
        return content.open();
    }

    /** Opens the bytes; several threads may do so at once. */
    interface Content {
        InputStream open() throws IOException;
    }
}
