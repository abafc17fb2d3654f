package org.holovitals.server.database;

import java.nio.file.Path;
import java.sql.SQLException;

/** The embedded database of a server that runs in another process, for tests of other packages. */
public final class RunningDatabase {
    private RunningDatabase() {}

    /** The first value that a query finds. */
    public static String text(Path directory, String query) throws SQLException {
        return Queries.text(EmbeddedDatabase.join(directory).orElseThrow(), query);
    }
}
