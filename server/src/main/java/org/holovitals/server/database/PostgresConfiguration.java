package org.holovitals.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the embedded server's configuration files say. They are written anew at each start. */
final class PostgresConfiguration {
    private static final String INCLUDE = "include = 'holovitals.conf'";

    private PostgresConfiguration() {}

    static void write(Path cluster, int port, boolean durable) throws IOException {
        PrivateFiles.write(cluster.resolve("holovitals.conf"), settings(port, durable));
        PrivateFiles.write(cluster.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        Path main = cluster.resolve("postgresql.conf");
        if (!Files.readString(main).contains(INCLUDE)) {
            Files.writeString(main, "\n" + INCLUDE + "\n", StandardOpenOption.APPEND);
        }
    }

    private static String settings(int port, boolean durable) {
        String disk = durable ? "on" : "off";
        return """
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                port = %d
                password_encryption = 'scram-sha-256'
                fsync = %s
                synchronous_commit = %s
                full_page_writes = %s
                max_wal_size = '2GB'
                # Statements are short; compiling them costs more than it saves.
                jit = off
                timezone = 'UTC'
                log_timezone = 'UTC'
                # Neither statements nor row values belong into a log: they are health data.
                log_min_error_statement = panic
                log_error_verbosity = terse
                """.formatted(port, disk, disk, disk);
    }
}
