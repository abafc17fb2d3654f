package org.holovitals.keycloak.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Says that a living process uses a directory; it goes with the process, however that ends. */
record DirectoryLock(FileChannel channel) implements AutoCloseable {
    static DirectoryLock take(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve("keycloak.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new DirectoryLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Held by this JVM: the same answer.
        }
        channel.close();
        throw new KeycloakFailed("Another process runs Keycloak in " + directory + ": end it or use another directory");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new KeycloakFailed("Cannot give up the lock of Keycloak's directory", e);
        }
    }
}
