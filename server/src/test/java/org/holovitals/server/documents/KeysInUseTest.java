package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.holovitals.migrations.Login;
import org.holovitals.server.command.Operator;
import org.holovitals.server.command.Ran;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** New master keys while apps work. */
final class KeysInUseTest extends KeysFixture {
    private static final Logger log = LoggerFactory.getLogger(KeysInUseTest.class);

    /** How long apps work meanwhile: more with -Dholovitals.rotation=60. */
    private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("holovitals.rotation", 3));

    @Autowired
    KeysInUseTest(ApplicationContext context, Login login, Environment environment) {
        super(context, login, environment);
    }

    @Test
    void noRequestFailsWhileKeysAreRotatedAndNothingNeedsAnOldKeyAfterwards() throws Exception {
        List<PatientApp> apps =
                List.of(new PatientApp(this, person(), "Zebra"), new PatientApp(this, person(), "Okapi"));
        readAndIndex();
        try (Operator operator = operator()) {
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

    /** The rotations that came to an end while the apps, a reader and an indexer worked. */
    private int workDuringRotations(List<PatientApp> apps, Operator operator) throws Exception {
        List<Runnable> works = new ArrayList<>(List.of(this::readAndIndex));
        apps.forEach(app -> works.add(app::turn));
        return whileWorking(works, () -> {
            int rotations = 0;
            for (long end = System.nanoTime() + LONG.toNanos(); System.nanoTime() < end || rotations < 2; rotations++) {
                Ran done = operator.run("keys", "rotate");
                assertThat(done.out()).as(done.err()).startsWith("New master key");
                forget();
            }
            return rotations;
        });
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

    private String masterKeyOf(Path blob) {
        return owner.sql("select master_key_id from holovitals.data_keys where id = ?")
                .param(keyOf(blob))
                .query(String.class)
                .single();
    }
}
