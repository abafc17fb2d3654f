package org.holovitals.server.exporting;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** A file of lines that has its name only once it is whole; patients' data, so its owner alone may read it. */
final class NdjsonFile implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private final Writer out;
    private long lines;

    private NdjsonFile(Path target, Path part, FileChannel channel, Writer out) {
        this.target = target;
        this.part = part;
        this.channel = channel;
        this.out = out;
    }

    static NdjsonFile create(Path target, boolean gzip) throws IOException {
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        Files.deleteIfExists(part);
        FileChannel channel =
                FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly());
        OutputStream bytes = Channels.newOutputStream(channel);
        OutputStream packed = gzip ? new GZIPOutputStream(bytes, 1 << 16) : bytes;
        return new NdjsonFile(
                target,
                part,
                channel,
                new BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.UTF_8), 1 << 16));
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    String name() {
        return String.valueOf(target.getFileName());
    }

    long lines() {
        return lines;
    }

    void write(String line) throws IOException {
        out.write(line);
        out.write('\n');
        lines++;
    }

    /** What is in the file by now; the last lines may not be. */
    long bytes() throws IOException {
        return channel.isOpen() ? channel.position() : Files.size(part);
    }

    /** Ends the writing: everything is on the disk after it, under the file's hidden name. */
    void finish() throws IOException {
        out.close();
        try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
            written.force(true);
        }
    }

    /** Gives a finished file its name. */
    void publish() throws IOException {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
    }
}
