package org.holovitals.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that appears under its name only when it is whole, and that never takes the place of another. */
final class UnfinishedFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;

    private UnfinishedFile(Path target, Path temporary) {
        this.target = target;
        this.temporary = temporary;
    }

    static UnfinishedFile of(Path file) throws IOException {
        Path target = file.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            throw new BackupRefused(target + " exists already. Choose another name for the backup.");
        }
        Path parent = target.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw new BackupRefused("There is no folder " + parent + ".");
        }
        Path temporary = target.resolveSibling(target.getFileName() + ".unfinished");
        Files.deleteIfExists(temporary);
        return new UnfinishedFile(target, PrivateFiles.file(temporary));
    }

    /** Where to write; only this user may read it. */
    Path path() {
        return temporary;
    }

    /** Gives the file its name once its content is on the disk, and returns its bytes. */
    long finish() throws IOException {
        try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        PrivateFiles.replace(temporary, target);
        return Files.size(target);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException("The unfinished backup " + temporary + " could not be deleted", e);
        }
    }
}
