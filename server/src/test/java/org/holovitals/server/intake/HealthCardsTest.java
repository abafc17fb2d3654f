package org.holovitals.server.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import com.nimbusds.jose.jwk.ECKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holovitals.server.Heap;
import org.holovitals.server.Spoiler;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cards that the test signs itself. */
final class HealthCardsTest {
    private static final Logger log = LoggerFactory.getLogger(HealthCardsTest.class);
    private static final String ISSUER = TestCards.ISSUER;
    private static final String BUNDLE = TestCards.bundle("Card");

    private final ECKey key = TestCards.KEY;
    private final HealthCards cards = new HealthCards(TestCards.issuers(), files());

    private static FhirFiles files() {
        return new FhirFiles(FhirContext.forR4Cached(), 1 << 20);
    }

    @Test
    void aSignedCardIsReadAsFileAndAsTextOfItsCode() throws Exception {
        String card = TestCards.card(key, ISSUER, BUNDLE);
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
        String card = TestCards.card(key, ISSUER, BUNDLE);
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
        String one = TestCards.card(key, ISSUER, BUNDLE);
        String other = TestCards.card(key, ISSUER, BUNDLE.replace("207", "208"));
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
        refuses(TestCards.card(TestCards.newKey(), ISSUER, BUNDLE), ProblemType.IMPORT_SIGNATURE);
        refuses(TestCards.card(key, "https://elsewhere.example", BUNDLE), ProblemType.IMPORT_SIGNATURE);
        String card = TestCards.card(key, ISSUER, BUNDLE);
        String other = TestCards.card(key, ISSUER, BUNDLE.replace("207", "208"));
        refuses(
                card.substring(0, card.lastIndexOf('.')) + other.substring(other.lastIndexOf('.')),
                ProblemType.IMPORT_SIGNATURE);
        refuses("e30.e30.e30", ProblemType.IMPORT_BROKEN);
        refuses(card.substring(0, card.length() / 2), ProblemType.IMPORT_BROKEN);
        refuses(TestCards.card(key, ISSUER, BUNDLE + " ".repeat(2 << 20)), ProblemType.IMPORT_TOO_LARGE);
        assertThatThrownBy(() ->
                        new HealthCards(null, files()).read(content(TestCards.file(card)), sink(new ArrayList<>())))
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
            String card = new String(
                    spoiler.spoil(
                            TestCards.file(TestCards.card(key, ISSUER, bundle)).getBytes(UTF_8)),
                    UTF_8);
            for (String text : List.of(TestCards.file(TestCards.card(key, ISSUER, bundle)), card)) {
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
        assertThatThrownBy(() -> read(TestCards.file(card)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(type));
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
}
