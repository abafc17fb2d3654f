package org.holovitals.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One process's claim on a data directory. The operating system gives it up when the process ends, however it ends. */
final class DirectoryLock implements AutoCloseable {
    // POSIX drops all of a process's locks on a file when it closes any descriptor of it,
    // so a second attempt within this process must not even open the file.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** The directory must exist; throws {@link DirectoryInUse} when a living process has it. */
    static DirectoryLock acquire(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!HELD.add(real)) {
            throw new DirectoryInUse(directory, ProcessHandle.current().pid());
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(PrivateFiles.file(real.resolve("lock")), StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new DirectoryInUse(directory, holder(real));
            }
            PrivateFiles.write(
                    owner(real), Long.toString(ProcessHandle.current().pid()));
            return new DirectoryLock(real, channel);
        } catch (IOException | RuntimeException e) {
            release(real, channel);
            throw e;
        }
    }

    /** The process id that the last holder wrote, or -1. It may be dead. */
    static long holder(Path directory) {
        try {
            return Long.parseLong(Files.readString(owner(directory)).strip());
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(owner(directory));
            release(directory, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path owner(Path directory) {
        return directory.resolve("owner.pid");
    }

    private static void release(Path directory, @Nullable FileChannel channel) throws IOException {
        HELD.remove(directory);
        if (channel != null) {
            channel.close();
        }
    }
}
