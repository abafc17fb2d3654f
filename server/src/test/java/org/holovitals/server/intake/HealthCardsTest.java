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
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.holovitals.server.Heap;
import org.holovitals.server.Spoiler;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cards that the test signs itself. */
final class HealthCardsTest {
    private static final Logger log = LoggerFactory.getLogger(HealthCardsTest.class);
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
        String code = "shc:/" + digits(card);
        assertThat(read(code)).isEqualTo(pieces);
        assertThat(HealthCards.isOne(code.getBytes(US_ASCII))).isTrue();
        assertThat(read(
                        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"verifiableCredential\",\"valueString\":\""
                                + card + "\"}]}"))
                .isEqualTo(pieces);
    }

    @Test
    void aCardInSeveralCodesIsJoinedWhateverTheirOrder() throws Exception {
        String card = card(key, ISSUER, BUNDLE);
        String first = "shc:/1/3/" + digits(card.substring(0, 100));
        String second = "shc:/2/3/" + digits(card.substring(100, 200));
        String third = "shc:/3/3/" + digits(card.substring(200));
        List<Piece> pieces = read("shc:/" + digits(card));
        assertThat(read(third + "\n" + first + "\r\n" + second)).isEqualTo(pieces);
        assertThatThrownBy(() -> read(third + "\n" + first))
                .hasMessage("The card is in 3 QR codes, of which number 2 is missing");
        assertThatThrownBy(() -> read("shc:/0/1/5676 shc:/1/1/5676"))
                .hasMessage("The numbers of the QR codes are not those of one card");
        assertThatThrownBy(() -> read("shc:/567")).hasMessage("The text of a QR code is not whole");
    }

    @Test
    void aFileWithSeveralCardsHasThePiecesOfEach() throws Exception {
        String one = card(key, ISSUER, BUNDLE);
        String other = card(key, ISSUER, BUNDLE.replace("207", "208"));
        List<Piece> pieces = read("{\"verifiableCredential\":[\"" + one + "\",\"" + other + "\"]}");
        assertThat(pieces.stream().map(Piece::type))
                .containsExactly("Patient", "Immunization", "Patient", "Immunization");
        assertThat(pieces.stream().map(Piece::fullUrl)).doesNotHaveDuplicates();
        assertThat(read("shc:/" + digits(one) + "\nshc:/" + digits(other))).isEqualTo(pieces);
    }

    private static String digits(String card) {
        StringBuilder digits = new StringBuilder();
        card.chars().forEach(character -> digits.append("%02d".formatted(character - 45)));
        return digits.toString();
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

    /** A hundred, or as many as -Dholovitals.fuzz says: signed all the same, so that what is in them is read. */
    @Test
    void whatIsSpoiledBeforeItIsSignedIsReadOrRefused() throws Exception {
        Spoiler spoiler = new Spoiler(3);
        long before = Heap.used();
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int round = 0; round < Integer.getInteger("holovitals.fuzz", 50); round++) {
            String bundle = new String(spoiler.spoil(BUNDLE.getBytes(UTF_8)), UTF_8);
            String card =
                    new String(spoiler.spoil(file(card(key, ISSUER, bundle)).getBytes(UTF_8)), UTF_8);
            for (String text : List.of(file(card(key, ISSUER, bundle)), card)) {
                outcomes.merge(outcome(text), 1, Integer::sum);
            }
        }
        log.info("Spoiled cards: {}; {} MB of heap before, {} MB after", outcomes, before, Heap.used());
    }

    private String outcome(String text) {
        try {
            assertThat(read(text)).isNotEmpty();
            return "read";
        } catch (Problem e) {
            assertThat(e.type().name()).startsWith("IMPORT_");
            return e.type().name();
        } catch (IOException e) {
            ProblemType type = BadFile.of(e).type();
            assertThat(type).isIn(ProblemType.IMPORT_BROKEN, ProblemType.IMPORT_ENCODING);
            return type.name();
        }
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
