package org.holovitals.server.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.holovitals.server.base.AesGcm;
import org.holovitals.server.database.PrivateFiles;

/**
 * Keys in a file that is closed to other users, one a line in base64. It is read anew each time, so that a server which runs
 * finds a key that a command has added.
 */
final class FileKeys implements KeyProvider {
    private static final Object IN_THIS_PROCESS = new Object();

    private final Path file;

    private FileKeys(Path file) {
        this.file = file;
    }

    /** The file in a directory, which is made with a first key where it is missing. */
    static FileKeys in(Path directory) {
        try {
            FileKeys keys = new FileKeys(PrivateFiles.directory(directory).resolve("master.keys"));
            keys.locked(() -> {
                if (Files.notExists(keys.file)) {
                    keys.write(List.of());
                }
            });
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException("The directory of the master keys cannot be made", e);
        }
    }

    @Override
    public List<MasterKey> keys() {
        return lines().stream().map(this::key).toList();
    }

    @Override
    public boolean add() {
        locked(() -> write(lines()));
        return true;
    }

    @Override
    public String place() {
        return file.toString();
    }

    private MasterKey key(String line) {
        return EnvironmentKeys.read(line, file.toString());
    }

    private List<String> lines() {
        try {
            List<String> lines = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (lines.isEmpty()) {
                throw new IllegalStateException(file + " holds no master key");
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("The master keys cannot be read", e);
        }
    }

    private void write(List<String> before) throws IOException {
        List<String> lines = new ArrayList<>(before);
        lines.add(Base64.getEncoder().encodeToString(AesGcm.newKey()));
        PrivateFiles.write(file, String.join("\n", lines) + "\n");
    }

    /** What is done to the file. */
    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    /** Of several processes one at a time: a key that another overwrites would be lost with all that it wraps. */
    private void locked(Change change) {
        synchronized (IN_THIS_PROCESS) {
            try (FileChannel channel = FileChannel.open(
                            PrivateFiles.file(file.resolveSibling("master.lock")), StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid()) {
                    change.make();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The master keys cannot be stored", e);
            }
        }
    }
}
