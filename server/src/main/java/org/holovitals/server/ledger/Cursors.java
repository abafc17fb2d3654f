package org.holovitals.server.ledger;

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
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.SmartScope;
import org.springframework.util.function.SingletonSupplier;

/**
 * Seals a search and the place where its next page begins into a link. Whoever has the link reads nothing in it, cannot make
 * another, and opens it only as the caller whom it was made for: the same user, app, roles, patient and scopes. What the
 * caller may see is looked at anew on each page all the same.
 */
final class Cursors {
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Supplier<SecretKeySpec> key;
    private final SecureRandom random = new SecureRandom();

    Cursors(LinkKeys keys) {
        this.key = SingletonSupplier.of(() -> new SecretKeySpec(keys.of("ledger"), "AES"));
    }

    /** A search: of which route, by which parameters, and from where on. */
    record Content(String route, Map<String, List<String>> parameters, Position position) {}

    /** Fit for a URL. */
    String seal(Caller caller, Content content) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, caller, content.route())
                    .doFinal(JSON.writeValueAsBytes(content));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** What was sealed for this caller and route; empty for anything else. */
    Optional<Content> open(Caller caller, String route, String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length <= NONCE_BYTES) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            return Optional.of(open(cipher(Cipher.DECRYPT_MODE, nonce, caller, route), bytes));
        } catch (IllegalArgumentException | AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("what was sealed here can be read", e);
        }
    }

    private static Content open(Cipher cipher, byte[] bytes) throws GeneralSecurityException, IOException {
        return JSON.readValue(cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES), Content.class);
    }

    private Cipher cipher(int mode, byte[] nonce, Caller caller, String route) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.get(), new GCMParameterSpec(TAG_BITS, nonce));
        Stream.concat(Stream.of(route), facts(caller)).forEach(fact -> {
            byte[] text = fact.getBytes(StandardCharsets.UTF_8);
            cipher.updateAAD((text.length + ":").getBytes(StandardCharsets.US_ASCII));
            cipher.updateAAD(text);
        });
        return cipher;
    }

    private static Stream<String> facts(Caller caller) {
        return Stream.of(
                caller.subject(),
                caller.client(),
                String.valueOf(caller.patient()),
                String.valueOf(caller.fhirUser()),
                caller.roles().stream().sorted().collect(Collectors.joining(" ")),
                scopes(caller));
    }

    /** In one order, whatever order the token has. */
    private static String scopes(Caller caller) {
        return caller.scopes().granted().stream().map(Cursors::scope).sorted().collect(Collectors.joining(" "));
    }

    private static String scope(SmartScope scope) {
        return scope.level() + "/" + scope.type() + "."
                + scope.interactions().stream().sorted().map(Enum::name).collect(Collectors.joining(","))
                + scope.qualifiers();
    }
}
