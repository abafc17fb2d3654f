package org.holovitals.server.importing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Finds the sources under paths; keeps the archives open until it is closed. */
final class Sources implements AutoCloseable {
    private static final int MOST_ENTRIES = 200_000;
    private static final List<String> EXTENSIONS = List.of(".json", ".ndjson", ".jsonl", ".xml", ".zip");

    private final long limit;
    private final List<Source> found = new ArrayList<>();
    private final List<ImportFailure> failures = new ArrayList<>();
    private final List<ZipFile> archives = new ArrayList<>();

    Sources(long limit) {
        this.limit = limit;
    }

    List<Source> found() {
        return found;
    }

    List<ImportFailure> failures() {
        return failures;
    }

    /** A path that a person gave is taken whatever its name; in folders and archives the name decides. */
    void add(Path path) {
        int before = found.size() + failures.size();
        if (Files.isDirectory(path)) {
            addFolder(path);
        } else {
            addFile(path);
        }
        if (found.size() + failures.size() == before) {
            fail(
                    path.toString(),
                    new BadSourceException(
                            "holds no file that is named as FHIR (" + String.join(", ", EXTENSIONS) + ")"));
        }
    }

    private void fail(String name, IOException problem) {
        failures.add(new ImportFailure(name, null, Reasons.ofReading(problem)));
    }

    private void addFolder(Path folder) {
        List<Path> files = new ArrayList<>();
        FileVisitor<Path> visitor = new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (attributes.isRegularFile() && isWanted(name)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
                fail(file.toString(), problem);
                return FileVisitResult.CONTINUE;
            }
        };
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        } catch (IOException e) {
            fail(folder.toString(), e);
        }
        files.stream().sorted(Comparator.comparing(Path::toString)).forEach(this::addFile);
    }

    private static boolean isWanted(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (file.startsWith(".") || name.startsWith("__MACOSX/") || file.equals("manifest.json")) {
            return false;
        }
        String plain = file.endsWith(".gz") ? file.substring(0, file.length() - 3) : file;
        return EXTENSIONS.stream().anyMatch(plain::endsWith);
    }

    private void addFile(Path file) {
        try {
            switch (Packing.of(file)) {
                case ZIP -> addArchive(file);
                case GZIP -> {
                    long size = Files.size(file);
                    found.add(new Source(file.toString(), () -> inflate(Files.newInputStream(file), size)));
                }
                case NONE ->
                    found.add(new Source(file.toString(), () -> new BufferedInputStream(Files.newInputStream(file))));
            }
        } catch (IOException e) {
            fail(file.toString(), e);
        }
    }

    private void addArchive(Path file) throws IOException {
        ZipFile archive = Packing.openZip(file);
        archives.add(archive);
        if (archive.size() > MOST_ENTRIES) {
            throw new BadSourceException("has more than " + MOST_ENTRIES + " entries");
        }
        archive.stream()
                .filter(entry -> !entry.isDirectory() && isWanted(entry.getName()))
                .sorted(Comparator.comparing(ZipEntry::getName))
                .forEach(entry -> addEntry(file, archive, entry));
    }

    private void addEntry(Path file, ZipFile archive, ZipEntry entry) {
        String name = file + "!" + entry.getName();
        if (List.of(entry.getName().split("[/\\\\]")).contains("..")) {
            fail(name, new BadSourceException("has a name that leads out of the archive"));
            return;
        }
        if (entry.getName().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            fail(name, new BadSourceException("is an archive inside an archive; unpack the outer one first"));
            return;
        }
        found.add(new Source(name, () -> openEntry(archive, entry)));
    }

    private InputStream openEntry(ZipFile archive, ZipEntry entry) throws IOException {
        long compressed = Math.max(0, entry.getCompressedSize());
        InputStream content =
                BoundedStream.of(new BufferedInputStream(archive.getInputStream(entry)), limit, compressed);
        return entry.getName().toLowerCase(Locale.ROOT).endsWith(".gz") ? inflate(content, compressed) : content;
    }

    private InputStream inflate(InputStream compressed, long size) throws IOException {
        try {
            return BoundedStream.of(new GZIPInputStream(compressed, 1 << 16), limit, size);
        } catch (IOException e) {
            compressed.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        for (ZipFile archive : archives) {
            archive.close();
        }
    }
}
