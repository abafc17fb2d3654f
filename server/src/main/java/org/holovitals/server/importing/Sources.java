package org.holovitals.server.importing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
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
        try {
            if (Files.isDirectory(path)) {
                addFolder(path);
            } else {
                addFile(path);
            }
        } catch (IOException e) {
            failures.add(new ImportFailure(path.toString(), null, Reasons.ofReading(e)));
        }
    }

    private void addFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(file -> Files.isRegularFile(file)
                            && isWanted(folder.relativize(file).toString().replace('\\', '/')))
                    .sorted(Comparator.comparing(Path::toString))
                    .forEach(this::add);
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isWanted(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (file.startsWith(".") || name.startsWith("__MACOSX/") || file.equals("manifest.json")) {
            return false;
        }
        String plain = file.endsWith(".gz") ? file.substring(0, file.length() - 3) : file;
        return EXTENSIONS.stream().anyMatch(plain::endsWith);
    }

    private void addFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new BadSourceException("does not exist");
        }
        switch (Packing.of(file)) {
            case ZIP -> addArchive(file);
            case GZIP -> {
                long size = Files.size(file);
                found.add(new Source(file.toString(), () -> inflate(Files.newInputStream(file), size)));
            }
            case NONE ->
                found.add(new Source(file.toString(), () -> new BufferedInputStream(Files.newInputStream(file))));
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
        if (entry.getName().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            failures.add(new ImportFailure(name, null, "is an archive inside an archive; unpack the outer one first"));
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
