package org.holovitals.server.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The synthetic patients that ship with the server, for a database that holds no patient of its own. */
public final class Sample {
    private static final String NAME = "holovitals-sample";

    private final Importer importer;
    private final JdbcClient jdbc;

    Sample(Importer importer, JdbcClient jdbc) {
        this.importer = importer;
        this.jdbc = jdbc;
    }

    /** Loads the sample, or the rest of it after an interruption; nothing when there are other patients or it is whole. */
    public Optional<ImportReport> load(Progress progress) throws IOException, InterruptedException {
        if (!isWanted()) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory(NAME);
        try {
            for (String file : files()) {
                try (InputStream content = open(file)) {
                    Files.copy(content, folder.resolve(file));
                }
            }
            return Optional.of(importer.run(new ImportRequest(List.of(folder), false), progress));
        } finally {
            for (String file : files()) {
                Files.deleteIfExists(folder.resolve(file));
            }
            Files.delete(folder);
        }
    }

    private boolean isWanted() throws IOException {
        Long loaded = jdbc.sql("select count(*) from holovitals.import_journal where name like ? and part_of is null")
                .param("%" + NAME + "%")
                .query(Long.class)
                .single();
        Boolean empty = jdbc.sql("select not exists (select from holovitals.patient_keys)")
                .query(Boolean.class)
                .single();
        return empty ? loaded == 0 : loaded > 0 && loaded < files().size();
    }

    private static List<String> files() throws IOException {
        try (InputStream list = open("files.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(Sample.class.getResourceAsStream("/sample/" + file), file);
    }
}
