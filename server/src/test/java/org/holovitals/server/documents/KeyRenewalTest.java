package org.holovitals.server.documents;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.holovitals.migrations.Login;
import org.holovitals.server.command.Operator;
import org.holovitals.server.command.Ran;
import org.holovitals.server.database.Pools;
import org.holovitals.server.vault.KeyRenewal;
import org.holovitals.server.vault.KeyRenewal.Damage;
import org.holovitals.server.vault.SealedFiles;
import org.holovitals.server.vault.VaultSettings;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Another data key for a patient while apps work. */
final class KeyRenewalTest extends KeysFixture {
    private String text = "";

    @Autowired
    KeyRenewalTest(ApplicationContext context, Login login, Environment environment) {
        super(context, login, environment);
    }

    @Test
    void noRequestFailsWhileAKeyIsRenewedAndNothingIsUnderTheFormerAfterwards() throws Exception {
        PatientApp ann = new PatientApp(this, person(), "Bongo");
        PatientApp bob = new PatientApp(this, person(), "Kudu");
        readAndIndex();
        bob.turn();
        readAndIndex();
        UUID former = currentKey(ann);
        UUID anothers = currentKey(bob);
        long sealed = valuesUnder(anothers);
        Ran done = workDuringARenewal(ann);
        assertThat(done.out())
                .as(done.err())
                .matches(
                        "1 new data keys; [\\d,]+ values and [\\d,]+ files sealed anew; 1 former keys destroyed, 0 left\n");
        assertThat(done.code()).isZero();
        forget();
        nothingIsUnder(former, ann);
        ann.findsEverything();
        assertThat(currentKey(bob)).isEqualTo(anothers);
        assertThat(valuesUnder(anothers)).isEqualTo(sealed).isGreaterThan(10);
        bob.findsEverything();
    }

    @Test
    void oneThatWasCutShortIsFinishedAndWhatIsDamagedHoldsNothingElseUp() throws Exception {
        FilledRecord ann = new FilledRecord(this, context, "Nyala");
        Map<String, String> answers = ann.answers();
        UUID former = currentKey(ann.app);
        try (HikariDataSource connections = new Pools(login).application("test-renewal", 2, Duration.ofMinutes(1))) {
            VaultSettings settings = new VaultSettings(keys, List.of(), null, null, Duration.ZERO);
            SealedFiles files = context.getBean(BlobHeads.class).of(connections);
            KeyRenewal cut = KeyRenewal.on(connections, settings, new EndingFiles(files, new AtomicInteger(1)));
            assertThatThrownBy(() -> cut.renew(ann.app.patient())).hasMessage("the power is gone");
            forget();
            assertThat(ann.answers()).isEqualTo(answers);

            KeyRenewal renewal = KeyRenewal.on(connections, settings, files);
            KeyRenewal.Left left = renewal.left();
            assertThat(left).isEqualTo(new KeyRenewal.Left(1, 0, 2));
            Damage damage = damage(former, ann);
            Path report = blob(ann.app.report());
            Path aside = Files.move(report, report.resolveSibling(ann.app.report() + ".new"));
            Damage missing = new Damage("documents.file_path", UUID.fromString(ann.app.report()));
            assertThat(renewal.finish())
                    .hasValue(new KeyRenewal.Renewed(0, 0, left.files(), 0, 1, List.of(damage, missing)));
            assertThat(renewal.left()).isEqualTo(new KeyRenewal.Left(1, 1, 1));
            Files.move(aside, report);
            try (Operator operator = operator(Duration.ZERO)) {
                assertThat(operator.run("keys", "renew").code()).isEqualTo(2);
                assertThat(operator.run("keys", "renew", "--finish"))
                        .isEqualTo(new Ran(
                                1,
                                "0 new data keys; 0 values and 0 files sealed anew; 0 former keys destroyed, 1 left\n"
                                        + "  cannot be opened: ocr_results.raw_text of " + damage.id() + "\n",
                                ""));
                assertThat(operator.run("keys", "status").out())
                        .endsWith("1 former data keys: 1 values and 0 files are still under them\n");
            }
            put(owner, damage.id(), text);
            assertThat(renewal.finish()).hasValue(new KeyRenewal.Renewed(0, 0, 0, 1, 0, List.of()));
        }
        forget();
        nothingIsUnder(former, ann.app);
        assertThat(ann.answers()).isEqualTo(answers);
        assertThat(owner.sql("""
                        select details ->> 'left' from holovitals.audit_logs
                        where client_id = 'command' and action = 'renew-key' and requires_review order by seq desc limit 3
                        """).query(String.class).list()).containsExactly("0", "1", "1");
    }

