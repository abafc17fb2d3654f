package org.holovitals.server.health;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** The directory of the server's files: writes a small file to the disk, reads it and removes it. */
final class StorageProbe implements Probe {
    private static final double PERCENT = 100.0;
    private static final double NEARLY_FULL = 90;
    private static final double FULL = 99;

    private final Path directory;
    private final Clock clock;

    StorageProbe(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public Component component() {
        return Component.STORAGE;
    }

    @Override
    public Reading read() throws IOException {
        Instant begin = clock.instant();
        byte[] written = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        Path file = Files.createTempFile(Files.createDirectories(directory), "health", ".probe");
        byte[] read;
        try {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(written));
                channel.force(true);
            }
            read = Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
        }
        Reading reading = Reading.healthy(Duration.between(begin, clock.instant()));
        double used = usedPercent();
        return (Arrays.equals(read, written)
                        ? reading
                        : reading.worse(Status.DOWN, "It does not give back what was written"))
                .disk(used)
                .degradedIf(used > NEARLY_FULL, "The disk is nearly full")
                .worse(used > FULL ? Status.DOWN : Status.HEALTHY, "The disk is full");
    }

    private double usedPercent() throws IOException {
        FileStore disk = Files.getFileStore(directory);
        return PERCENT * (disk.getTotalSpace() - disk.getUsableSpace()) / disk.getTotalSpace();
    }
}
