package org.holovitals.server.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards that the test signs itself. */
final class HealthCardsTest {
    private static final String ISSUER = "https://issuer.example/cards";
    private static final String BUNDLE = """
            {"resourceType":"Bundle","type":"collection","entry":[
             {"fullUrl":"resource:0","resource":{"resourceType":"Patient","name":[{"family":"Card","given":["Ada"]}],
              "birthDate":"1970-01-02"}},
             {"fullUrl":"resource:1","resource":{"resourceType":"Immunization","status":"completed",
              "vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"207"}]},
              "patient":{"reference":"resource:0"},"occurrenceDateTime":"2021-01-01"}}]}
            """;

    private final ECKey key = newKey();
    private HealthCards cards = new HealthCards(null, files());

    @BeforeEach
    void pin(@TempDir Path folder) throws IOException {
        Path issuers = folder.resolve("issuers.json");
        Files.writeString(issuers, "{\"" + ISSUER + "\":" + new JWKSet(key.toPublicJWK()) + "}");
        cards = new HealthCards(issuers, files());
    }

    private static FhirFiles files() {
        return new FhirFiles(FhirContext.forR4Cached(), 1 << 20);
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSignedCardIsReadAsFileAndAsTextOfItsCode() throws Exception {
        String card = card(key, ISSUER, BUNDLE);
        List<Piece> pieces = read("{\"verifiableCredential\":[\"" + card + "\"]}");
        assertThat(pieces.stream().map(Piece::type)).containsExactly("Patient", "Immunization");
        assertThat(pieces.get(0).fullUrl()).startsWith("urn:uuid:");
        assertThat(pieces.get(1).json())
                .contains("\"reference\":\"" + pieces.get(0).fullUrl() + "\"");
        StringBuilder digits = new StringBuilder("shc:/");
        card.chars().forEach(character -> digits.append("%02d".formatted(character - 45)));
        assertThat(read(digits.toString())).isEqualTo(pieces);
        assertThat(HealthCards.isOne(digits.toString().getBytes(US_ASCII))).isTrue();
    }

    @Test
    void aCardThatNobodyKnownHasSignedIsRefused() throws Exception {
        refuses(card(newKey(), ISSUER, BUNDLE), ProblemType.IMPORT_SIGNATURE);
        refuses(card(key, "https://elsewhere.example", BUNDLE), ProblemType.IMPORT_SIGNATURE);
        String card = card(key, ISSUER, BUNDLE);
        String other = card(key, ISSUER, BUNDLE.replace("207", "208"));
        refuses(
                card.substring(0, card.lastIndexOf('.')) + other.substring(other.lastIndexOf('.')),
                ProblemType.IMPORT_SIGNATURE);
        refuses("e30.e30.e30", ProblemType.IMPORT_BROKEN);
        refuses(card.substring(0, card.length() / 2), ProblemType.IMPORT_BROKEN);
        refuses(card(key, ISSUER, BUNDLE + " ".repeat(2 << 20)), ProblemType.IMPORT_TOO_LARGE);
        assertThatThrownBy(() -> new HealthCards(null, files()).read(content(file(card)), sink(new ArrayList<>())))
                .isInstanceOf(Problem.class);
    }

    private void refuses(String card, ProblemType type) {
        assertThatThrownBy(() -> read(file(card)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(type));
    }

    private static String file(String card) {
        return "{\"verifiableCredential\":[\"" + card + "\"]}";
    }

    private static org.holovitals.server.importing.FhirPieces.Content content(String text) {
        return () -> new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private List<Piece> read(String text) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        cards.read(content(text), sink(pieces));
        return pieces;
    }

    private static Sink sink(List<Piece> pieces) {
        return new Sink() {
            @Override
            public void file() {}

            @Override
            public void piece(Piece piece) {
                pieces.add(piece);
            }

            @Override
            public void loss(String what) {}
        };
    }

    private static String card(ECKey key, String issuer, String bundle) throws Exception {
        String payload = "{\"iss\":\"" + issuer + "\",\"nbf\":1620992383,\"vc\":{\"credentialSubject\":"
                + "{\"fhirVersion\":\"4.0.1\",\"fhirBundle\":" + bundle + "}}}";
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out =
                new DeflaterOutputStream(deflated, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            out.write(payload.getBytes(UTF_8));
        }
        JWSObject signed = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(key.getKeyID())
                        .customParam("zip", "DEF")
                        .build(),
                new Payload(deflated.toByteArray()));
        signed.sign(new ECDSASigner(key));
        return signed.serialize();
    }
}
