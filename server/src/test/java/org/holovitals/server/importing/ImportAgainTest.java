package org.holovitals.server.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.holovitals.server.importing.Progress.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ApplicationContext;

final class ImportAgainTest extends ImportFixture {
    private static final int MANY = 950;

    @Autowired
    ImportAgainTest(ApplicationContext beans) {
        super(beans);
    }

    @Test
    void theSameContentIsImportedOnceWhateverItsName() throws Exception {
        String content = newPatient("a") + "\n" + newPatient("b") + "\n";
        Path first = file("first.ndjson", content);
        assertThat(run(first).imported()).isEqualTo(1);
        ImportReport report = run(first, file("second.ndjson", content), file("third.ndjson.gz", gzip(content)));
        assertThat(report.alreadyImported()).isEqualTo(3);
        assertThat(report.resources()).isZero();
        assertThat(patientsAndIdentifiers()).isEqualTo(List.of(2, 2));
    }

    @Test
    void importingAgainMakesNoNewVersionOfWhatIsUnchanged() throws Exception {
        Path file = lines("p.ndjson", patient("p"), newPatient("a"));
        run(file);
        ImportReport report = again(file);
        assertThat(report.resources()).isEqualTo(2);
        assertThat(get("/Patient/" + id("p")).body()).contains("\"versionId\":\"1\"");
        assertThat(patientsAndIdentifiers()).isEqualTo(List.of(2, 1));
        assertThat(run(file).alreadyImported()).isEqualTo(1);
    }

    @Test
    void theLaterOfTwoLinesWithOneIdStands() throws Exception {
        Path file = lines("p.ndjson", patient("p"), patient("q"), patient("p").replace(SECRET, "Later"));
        assertThat(failures(run(file))).isEmpty();
        assertThat(get("/Patient/" + id("p")).body()).contains("Later").contains("\"versionId\":\"2\"");
    }

    @Test
    void anImportThatFailsInTheMiddleResumesExactly() throws Exception {
        Path file = manyPatients();
        assertThatThrownBy(() -> run(
                        snapshot -> {
                            if (snapshot.stage() == Stage.STORING
                                    && snapshot.done().resources() >= 200) {
                                throw new IllegalArgumentException("the terminal is gone");
                            }
                        },
                        file))
                .hasRootCauseMessage("the terminal is gone");
        assertResumes(file);
    }

    @Test
    void anInterruptedImportEndsAtOnceAndResumesExactly() throws Exception {
        Path file = manyPatients();
        Thread importing = Thread.currentThread();
        AtomicBoolean interrupted = new AtomicBoolean();
        assertThatThrownBy(() -> run(
                        snapshot -> {
                            if (snapshot.done().resources() >= 100 && interrupted.compareAndSet(false, true)) {
                                importing.interrupt();
                            }
                        },
                        file))
                .isInstanceOf(InterruptedException.class);
        // A pool has ended before the last of its threads has: only one that still has work counts.
        assertThat(Thread.getAllStackTraces().values())
                .as("workers that outlive the import, which frees its lock")
                .noneMatch(ImportAgainTest::works);
        assertResumes(file);
    }

    private static boolean works(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().equals(Worker.class.getName()));
    }

    private Path manyPatients() throws IOException {
        return lines(
                "many.ndjson",
                IntStream.range(0, MANY).mapToObj(i -> newPatient("n" + i)).toArray(String[]::new));
    }

    private void assertResumes(Path file) throws IOException, InterruptedException {
        int before = patientsAndIdentifiers().get(0);
        assertThat(before).isBetween(100, MANY - 100);
        ImportReport report = run(file);
        assertThat(failures(report)).isEmpty();
        assertThat(report.resources()).isEqualTo(MANY - before);
        assertThat(patientsAndIdentifiers()).isEqualTo(List.of(MANY, MANY));
        assertThat(jdbc.sql("select resources, part_of is null as whole from holovitals.import_journal where name = ?")
                        .param(file.toString())
                        .query()
                        .listOfRows())
                .isEqualTo(List.of(Map.of("resources", (long) MANY, "whole", true)));
        assertThat(run(file).alreadyImported()).isEqualTo(1);
    }

    @Test
    void aSecondImportAtTheSameTimeIsRefused() throws Exception {
        Path file = file("p.json", patient("p"));
        List<@Nullable Throwable> refusals = new ArrayList<>();
        ImportReport report = run(
                snapshot -> {
                    if (snapshot.stage() == Stage.STORING) {
                        refusals.add(catchThrowable(() -> run(file)));
                    }
                },
                file);
        assertThat(report.imported()).isEqualTo(1);
        assertThat(refusals).isNotEmpty().allSatisfy(refusal -> assertThat(refusal)
                .isInstanceOf(ImportRunningException.class)
                .hasMessageContaining("Another import is running"));
    }

    @Test
    void aFileThatVanishesDuringTheImportIsReportedAndTheOthersGoOn() throws Exception {
        Path lines = lines("a.ndjson", patient("a"));
        Path batch = file("b.json", bundle("batch", put(patient("b"), "Patient/" + id("b"))));
        Path whole = file("c.json", bundle("transaction", put(patient("c"), "Patient/" + id("c"))));
        Path good = file("d.ndjson", patient("d"));
        ImportReport report = run(
                snapshot -> {
                    if (snapshot.stage() == Stage.STORING && snapshot.done().resources() == 0) {
                        delete(lines, batch, whole);
                    }
                },
                lines,
                batch,
                whole,
                good);
        assertThat(failures(report))
                .isEqualTo(
                        Map.of("a.ndjson", "does not exist", "b.json", "does not exist", "c.json", "does not exist"));
        assertThat(report.imported()).isEqualTo(1);
        assertStored("Patient/" + id("d"));
    }

    private static void delete(Path... files) {
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theWorkersAreConfigured() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of("holovitals.import.workers", "7")))
                        .bindOrCreate("holovitals.import", ImportSettings.class)
                        .workers())
                .isEqualTo(7);
    }
}
