package org.holovitals.server.bulk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.holovitals.server.database.PrivateFiles;

/** Where the files of jobs lie, a directory for each; only the server's own user may open them. */
final class BulkDirectory {
    private final Path root;
    private final long minFree;

    BulkDirectory(Path root, long minFree) {
        this.root = root;
        this.minFree = minFree;
    }

    /** The empty directory of a job; what an earlier attempt left in it is gone. */
    Path fresh(UUID job) throws IOException {
        remove(job);
        PrivateFiles.directory(root);
        return PrivateFiles.directory(path(job));
    }

    private Path path(UUID job) {
        return root.resolve(job.toString());
    }

    /** Whether less of the disk is free than has to stay so. */
    boolean isFull() throws IOException {
        return Files.getFileStore(PrivateFiles.directory(root)).getUsableSpace() < minFree;
    }

    /** Whether the file is there; where several servers share no directory, another one has it. */
    boolean has(UUID job, BulkFile file) {
        return Files.isReadable(path(job).resolve(file.name()));
    }

    void copy(UUID job, BulkFile file, OutputStream out) throws IOException {
        Files.copy(path(job).resolve(file.name()), out);
    }

    void remove(UUID job) throws IOException {
        Path directory = path(job);
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** The jobs that have a directory. */
    List<UUID> jobs() throws IOException {
        List<UUID> jobs = new ArrayList<>();
        if (Files.isDirectory(root)) {
            try (Stream<Path> directories = Files.list(root)) {
                directories.map(path -> String.valueOf(path.getFileName())).forEach(name -> id(name, jobs));
            }
        }
        return jobs;
    }

    private static void id(String name, List<UUID> jobs) {
        try {
            jobs.add(UUID.fromString(name));
        } catch (IllegalArgumentException e) {
            // Not a directory of ours, so not ours to remove.
            return;
        }
    }
}
