package org.holovitals.server.links;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.holovitals.server.base.AesGcm;
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

    private final Supplier<SecretKey> key;
    private final Class<T> content;

    /**
     * Links under a key of their own.
     *
     * @param name of the key
     */
    public SealedLinks(LinkKeys keys, String name, Class<T> content) {
        this.key = SingletonSupplier.of(() -> AesGcm.key(keys.of(name)));
        this.content = content;
    }

    /**
     * Fit for a URL.
     *
     * @param facts that have to hold when it is opened, in this order
     */
    public String seal(List<String> facts, T sealed) {
        try {
            byte[] bytes = AesGcm.seal(key.get(), bytes(facts), JSON.writeValueAsBytes(sealed));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is sealed can be written", e);
        }
    }

    /** What was sealed under these facts; empty for anything else. */
    public Optional<T> open(List<String> facts, String text) {
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(text);
            Optional<byte[]> opened = AesGcm.open(key.get(), bytes(facts), ByteBuffer.wrap(sealed));
            return opened.isEmpty() ? Optional.empty() : Optional.of(JSON.readValue(opened.get(), content));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("what was sealed here can be read", e);
        }
    }

    /** Each with its length in front, so that no two lists of facts are the same bytes. */
    private static byte[] bytes(List<String> facts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        facts.forEach(fact -> {
            byte[] text = fact.getBytes(StandardCharsets.UTF_8);
            all.writeBytes((text.length + ":").getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(text);
        });
        return all.toByteArray();
    }
}
