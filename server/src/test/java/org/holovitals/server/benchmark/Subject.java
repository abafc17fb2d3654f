package org.holovitals.server.benchmark;

import java.io.IOException;
import java.util.Optional;

/**
 * A server that is measured.
 *
 * @param callers who have tokens for it; none where it asks for none
 * @param process its process
 */
record Subject(String name, int port, Optional<Callers> callers, Store store, long process) {
    static final String STOCK = "stock";
    static final String OWN = "own";

    String authorization(Role role) {
        return callers.map(known -> known.authorization(role)).orElse("");
    }

    /** A client with a connection of its own. */
    Client client(int number) throws IOException {
        return new Client(this, new Wire(port), number);
    }
}
