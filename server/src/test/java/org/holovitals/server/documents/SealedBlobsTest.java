package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.base.AesGcm;
import org.holovitals.server.vault.KeyCare;
import org.holovitals.server.vault.ShreddedException;
import org.holovitals.server.vault.TamperedException;
import org.holovitals.server.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sealed bytes in files; {@link SealedBlobsInS3Test} does the same over the network. */
class SealedBlobsTest extends ServerTest {
    private static final int RECORD = RecordCipher.RECORD_BYTES;
    private static final int SEALED = RECORD + AesGcm.TAG_BYTES;

    private final Vault vault;
    private final KeyCare care;
    private final JdbcClient owner;

    private Path directory;
    private BlobStore files;
    private SealedBlobs blobs;

    @Autowired
    SealedBlobsTest(Vault vault, KeyCare care, Login login) {
        this.vault = vault;
        this.care = care;
        this.owner = asOwner(login);
    }

    @BeforeEach
    void anEmptyStore(@TempDir Path made) throws Exception {
        directory = made;
        files = store(directory);
        blobs = new SealedBlobs(files, vault);
    }

    BlobStore store(Path made) throws Exception {
        return new FileBlobs(made.resolve("blobs"));
    }

    /** Where the bytes of all blobs of a test lie, and whatever is on its way there. */
    List<Path> stored(Path made) throws IOException {
        try (Stream<Path> all = Files.walk(made)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** Where the bytes of a blob lie that a crash left unfinished. */
    Path unfinished(Path made, UUID kept) throws IOException {
        return file(kept).resolveSibling(UUID.randomUUID() + ".new");
    }

    private String patient() {
        return client().create().resource(new Patient()).execute().getId().getIdPart();
    }

    private UUID row(String fhirId) {
        return owner.sql("select id from holovitals.patients where fhir_id = ?")
                .param(fhirId)
                .query(UUID.class)
                .single();
    }

    private UUID put(UUID patient, byte[] plain) throws IOException {
        UUID id = UUID.randomUUID();
        blobs.put(id, patient, new ByteArrayInputStream(plain));
        return id;
    }

    private byte[] read(UUID id) throws IOException {
        try (InputStream in = blobs.open(id).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    private Path file(UUID id) throws IOException {
        return stored(directory).stream()
                .filter(file -> String.valueOf(file.getFileName()).startsWith(id.toString()))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void everyLengthComesBackAsItWasAndNothingOfItIsReadableOnTheDisk() throws Exception {
        UUID patient = row(patient());
        for (int length : List.of(0, 1, RECORD - 1, RECORD, RECORD + 1, 2 * RECORD, 3 * RECORD + 5)) {
            byte[] plain = random(length);
            assertThat(read(put(patient, plain))).as("%s bytes", length).isEqualTo(plain);
        }
        String secret = "Zebra is a word that nobody else has written here";
        Path file = file(put(patient, secret.repeat(3000).getBytes(StandardCharsets.UTF_8)));
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("Zebra");
        if (files instanceof FileBlobs) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatWasChangedCutExtendedOrPutTogetherAnewIsFound() throws Exception {
        UUID id = put(row(patient()), random(3 * RECORD + 5));
        Path file = file(id);
        byte[] whole = Files.readAllBytes(file);
        int begin = whole.length - 3 * SEALED - 5 - AesGcm.TAG_BYTES;
        Random places = new Random(7);
        for (int i = 0; i < 60; i++) {
            byte[] changed = whole.clone();
            int at = i < begin ? i : places.nextInt(whole.length);
            changed[at] ^= (byte) (1 << places.nextInt(Byte.SIZE));
            found(id, file, changed, "byte " + at);
        }
        for (int length : List.of(0, 1, begin, begin + 1, begin + SEALED, begin + 2 * SEALED, whole.length - 1)) {
            found(id, file, Arrays.copyOf(whole, length), "cut at " + length);
        }
        found(id, file, Arrays.copyOf(whole, whole.length + 1), "one byte more");
        byte[] swapped = whole.clone();
        System.arraycopy(whole, begin, swapped, begin + SEALED, SEALED);
        System.arraycopy(whole, begin + SEALED, swapped, begin, SEALED);
        found(id, file, swapped, "two records swapped");
        ByteArrayOutputStream missing = new ByteArrayOutputStream();
        missing.write(whole, 0, begin + SEALED);
        missing.write(whole, begin + 2 * SEALED, whole.length - begin - 2 * SEALED);
        found(id, file, missing.toByteArray(), "a record left out");
        Files.write(file, whole);
        assertThat(read(id)).isEqualTo(random(3 * RECORD + 5));
    }

    private void found(UUID id, Path file, byte[] bytes, String how) throws IOException {
        Files.write(file, bytes);
        Throwable thrown = catchThrowable(() -> read(id));
        assertThat(thrown instanceof IOException ? thrown.getCause() : thrown)
                .as(how)
                .isInstanceOf(TamperedException.class);
    }

    @Test
    void aStreamThatFailedDoesNotEndLikeAWholeOne() throws Exception {
        UUID id = put(row(patient()), random(RECORD + 1));
        Path file = file(id);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 1));
        try (InputStream in = blobs.open(id).orElseThrow()) {
            assertThat(in.readNBytes(RECORD)).isEqualTo(Arrays.copyOf(random(RECORD + 1), RECORD));
            assertThatThrownBy(in::read).isInstanceOf(IOException.class);
            assertThatThrownBy(in::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aBlobUnderAnothersIdIsNotOpened() throws Exception {
        UUID patient = row(patient());
        UUID first = put(patient, random(10));
        UUID second = put(patient, random(11));
        Files.write(file(first), Files.readAllBytes(file(second)));
        assertThatThrownBy(() -> read(first)).isInstanceOf(TamperedException.class);
        assertThat(read(second)).isEqualTo(random(11));
    }

    @Test
    void aRotationLeavesBlobsAloneAndShreddingTakesThemAlong() throws Exception {
        String ann = patient();
        UUID anns = put(row(ann), random(100));
        UUID bobs = put(row(patient()), random(101));
        byte[] before = Files.readAllBytes(file(anns));
        care.rotate(true);
        assertThat(read(anns)).isEqualTo(random(100));
        assertThat(Files.readAllBytes(file(anns))).isEqualTo(before);
        care.shred(ann);
        assertThatThrownBy(() -> read(anns)).isInstanceOf(ShreddedException.class);
        assertThat(read(bobs)).isEqualTo(random(101));
    }

    @Test
    void anotherKeyChangesTheBeginningOnlyAndWhoReadsGoesOn() throws Exception {
        UUID patient = row(patient());
        byte[] plain = random(3 * RECORD);
        UUID id = put(patient, plain);
        byte[] before = Files.readAllBytes(file(id));
        retire(patient);
        try (InputStream reading = blobs.open(id).orElseThrow()) {
            byte[] first = reading.readNBytes(10);
            SealedBlobs.replaceHeader(files, id, vault.renew(patient, SealedBlobs.context(id), header(before)));
            assertThat(first).isEqualTo(Arrays.copyOf(plain, 10));
            assertThat(reading.readAllBytes()).isEqualTo(Arrays.copyOfRange(plain, 10, plain.length));
        }
        byte[] after = Files.readAllBytes(file(id));
        int head = Short.BYTES + header(before).length;
        assertThat(header(after)).isNotEqualTo(header(before));
        assertThat(Arrays.copyOfRange(after, head, after.length))
                .isEqualTo(Arrays.copyOfRange(before, head, before.length));
        assertThat(vault.isCurrent(patient, header(after))).isTrue();
        assertThat(read(id)).isEqualTo(plain);
    }

    @Test
    void bytesThatComeWhileTheKeyIsRenewedEndUnderTheNewOne() throws Exception {
        UUID patient = row(patient());
        UUID id = UUID.randomUUID();
        blobs.put(id, patient, new FilterInputStream(new ByteArrayInputStream(random(RECORD))) {
            @Override
            public void close() {}

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                if (count < 0) {
                    retire(patient);
                }
                return count;
            }
        });
        assertThat(vault.isCurrent(patient, header(Files.readAllBytes(file(id)))))
                .isTrue();
        assertThat(read(id)).isEqualTo(random(RECORD));
    }

    /** From here on another key is the current one. */
    private void retire(UUID patient) {
        assertThat(owner.sql("update holovitals.data_keys set retired_at = now() where patient_id = ?")
                        .param(patient)
                        .update())
                .isPositive();
        care.shred("nobody");
    }

    private static byte[] header(byte[] blob) throws IOException {
        return SealedBlobs.header(new ByteArrayInputStream(blob));
    }

    @Test
    void whatFailsOrIsDeletedLeavesNothingAndTheUnfinishedIsSwept() throws Exception {
        UUID patient = row(patient());
        UUID id = UUID.randomUUID();
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(new byte[2 * RECORD])) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                if (count < 0) {
                    throw new IOException("the client is gone");
                }
                return count;
            }
        };
        assertThatThrownBy(() -> blobs.put(id, patient, broken)).hasMessage("the client is gone");
        assertThat(blobs.open(id)).isEmpty();
        assertThat(names()).isEmpty();

        UUID kept = put(patient, random(10));
        Path unfinished = Files.writeString(unfinished(directory, kept), "half");
        assertThat(before(Instant.EPOCH)).isEmpty();
        assertThat(unfinished).exists();
        assertThat(before(Instant.now().plusSeconds(1))).containsExactly(kept);
        assertThat(unfinished).doesNotExist();
        assertThat(files.delete(kept)).isTrue();
        assertThat(files.delete(kept)).isFalse();
        assertThat(names()).isEmpty();
    }

    private List<UUID> before(Instant time) throws IOException {
        List<UUID> found = new ArrayList<>();
        files.before(time, found::add);
        return found;
    }

    private List<Path> names() throws IOException {
        return stored(directory);
    }
}
