package org.holovitals.server.exporting;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** NDJSON files of lines by kind, such as a resource type: a full one is closed and the next one begun. */
public final class PagedFiles implements AutoCloseable {
    /** Lines between two questions whether to go on. */
    private static final long WATCHED = 500;

    private final Path directory;
    private final Limits limits;
    private final Watch watch;
    private final Map<String, Page> open = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<WrittenFile> written = new ArrayList<>();

    /** Into a directory that is there. */
    public PagedFiles(Path directory, Limits limits, Watch watch) {
        this.directory = directory;
        this.limits = limits;
        this.watch = watch;
    }

    /**
     * When a file is full.
     *
     * @param lines of it
     * @param bytes of it, about
     */
    public record Limits(long lines, long bytes) {}

    /** Is asked again and again whether to go on; throws when not. */
    public interface Watch {
        /** Lines were written since the last time that it was asked. */
        void goOn(long lines) throws IOException;
    }

    private record Page(NdjsonFile file, Set<String> patients) {}

    /** Adds a line, which is about some patients. */
    public void write(String kind, String line, Set<String> patients) throws IOException {
        Page page = open.get(kind);
        if (page != null && isFull(page.file())) {
            finish(kind);
            page = null;
        }
        if (page == null) {
            page = begin(kind);
        }
        page.file().write(line);
        page.patients().addAll(patients);
        if (page.file().lines() % WATCHED == 0) {
            watch.goOn(WATCHED);
        }
    }

    private boolean isFull(NdjsonFile file) throws IOException {
        return file.lines() >= limits.lines() || file.bytes() >= limits.bytes();
    }

    private Page begin(String kind) throws IOException {
        int number = numbers.merge(kind, 1, Integer::sum);
        Page page =
                new Page(NdjsonFile.create(directory.resolve(kind + "-" + number + ".ndjson"), false), new TreeSet<>());
        open.put(kind, page);
        return page;
    }

    private void finish(String kind) throws IOException {
        Page page = open.remove(kind);
        if (page != null) {
            try (NdjsonFile file = page.file()) {
                file.finish();
                written.add(
                        new WrittenFile(kind, file.name(), file.lines(), file.bytes(), Set.copyOf(page.patients())));
                file.publish();
                watch.goOn(file.lines() % WATCHED);
            }
        }
    }

    /** Closes what is open; all files are on the disk after it. */
    public List<WrittenFile> finish() throws IOException {
        for (String kind : List.copyOf(new TreeSet<>(open.keySet()))) {
            finish(kind);
        }
        return List.copyOf(written);
    }

    /** Removes what was not finished. */
    @Override
    public void close() throws IOException {
        for (Page page : open.values()) {
            page.file().close();
        }
    }
}