    @Test
    void everybodysKeyIsRenewedAndWhatIsStillBeingWrittenUnderAFormerIsWaitedFor() throws Exception {
        FilledRecord ann = new FilledRecord(this, context, "Oribi");
        Map<String, String> answers = ann.answers();
        UUID former = currentKey(ann.app);
        UUID row = readText(ann);
        String before = text(row);
        try (HikariDataSource writers = new Pools(login).owner("test-slow");
                HikariDataSource connections = new Pools(login).application("test-renewal", 2, Duration.ofMinutes(1))) {
            long patients = currentKeys();
            KeyRenewal renewal = KeyRenewal.on(
                    connections,
                    new VaultSettings(keys, List.of(), null, null, Duration.ZERO),
                    context.getBean(BlobHeads.class).of(connections));
            TransactionTemplate slowly = new TransactionTemplate(new DataSourceTransactionManager(writers));
            CompletableFuture<KeyRenewal.Renewed> renewing = slowly.execute(status -> {
                JdbcClient writer = JdbcClient.create(writers);
                writer.sql("select pg_current_xact_id()::text")
                        .query(String.class)
                        .single();
                CompletableFuture<KeyRenewal.Renewed> begun =
                        CompletableFuture.supplyAsync(() -> renewal.renewAll().orElseThrow());
                await().atMost(Duration.ofMinutes(1)).until(() -> valuesUnder(former) == 0);
                assertThat(begun).isNotDone();
                put(writer, row, before);
                return begun;
            });
            KeyRenewal.Renewed done = requireNonNull(renewing).get(1, TimeUnit.MINUTES);
            assertThat(done.made()).isEqualTo(patients).isGreaterThan(1);
            assertThat(currentKeys()).isEqualTo(patients);
        }
        forget();
        assertThat(text(row)).isNotEqualTo(before);
        nothingIsUnder(former, ann.app);
        assertThat(ann.answers()).isEqualTo(answers);
    }

    private Operator operator(Duration settling) {
        return operator().with("holovitals.documents.directory", directory).with("holovitals.vault.settling", settling);
    }

    /** Its server looks keys up all the time, so that it need not be waited for as long. */
    private Ran workDuringARenewal(PatientApp app) throws Exception {
        try (Operator operator = operator(Duration.ofSeconds(2))) {
            return whileWorking(
                    List.of(app::turn, this::readAndIndex, this::forget),
                    () -> operator.run("keys", "renew", app.patient()));
        }
    }

    private long currentKeys() {
        return owner.sql("select count(*) from holovitals.data_keys where retired_at is null and shredded_at is null")
                .query(Long.class)
                .single();
    }

    private UUID currentKey(PatientApp app) {
        return owner.sql("select id from holovitals.data_keys where patient_fhir_id = ? and retired_at is null")
                .param(app.patient())
                .query(UUID.class)
                .single();
    }

    /** How many values of the whole database name a key, wherever they stand. */
    private long valuesUnder(UUID key) {
        byte[] beginning = ByteBuffer.allocate(1 + 2 * Long.BYTES)
                .put((byte) 1)
                .putLong(key.getMostSignificantBits())
                .putLong(key.getLeastSignificantBits())
                .array();
        String base64 = Base64.getEncoder().encodeToString(beginning).substring(0, 22);
        String hex = HexFormat.of().formatHex(beginning);
        return owner
                .sql("select relname from pg_class where relnamespace = 'holovitals'::regnamespace and relkind = 'r'")
                .query(String.class)
                .list()
                .stream()
                .mapToLong(table -> owner.sql(
                                "select coalesce(sum(regexp_count(t::text, ?)), 0) from holovitals." + table + " t")
                        .param(base64.replace("+", "\\+") + "|" + hex)
                        .query(Long.class)
                        .single())
                .sum();
    }

    private void nothingIsUnder(UUID former, PatientApp app) {
        assertThat(valuesUnder(former)).isZero();
        assertThat(blobsOf(app.patient()).map(KeysFixture::keyOf))
                .hasSizeGreaterThan(2)
                .containsOnly(currentKey(app));
        assertThat(owner.sql(
                                "select wrapped_key is null and shredded_at is not null from holovitals.data_keys where id = ?")
                        .param(former)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    /** Puts something into the place of a text that names the former key and does not open. */
    private Damage damage(UUID former, FilledRecord record) {
        UUID row = readText(record);
        text = text(row);
        byte[] changed = ByteBuffer.wrap(Base64.getDecoder().decode(text))
                .putLong(1, former.getMostSignificantBits())
                .putLong(1 + Long.BYTES, former.getLeastSignificantBits())
                .array();
        put(owner, row, Base64.getEncoder().encodeToString(changed));
        return new Damage("ocr_results.raw_text", row);
    }

    /** The row of a page of the report. */
    private UUID readText(FilledRecord record) {
        return owner.sql("select id from holovitals.ocr_results where document_id = ?::uuid limit 1")
                .param(record.app.report())
                .query(UUID.class)
                .single();
    }

    private String text(UUID row) {
        return owner.sql("select raw_text from holovitals.ocr_results where id = ?")
                .param(row)
                .query(String.class)
                .single();
    }

    private static void put(JdbcClient writer, UUID row, String sealed) {
        writer.sql("update holovitals.ocr_results set raw_text = ? where id = ?")
                .params(sealed, row)
                .update();
    }

    /** Files at whose later ones the command ends. */
    private record EndingFiles(SealedFiles files, AtomicInteger left) implements SealedFiles {
        @Override
        public List<UUID> of(UUID patientId) {
            return files.of(patientId);
        }

        @Override
        public Optional<byte[]> head(UUID file) throws IOException {
            return files.head(file);
        }

        @Override
        public void replaceHead(UUID file, byte[] head) throws IOException {
            if (left.getAndDecrement() == 0) {
                throw new UnsupportedOperationException("the power is gone");
            }
            files.replaceHead(file, head);
        }

        @Override
        public String context(UUID file) {
            return files.context(file);
        }
    }
}
