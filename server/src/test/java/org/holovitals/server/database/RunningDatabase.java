package org.holovitals.server.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** The embedded database of a server that runs in another process, for tests of other packages. */
public final class RunningDatabase {
    private RunningDatabase() {}

    /** Ends it, does something, and starts it again where it was. */
    public static void restart(Path directory, Runnable meanwhile) throws IOException {
        PostgresCluster cluster = new PostgresCluster(directory, new PostgresPrograms(PostgresBinaries.unpacked()));
        int port = RunningServer.read(directory).orElseThrow().port();
        cluster.stop();
        meanwhile.run();
        if (cluster.start(port, true) != port) {
            throw new IllegalStateException("The port was taken meanwhile");
        }
    }

    /** The first value that a query finds. */
    public static String text(Path directory, String query) throws SQLException {
        return Queries.text(EmbeddedDatabase.join(directory).orElseThrow(), query);
    }
}
