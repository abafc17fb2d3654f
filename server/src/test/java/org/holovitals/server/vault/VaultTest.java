package org.holovitals.server.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.base.Ids;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

final class VaultTest extends ServerTest {
    private static final String CONTEXT = "chat_messages.content:1";

    private final Vault vault;
    private final KeyCare care;
    private final MasterKeys masters;
    private final JdbcClient jdbc;
    private final JdbcClient owner;
    private final TransactionTemplate transaction;
    private Person ann;
    private Person bob;

    @Autowired
    VaultTest(
            Vault vault,
            KeyCare care,
            MasterKeys masters,
            JdbcClient jdbc,
            Login login,
            PlatformTransactionManager manager) {
        this.vault = vault;
        this.care = care;
        this.masters = masters;
        this.jdbc = jdbc;
        this.owner = asOwner(login);
        this.transaction = new TransactionTemplate(manager);
    }

    private record Person(String fhirId, UUID row) {}

    @BeforeEach
    void twoPatients() {
        ann = person();
        bob = person();
    }

    private Person person() {
        String id = client().create().resource(new Patient()).execute().getId().getIdPart();
        return new Person(
                id,
                owner.sql("select id from holovitals.patients where fhir_id = ?")
                        .param(id)
                        .query(UUID.class)
                        .single());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsSealedOpensAndIsNeverTheSameTwice() {
        byte[] first = vault.seal(ann.row(), CONTEXT, bytes("Zebra"));
        byte[] second = vault.seal(ann.row(), CONTEXT, bytes("Zebra"));
        assertThat(first).hasSize(1 + 16 + 12 + 5 + 16).isNotEqualTo(second);
        assertThat(Arrays.copyOf(first, 17)).isEqualTo(Arrays.copyOf(second, 17));
        assertThat(vault.open(CONTEXT, first)).isEqualTo(bytes("Zebra"));
        assertThat(vault.open(CONTEXT, vault.seal(ann.row(), CONTEXT, new byte[0])))
                .isEmpty();
        assertThat(vault.openText(CONTEXT, vault.sealText(bob.row(), CONTEXT, "Zebra 🦓")))
                .isEqualTo("Zebra 🦓");
    }

    @Test
    void everyBitOfAnEnvelopeCountsAndEachCutIsFound() {
        byte[] sealed = vault.seal(ann.row(), CONTEXT, bytes("Z"));
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> vault.open(CONTEXT, changed))
                    .as("bit %s", bit)
                    .isInstanceOf(TamperedException.class);
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> vault.open(CONTEXT, cut)).isInstanceOf(TamperedException.class);
        }
        assertThatThrownBy(() -> vault.openText(CONTEXT, "no base64!")).isInstanceOf(TamperedException.class);
    }

    @Test
    void anEnvelopeOpensInItsOwnPlaceOnlyAndSoDoesAKeyWhichHoldsNoRotationUp() {
        byte[] sealed = vault.seal(ann.row(), CONTEXT, bytes("Zebra"));
        vault.seal(bob.row(), CONTEXT, bytes("Lion"));
        assertThatThrownBy(() -> vault.open("chat_messages.content:2", sealed)).isInstanceOf(TamperedException.class);
        byte[] anns = wrapped(ann);
        wrap(ann, wrapped(bob));
        assertThatThrownBy(() -> new Server().vault.open(CONTEXT, sealed)).isInstanceOf(TamperedException.class);
        assertThat(care.rotate(true)).matches(done -> done.left() == 1 && done.rewrapped() >= 1);
        wrap(ann, anns);
        assertThat(care.rotate(false)).matches(done -> done.left() == 0 && done.rewrapped() == 1);
        assertThat(new Server().vault.open(CONTEXT, sealed)).isEqualTo(bytes("Zebra"));
    }

    private byte[] wrapped(Person person) {
        return owner.sql("select wrapped_key from holovitals.data_keys where patient_id = ?")
                .param(person.row())
                .query(byte[].class)
                .single();
    }

    private void wrap(Person person, byte[] key) {
        owner.sql("update holovitals.data_keys set wrapped_key = ? where patient_id = ?")
                .params(key, person.row())
                .update();
    }

    @Test
    void aKeyOfATransactionThatWasGivenUpSealsNothingAfterwards() {
        transaction.executeWithoutResult(status -> {
            byte[] sealed = vault.seal(ann.row(), CONTEXT, bytes("Zebra"));
            assertThat(vault.open(CONTEXT, sealed)).isEqualTo(bytes("Zebra"));
            status.setRollbackOnly();
        });
        byte[] sealed = vault.seal(ann.row(), CONTEXT, bytes("Zebra"));
        assertThat(new Server().vault.open(CONTEXT, sealed)).isEqualTo(bytes("Zebra"));
    }

    @Test
    void twoWhoSealAPatientsFirstAtOnceUseOneKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CountDownLatch go = new CountDownLatch(1);
        try {
            List<Future<byte[]>> sealed = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Server server = new Server();
                sealed.add(threads.submit(() -> {
                    go.await();
                    return server.vault.seal(ann.row(), CONTEXT, bytes("Zebra"));
                }));
            }
            go.countDown();
            for (Future<byte[]> one : sealed) {
                assertThat(vault.open(CONTEXT, one.get())).isEqualTo(bytes("Zebra"));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void rotationsUnderLoadFailNobody() throws Exception {
        byte[] before = vault.seal(ann.row(), CONTEXT, bytes("before"));
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> loads = List.of(ann, bob).stream()
                    .map(person -> threads.submit(() -> load(person, isOver)))
                    .toList();
            for (int i = 0; i < 3; i++) {
                KeyCare.Rotated done = care.rotate(true);
                assertThat(done.isNew()).isTrue();
                assertThat(done.left()).isZero();
                assertThat(done.rewrapped()).isPositive();
            }
            isOver.set(true);
            for (Future<Integer> load : loads) {
                assertThat(load.get()).isPositive();
            }
        } finally {
            isOver.set(true);
            threads.shutdownNow();
        }
        assertThat(new Server().vault.open(CONTEXT, before)).isEqualTo(bytes("before"));
        assertThat(care.status().missing()).isEmpty();
        assertThat(care.rotate(false)).matches(done -> !done.isNew() && done.rewrapped() == 0 && done.left() == 0);
    }

    @Test
    void aDumpOfTheTablesShowsNeitherWordsNorKeys() throws Exception {
        byte[] words = bytes("Zebra of Example Street");
        owner.sql("update holovitals.patient_repositories set encrypted_personal_info = ? where patient_id = ?")
                .params(vault.seal(ann.row(), CONTEXT, words), ann.row())
                .update();
        List<byte[]> secrets = new ArrayList<>(List.of(words, new Server().key(ann)));
        Files.readAllLines(Path.of(masters.provider().place()))
                .forEach(line -> secrets.add(Base64.getDecoder().decode(line)));
        String dump = dump("patient_repositories") + dump("data_keys");
        assertThat(dump).contains(ann.fhirId(), HexFormat.of().formatHex(wrapped(ann)));
        assertThat(secrets).hasSizeGreaterThan(2).allSatisfy(secret -> assertThat(dump)
                .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1))
                .doesNotContain(HexFormat.of().formatHex(secret))
                .doesNotContain(Base64.getEncoder().encodeToString(secret)));
    }

    private String dump(String table) {
        return owner.sql("select string_agg(row_to_json(t)::text, ' ') from holovitals." + table + " t")
                .query(String.class)
                .single();
    }

    /** Looks each key up anew, as a server does whose cache is cold. */
    private int load(Person person, AtomicBoolean isOver) {
        int done = 0;
        while (!isOver.get()) {
            byte[] sealed = new Server().vault.seal(person.row(), CONTEXT, bytes("Zebra"));
            assertThat(new Server().vault.open(CONTEXT, sealed)).isEqualTo(bytes("Zebra"));
            done++;
        }
        return done;
    }

    @Test
    void afterShreddingNothingOfThePatientOpensAndOthersDo() {
        Server other = new Server();
        byte[] anns = vault.seal(ann.row(), CONTEXT, bytes("Zebra"));
        byte[] bobs = vault.seal(bob.row(), CONTEXT, bytes("Lion"));
        assertThat(other.vault.open(CONTEXT, anns)).isEqualTo(bytes("Zebra"));
        client().delete().resourceById("Patient", ann.fhirId()).execute();

        assertThat(care.shred(ann.fhirId())).isTrue();
        assertThat(care.shred(ann.fhirId())).isFalse();

        assertThatThrownBy(() -> vault.open(CONTEXT, anns)).isInstanceOf(ShreddedException.class);
        assertThatThrownBy(() -> vault.seal(ann.row(), CONTEXT, bytes("more"))).isInstanceOf(ShreddedException.class);
        other.clock.pass(Duration.ofSeconds(5));
        assertThatThrownBy(() -> other.vault.open(CONTEXT, anns)).isInstanceOf(ShreddedException.class);
        assertThat(vault.open(CONTEXT, bobs)).isEqualTo(bytes("Lion"));
        assertThat(owner.sql("""
                        select count(*) from holovitals.data_keys
                        where patient_fhir_id = ? and wrapped_key is null and shredded_at is not null
                        """).param(ann.fhirId()).query(Long.class).single())
                .isOne();
        assertThat(owner.sql(
                                "select action from holovitals.audit_logs where client_id = 'command' and ? = any (patients)")
                        .param(ann.fhirId())
                        .query(String.class)
                        .list())
                .containsExactly("shred-key");
    }

    @Test
    void aFormerKeyOpensUntilItIsDestroyedAndSealsFor5SecondsElsewhere() {
        Server other = new Server();
        byte[] before = other.vault.seal(ann.row(), CONTEXT, bytes("Zebra"));
        UUID former = Vault.keyOf(before);
        DataKeys rows = new DataKeys(jdbc, Clock.systemUTC());
        transaction.executeWithoutResult(status -> {
            assertThat(rows.retire(former)).isTrue();
            rows.follow(former, masters.make(new Ids().next(), ann.row()));
        });
        assertThat(rows.retire(former)).isFalse();
        assertThat(Vault.keyOf(other.vault.seal(ann.row(), CONTEXT, bytes("Zebra"))))
                .isEqualTo(former);
        other.clock.pass(Duration.ofSeconds(5));
        byte[] after = other.vault.renew(ann.row(), CONTEXT, before);
        assertThat(other.vault.isCurrent(ann.row(), after)).isTrue();
        assertThat(other.vault.isCurrent(ann.row(), before)).isFalse();
        assertThat(care.rotate(true).left()).isZero();
        assertThat(new Server().vault.open(CONTEXT, before)).isEqualTo(bytes("Zebra"));
        assertThat(rows.shredFormer(former)).isTrue();
        assertThatThrownBy(() -> new Server().vault.open(CONTEXT, before)).isInstanceOf(ShreddedException.class);
        assertThat(new Server().vault.open(CONTEXT, after)).isEqualTo(bytes("Zebra"));
        assertThat(rows.shredFormer(Vault.keyOf(after))).isFalse();
        assertThat(care.shred(ann.fhirId())).isTrue();
        assertThatThrownBy(() -> new Server().vault.open(CONTEXT, after)).isInstanceOf(ShreddedException.class);
    }

    @Test
    void nothingIsSealedForAPlaceThatIsNotListedAndTheListIsWhatTheDocumentationSays() throws Exception {
        assertThatThrownBy(() -> vault.sealText(ann.row(), "chat_messages.metadata:1", "Zebra"))
                .isInstanceOf(IllegalArgumentException.class);
        List<String> documented = new ArrayList<>();
        String table = "";
        String page = Files.readString(Path.of("../docs/encryption.md"));
        Matcher column =
                Pattern.compile("`([a-z_]*)\\.([a-z_]+)`").matcher(page.substring(0, page.indexOf("A value is an")));
        while (column.find()) {
            table = column.group(1).isEmpty() ? table : column.group(1);
            documented.add(table + "." + column.group(2));
        }
        assertThat(SealedColumn.all().stream().map(SealedColumn::name)).containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void nobodyWithoutARowGetsAKey() {
        assertThatThrownBy(() -> vault.seal(UUID.randomUUID(), CONTEXT, bytes("Zebra")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no such patient");
    }

    /** Another server on the same database and keys, with a cache and a clock of its own. */
    private final class Server {
        final MovingClock clock = new MovingClock();
        final KeyRing ring = new KeyRing(new DataKeys(jdbc, clock), masters, new KeyCache(clock), new Ids());
        final Vault vault = new Vault(ring);

        byte[] key(Person person) {
            return ring.ofPatient(person.row()).secret().getEncoded();
        }
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.now();

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
