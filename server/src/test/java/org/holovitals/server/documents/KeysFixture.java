package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.holovitals.migrations.Login;
import org.holovitals.server.command.Operator;
import org.holovitals.server.vault.KeyCare;
import org.holovitals.server.vault.VaultSettings;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** A server in use, and an operator who changes its keys. */
abstract class KeysFixture extends DocumentFixture {
    final ApplicationContext context;
    final KeyCare care;
    final Login login;
    final Path keys;

    KeysFixture(ApplicationContext context, Login login, Environment environment) {
        super(login, environment);
        this.context = context;
        this.care = context.getBean(KeyCare.class);
        this.login = login;
        this.keys = context.getBean(VaultSettings.class).directory();
    }

    /** What other tests have left to be read, or to be sealed anew, is not ours. */
    @BeforeEach
    void nothingToDo() {
        nothingIsToBeRead();
        owner.sql("""
                        update holovitals.data_keys set wrapped_key = null, shredded_at = now()
                        where retired_at is not null and shredded_at is null
                        """).update();
    }

    final Operator operator() {
        return new Operator(login, "holovitals.vault.directory", keys);
    }

    final String person() {
        return FilledRecord.person(this);
    }

    final void readAndIndex() {
        FilledRecord.readAndIndex(context);
    }

    /** Makes the server look all keys up anew. */
    final void forget() {
        assertThat(care.shred("nobody")).isFalse();
    }

    /** Does something while others work again and again, each of whom has to do well. */
    static <T> T whileWorking(List<Runnable> works, Callable<T> deed) throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            List<? extends Future<?>> working = works.stream()
                    .map(work -> threads.submit(() -> again(work, isOver)))
                    .toList();
            T done = deed.call();
            isOver.set(true);
            for (Future<?> one : working) {
                one.get();
            }
            return done;
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

    final Stream<Path> blobsOf(String patient) {
        return owner
                .sql("select d.id from holovitals.documents d join holovitals.patient_keys k on k.id = d.patient_id"
                        + " where k.fhir_id = ?")
                .param(patient)
                .query(String.class)
                .list()
                .stream()
                .map(this::blob);
    }

    /** The data key that a blob names at its beginning, behind the length and the version. */
    static UUID keyOf(Path blob) {
        try {
            ByteBuffer id = ByteBuffer.wrap(Files.readAllBytes(blob), Short.BYTES + 1, 2 * Long.BYTES);
            return new UUID(id.getLong(), id.getLong());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
