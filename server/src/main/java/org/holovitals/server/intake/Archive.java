package org.holovitals.server.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** Takes a zip apart, file by file; a few kilobytes of one can hold gigabytes, so it is counted while it is inflated. */
final class Archive {
    private static final int MOST_FILES = 2_000;

    /** Text shrinks ten- to thirtyfold; a bomb a thousandfold. */
    private static final long LARGEST_RATIO = 200;

    private static final long SMALL = 1L << 20;
    private static final List<String> ARCHIVES =
            List.of(".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".xz", ".jar");

    private final long limit;
    private final int mostFiles;
    private long inflated;

    /** @param limit bytes of all files together, inflated */
    Archive(long limit) {
        this(limit, MOST_FILES);
    }

    Archive(long limit, int mostFiles) {
        this.limit = limit;
        this.mostFiles = mostFiles;
    }

    /** Takes a file of an archive. */
    @FunctionalInterface
    interface Files {
        void file(String name, byte[] content) throws IOException;
    }

    /** Takes a file of an archive that is too large to be held. */
    @FunctionalInterface
    interface Streams {
        /** Reads as much of it as it wants. */
        void file(String name, InputStream content) throws IOException;
    }

    /** Hands on file by file; an archive within is refused. */
    void read(InputStream in, Files files) throws IOException {
        stream(in, (name, stream) -> {
            byte[] content = stream.readAllBytes();
            requireNoArchive(name, content);
            files.file(name, content);
        });
    }

    /** Hands on file by file. */
    void stream(InputStream in, Streams files) throws IOException {
        Counted packed = new Counted(in);
        int count = 0;
        try (ZipInputStream zip = new ZipInputStream(packed)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++count > mostFiles) {
                    throw refusal("An archive may hold " + mostFiles + " files");
                }
                InputStream content = new Inflated(zip, packed);
                if (!entry.isDirectory() && isWanted(entry.getName())) {
                    files.file(entry.getName(), content);
                }
                drain(content);
            }
        } catch (IllegalArgumentException e) {
            throw refusal("The archive has a name that is not legal");
        }
        if (count == 0) {
            throw new Problem(ProblemType.IMPORT_BROKEN, "The file is no whole zip archive, or an empty one");
        }
    }

    /** What is not wanted is counted, too. */
    private static void drain(InputStream content) throws IOException {
        byte[] buffer = new byte[1 << 13];
        while (content.read(buffer, 0, buffer.length) >= 0) {
            // It is only counted.
        }
    }

    private void count(int more, Counted packed) {
        inflated += more;
        if (inflated > limit) {
            throw new Problem(
                    ProblemType.IMPORT_TOO_LARGE, "The files of an archive may have " + limit + " bytes together");
        }
        if (inflated > SMALL && inflated > packed.count * LARGEST_RATIO) {
            throw refusal("The archive inflates more than any file of text does");
        }
    }

    private static boolean isWanted(String name) {
        String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return !file.startsWith(".") && !name.startsWith("__MACOSX/");
    }

    private static void requireNoArchive(String name, byte[] content) {
        boolean isPacked = content.length > 3
                && (Arrays.equals(content, 0, 4, new byte[] {'P', 'K', 3, 4}, 0, 4)
                        || Arrays.equals(content, 0, 2, new byte[] {0x1f, (byte) 0x8b}, 0, 2));
        if (isPacked || ARCHIVES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
            throw refusal("The archive holds an archive; unpack the outer one first");
        }
    }

    private static Problem refusal(String detail) {
        return new Problem(ProblemType.IMPORT_ARCHIVE, detail);
    }

    /** A file within; whoever closes it does not close the archive. */
    private final class Inflated extends InputStream {
        private final InputStream zip;
        private final Counted packed;

        Inflated(InputStream zip, Counted packed) {
            this.zip = zip;
            this.packed = packed;
        }

        @Override
        public int read() throws IOException {
            int next = zip.read();
            count(next < 0 ? 0 : 1, packed);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = zip.read(bytes, offset, length);
            count(Math.max(0, read), packed);
            return read;
        }
    }

    /** Counts what was read of the archive itself. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
