package org.holovitals.server.bulk;

import java.util.List;

/** What an import is to take in. */
record ImportTask(List<Input> inputs) {

    /**
     * A file.
     *
     * @param type of the resources in it
     * @param url where it is fetched
     */
    record Input(String type, String url) {}
}
