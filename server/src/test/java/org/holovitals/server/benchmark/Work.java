package org.holovitals.server.benchmark;

import java.io.IOException;

/** What is measured, once. */
@FunctionalInterface
interface Work {
    /**
     * Does it and says how many resources came back.
     *
     * @param turn counted over all clients; picks the patient and the resource
     */
    long once(Client client, long turn) throws IOException;
}
