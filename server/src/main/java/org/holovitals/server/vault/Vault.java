package org.holovitals.server.vault;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.holovitals.server.base.AesGcm;

/** Encrypts what belongs to one patient under a data key of that patient's (AES-256-GCM, key id in the header). */
public final class Vault {
    private final KeyRing keys;

    Vault(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * An envelope of version, key id, nonce and ciphertext. The patient's first makes the key, in the transaction that runs.
     *
     * @param patientId a row of patients
     * @param context what it is, such as {@code chat_messages.content:} and the row's id: it opens under the same only
     * @throws ShreddedException when the patient's key was destroyed
     * @throws IllegalArgumentException of a context that is not listed in {@link SealedColumn}
     */
    public byte[] seal(UUID patientId, String context, byte[] plain) {
        SealedColumn.check(context);
        DataKey key = keys.ofPatient(patientId);
        byte[] header = Envelope.header(key.id());
        return Envelope.join(header, AesGcm.seal(key.secret(), Envelope.additional(header, context), plain));
    }

    /**
     * What was sealed in this context.
     *
     * @throws TamperedException when it was not, whatever it is
     * @throws ShreddedException when its key was destroyed
     */
    public byte[] open(String context, byte[] envelope) {
        Envelope read = Envelope.read(envelope);
        DataKey key = keys.ofId(read.keyId());
        return AesGcm.open(key.secret(), Envelope.additional(read.header(), context), read.sealed())
                .orElseThrow(() -> new TamperedException("An envelope was changed, or stands in another's place"));
    }

    /** Whether an envelope is under the key under which the patient's next value is sealed. */
    public boolean isCurrent(UUID patientId, byte[] envelope) {
        return keys.ofPatient(patientId).id().equals(keyOf(envelope));
    }

    /** The id of the data key that an envelope names. */
    static UUID keyOf(byte[] envelope) {
        return Envelope.read(envelope).keyId();
    }

    /** The same of an envelope in base64. */
    static UUID keyOf(String envelope) {
        return keyOf(decoded(envelope));
    }

    /** What is in an envelope in another one, under the patient's current key. */
    public byte[] renew(UUID patientId, String context, byte[] envelope) {
        return seal(patientId, context, open(context, envelope));
    }

    /** The same in base64. */
    String renew(UUID patientId, String context, String envelope) {
        return Base64.getEncoder().encodeToString(renew(patientId, context, decoded(envelope)));
    }

    /** An envelope of a text in UTF-8, as base64, under the conditions of {@link #seal}. */
    public String sealText(UUID patientId, String context, String plain) {
        return Base64.getEncoder().encodeToString(seal(patientId, context, plain.getBytes(StandardCharsets.UTF_8)));
    }

    /** The text that was sealed in this context, under the same conditions as {@link #open}. */
    public String openText(String context, String sealed) {
        return new String(open(context, decoded(sealed)), StandardCharsets.UTF_8);
    }

    private static byte[] decoded(String sealed) {
        try {
            return Base64.getDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            throw new TamperedException("An envelope is not base64");
        }
    }
}
