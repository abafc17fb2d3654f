package org.holovitals.server.documents;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.holovitals.server.database.PrivateFiles;

/**
 * Blobs as files of a directory that is closed to other users. A file appears under its name only when it is whole and on the
 * disk; one that a crash left unfinished has another ending, and is swept with the time.
 */
final class FileBlobs implements BlobStore {
    private static final String UNFINISHED = ".new";
    private static final int SHARD = 2;

    private final Path directory;

    FileBlobs(Path directory) {
        this.directory = directory;
    }

    @Override
    public void put(UUID id, Writer writer) throws IOException {
        Path file = file(id);
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        PrivateFiles.directory(directory);
        PrivateFiles.directory(unfinished.resolveSibling(""));
        try {
            write(PrivateFiles.file(unfinished), writer);
            PrivateFiles.replace(unfinished, file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void write(Path file, Writer writer) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            writer.to(out);
            out.flush();
            channel.force(true);
        }
    }

    @Override
    public Optional<InputStream> open(UUID id) throws IOException {
        try {
            return Optional.of(Files.newInputStream(file(id)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean delete(UUID id) throws IOException {
        return Files.deleteIfExists(file(id));
    }

    @Override
    public void before(Instant time, Consumer<UUID> consumer) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> isOlder(file, time))
                    .flatMap(FileBlobs::finished)
                    .forEach(consumer);
        }
    }

    /** What nobody finishes any more goes on the way. */
    private static Stream<UUID> finished(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(UNFINISHED)) {
            return Stream.of(UUID.fromString(name));
        }
        try {
            Files.deleteIfExists(file);
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("An unfinished blob cannot be deleted", e);
        }
    }

    private static boolean isOlder(Path file, Instant time) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(time);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("A blob cannot be looked at", e);
        }
    }

    /** By the end of the id, which is random, so that no directory grows too large. */
    private Path file(UUID id) {
        String name = id.toString();
        return directory.resolve(name.substring(name.length() - SHARD)).resolve(name);
    }
}
