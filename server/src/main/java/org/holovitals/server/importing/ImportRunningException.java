package org.holovitals.server.importing;

/** Another import works on the same database. */
public final class ImportRunningException extends RuntimeException {
    ImportRunningException() {
        super("Another import is running on this database; wait for its end, then run this one again");
    }
}
