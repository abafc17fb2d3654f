package org.holovitals.server.links;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.util.function.SingletonSupplier;

/**
 * Seals what a link leads to into the link (AES-GCM). Whoever has the link reads nothing in it, cannot make another, and
 * opens it only where the same facts hold as when it was made.
 *
 * @param <T> what is sealed, as JSON
 */
public final class SealedLinks<T> {
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Supplier<SecretKeySpec> key;
    private final Class<T> content;
    private final SecureRandom random = new SecureRandom();

    /**
     * Links under a key of their own.
     *
     * @param name of the key
     */
    public SealedLinks(LinkKeys keys, String name, Class<T> content) {
        this.key = SingletonSupplier.of(() -> new SecretKeySpec(keys.of(name), "AES"));
        this.content = content;
    }

    /**
     * Fit for a URL.
     *
     * @param facts that have to hold when it is opened, in this order
     */
    public String seal(List<String> facts, T sealed) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] bytes = cipher(Cipher.ENCRYPT_MODE, nonce, facts).doFinal(JSON.writeValueAsBytes(sealed));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(nonce.length + bytes.length)
                            .put(nonce)
                            .put(bytes)
                            .array());
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** What was sealed under these facts; empty for anything else. */
    public Optional<T> open(List<String> facts, String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length <= NONCE_BYTES) {
                return Optional.empty();
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES), facts);
            return Optional.of(JSON.readValue(cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES), content));
        } catch (IllegalArgumentException | AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("what was sealed here can be read", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, List<String> facts) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.get(), new GCMParameterSpec(TAG_BITS, nonce));
        facts.forEach(fact -> {
            byte[] text = fact.getBytes(StandardCharsets.UTF_8);
            cipher.updateAAD((text.length + ":").getBytes(StandardCharsets.US_ASCII));
            cipher.updateAAD(text);
        });
        return cipher;
    }
}
