package org.holovitals.server.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.holovitals.server.importing.FhirPieces.Content;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Reads SMART Health Cards (https://spec.smarthealth.cards): bundles that an issuer has signed, as files or as the text of a QR
 * code. The keys of issuers are pinned by the operator; nobody is asked for them over the network.
 */
final class HealthCards {
    private static final String QR = QrTexts.START;
    private static final int MOST_CARDS = 50;
    private static final int MOST_BYTES = 4 << 20;

    /** A card fits into QR codes, so its content is small. */
    private static final int MOST_INFLATED = 1 << 20;

    private static final Pattern LOCAL = Pattern.compile("resource:\\d{1,6}");

    private final @Nullable Path issuers;
    private final FhirFiles fhir;

    /** @param issuers a file of JSON: by the address of each issuer, its JWK set */
    HealthCards(@Nullable Path issuers, FhirFiles fhir) {
        this.issuers = issuers;
        this.fhir = fhir;
    }

    /** Whether a file that begins so has cards in it. */
    static boolean isOne(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        return text.startsWith(QR) || text.contains("\"verifiableCredential\"");
    }

    void read(Content content, Sink sink) throws IOException {
        for (String card : cards(text(content))) {
            sink.file();
            byte[] bundle = bundle(card);
            fhir.read("card", () -> new ByteArrayInputStream(bundle), sink);
        }
    }

    private static String text(Content content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Problem(ProblemType.IMPORT_TOO_LARGE, "Cards may have " + MOST_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8).trim();
        }
    }

    private static List<String> cards(String text) {
        List<String> cards = text.startsWith(QR) ? QrTexts.cards(text) : signed(tree(text));
        if (cards.isEmpty() || cards.size() > MOST_CARDS) {
            throw broken();
        }
        return List.copyOf(cards);
    }

    /** Of a file, or of the answer to FHIR's operation that hands cards out. */
    private static List<String> signed(ObjectNode file) {
        List<String> cards = new ArrayList<>();
        file.path("verifiableCredential").forEach(card -> cards.add(card.asText()));
        file.path("parameter").forEach(parameter -> {
            if (parameter.path("name").asText().equals("verifiableCredential")) {
                cards.add(parameter.path("valueString").asText());
            }
        });
        return cards;
    }

    private byte[] bundle(String card) {
        ObjectNode payload = tree(new String(payload(card), StandardCharsets.UTF_8));
        JsonNode subject = payload.path("vc").path("credentialSubject");
        if (!subject.path("fhirVersion").asText().startsWith("4.0.")) {
            throw new Problem(ProblemType.IMPORT_VERSION, "The card is not of FHIR R4");
        }
        if (!(subject.path("fhirBundle") instanceof ObjectNode bundle)) {
            throw broken();
        }
        rename(bundle, card);
        return Trees.write(bundle).getBytes(StandardCharsets.UTF_8);
    }

    /** The names in a card are only of that card. */
    private static void rename(ObjectNode bundle, String card) {
        bundle.path("entry").forEach(entry -> {
            if (entry instanceof ObjectNode object && entry.path("fullUrl").isTextual()) {
                object.put("fullUrl", named(entry.path("fullUrl").asText(), card));
            }
        });
        Trees.references(
                bundle,
                reference -> reference.put(
                        "reference", named(reference.path("reference").asText(), card)));
    }

    private static String named(String name, String card) {
        return LOCAL.matcher(name).matches()
                ? "urn:uuid:" + UUID.nameUUIDFromBytes((card + name).getBytes(StandardCharsets.US_ASCII))
                : name;
    }

    private byte[] payload(String card) {
        try {
            JWSObject signed = JWSObject.parse(card);
            boolean isCard = JWSAlgorithm.ES256.equals(signed.getHeader().getAlgorithm())
                    && "DEF".equals(signed.getHeader().getCustomParam("zip"));
            if (!isCard) {
                throw new Problem(ProblemType.IMPORT_SIGNATURE, "The card is not signed as cards are (ES256)");
            }
            byte[] payload = inflate(signed.getPayload().toBytes());
            String issuer = tree(new String(payload, StandardCharsets.UTF_8))
                    .path("iss")
                    .asText();
            JWK key = key(issuer, signed.getHeader().getKeyID());
            if (!signed.verify(new ECDSAVerifier(key.toECKey()))) {
                throw new Problem(ProblemType.IMPORT_SIGNATURE, "The card was changed after it was signed");
            }
            return payload;
        } catch (ParseException | JOSEException | ClassCastException e) {
            throw broken();
        }
    }

    private JWK key(String issuer, @Nullable String id) throws ParseException {
        JsonNode keys = pinned().path(issuer);
        JWK key =
                keys.isObject() && id != null ? JWKSet.parse(Trees.write(keys)).getKeyByKeyId(id) : null;
        if (key == null) {
            throw new Problem(
                    ProblemType.IMPORT_SIGNATURE, "The card is of an issuer, or under a key, that is not known here");
        }
        return key;
    }

    private ObjectNode pinned() {
        try {
            return issuers == null ? Trees.object() : Trees.read(Files.readString(issuers));
        } catch (IOException e) {
            throw new IllegalStateException(issuers + " cannot be read", e);
        }
    }

    private static byte[] inflate(byte[] deflated) {
        Inflater inflater = new Inflater(true);
        ByteArrayOutputStream inflated = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 13];
        try {
            inflater.setInput(deflated);
            for (int count = inflater.inflate(buffer); count > 0; count = inflater.inflate(buffer)) {
                inflated.write(buffer, 0, count);
                if (inflated.size() > MOST_INFLATED) {
                    throw new Problem(ProblemType.IMPORT_TOO_LARGE, "A card inflates to more than cards hold");
                }
            }
            if (!inflater.finished()) {
                throw broken();
            }
            return inflated.toByteArray();
        } catch (DataFormatException e) {
            throw broken();
        } finally {
            inflater.end();
        }
    }

    private static ObjectNode tree(String json) {
        return Trees.parse(json).orElseThrow(HealthCards::broken);
    }

    private static Problem broken() {
        return new Problem(ProblemType.IMPORT_BROKEN, "The file is no whole SMART Health Card");
    }
}
