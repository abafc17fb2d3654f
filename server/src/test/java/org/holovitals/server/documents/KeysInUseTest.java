package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.holovitals.migrations.Login;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.command.Operator;
import org.holovitals.server.command.Ran;
import org.holovitals.server.passages.IndexedTexts;
import org.holovitals.server.vault.KeyCare;
import org.holovitals.server.vault.VaultSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** A server in use while an operator changes its keys. */
final class KeysInUseTest extends DocumentFixture {
    private static final Logger log = LoggerFactory.getLogger(KeysInUseTest.class);

    /** How long apps work meanwhile: more with -Dholovitals.rotation=60. */
    private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("holovitals.rotation", 3));

    private final ApplicationContext context;
    private final KeyCare care;
    private final Login login;
    private final Path keys;

    @Autowired
    KeysInUseTest(ApplicationContext context, KeyCare care, Login login, Environment environment) {
        super(login, environment);
        this.context = context;
        this.care = care;
        this.login = login;
        this.keys = context.getBean(VaultSettings.class).directory();
    }

    /** What other tests have left to be read is not ours. */
    @BeforeEach
    void anEmptyQueue() {
        owner.sql("update holovitals.documents set status = 'complete', claimed_until = null where status <> 'failed'")
                .update();
    }

    @Test
    void noRequestFailsWhileKeysAreRotatedAndNothingNeedsAnOldKeyAfterwards() throws Exception {
        List<PatientApp> apps =
                List.of(new PatientApp(this, person(), "Zebra"), new PatientApp(this, person(), "Okapi"));
        readAndIndex();
        try (Operator operator = new Operator(login, "holovitals.vault.directory", keys)) {
            int rotations = workDuringRotations(apps, operator);
            log.info(
                    "{} requests during {} rotations",
                    apps.stream().mapToInt(PatientApp::requests).sum(),
                    rotations);
            assertThat(rotations).isGreaterThan(1);
            readAndIndex();
            assertThat(operator.run("keys", "rotate", "--rewrap").out()).endsWith(" 0 left\n");
            String newest = onlyTheNewestIsLeft();
            assertThat(operator.run("keys", "status").lines())
                    .as("of the master keys one is left, and none is missing")
                    .hasSize(3)
                    .anyMatch(line -> line.startsWith("  " + newest + " wraps"));
            assertThat(apps.stream().flatMap(app -> blobsOf(app.patient())).map(this::masterKeyOf))
                    .hasSizeGreaterThanOrEqualTo(6)
                    .containsOnly(newest);
        }
        apps.forEach(PatientApp::findsEverything);
    }

    private String person() {
        return json(
                        post(
                                TestIssuer.system(),
                                "/fhir/Patient",
                                "{'resourceType': 'Patient', " + PatientApp.PERSON + "}"),
                        201)
                .path("id")
                .asText();
    }

    private void readAndIndex() {
        readTexts(context);
        IndexedTexts.index(context);
    }

    /** The rotations that came to an end while the apps, a reader and an indexer worked. */
    private int workDuringRotations(List<PatientApp> apps, Operator operator) throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(apps.size() + 1);
        try {
            List<Future<?>> working = new ArrayList<>();
            apps.forEach(app -> working.add(threads.submit(() -> again(app::turn, isOver))));
            working.add(threads.submit(() -> again(this::readAndIndex, isOver)));
            int rotations = 0;
            for (long end = System.nanoTime() + LONG.toNanos(); System.nanoTime() < end || rotations < 2; rotations++) {
                Ran done = operator.run("keys", "rotate");
                assertThat(done.out()).as(done.err()).startsWith("New master key");
                forget();
            }
            isOver.set(true);
            for (Future<?> one : working) {
                one.get();
            }
            return rotations;
        } finally {
            isOver.set(true);
            threads.shutdownNow();
        }
    }

    private static void again(Runnable work, AtomicBoolean isOver) {
        do {
            work.run();
        } while (!isOver.get());
    }

    /** Makes the server look all keys up anew. */
    private void forget() {
        assertThat(care.shred("nobody")).isFalse();
    }

    /** Takes the former master keys away, and gives the id of the last. */
    private String onlyTheNewestIsLeft() throws IOException {
        Path file = keys.resolve("master.keys");
        List<String> lines = Files.readAllLines(file);
        Files.writeString(file, lines.get(lines.size() - 1) + "\n", StandardOpenOption.TRUNCATE_EXISTING);
        forget();
        assertThat(care.status().missing()).isEmpty();
        assertThat(care.status().keys()).hasSize(1);
        return care.status().keys().get(0).masterKeyId();
    }

    private Stream<Path> blobsOf(String patient) {
        return owner
                .sql("select d.id from holovitals.documents d join holovitals.patient_keys k on k.id = d.patient_id"
                        + " where k.fhir_id = ?")
                .param(patient)
                .query(String.class)
                .list()
                .stream()
                .map(this::blob);
    }

    /** Of the data key that a blob names at its beginning, behind the length and the version. */
    private String masterKeyOf(Path blob) {
        try {
            ByteBuffer id = ByteBuffer.wrap(Files.readAllBytes(blob), Short.BYTES + 1, 2 * Long.BYTES);
            return owner.sql("select master_key_id from holovitals.data_keys where id = ?")
                    .param(new UUID(id.getLong(), id.getLong()))
                    .query(String.class)
                    .single();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
