package org.holovitals.server.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.holovitals.server.egress.Identifiers.Name;

/** What is known of a patient does not leave, however it is written; what is not an identifier stays. */
final class MaskingTest {
    private static final Pattern PARTS = Pattern.compile("[ '\\-]");
    private static final LocalDate NEWEST = LocalDate.of(2024, 6, 30);
    private static final List<String> NAMES = List.of(
            "Müller",
            "O'Brien",
            "Anne-Marie",
            "José",
            "Zoë",
            "García Márquez",
            "Łukasz",
            "Søren",
            "Smith",
            "Nguyễn",
            "Bartholomäus",
            "D'Angelo",
            "Ziemann98",
            "Ng",
            "Weiß",
            "Åström");
    private static final List<String> SENTENCES = List.of(
            "seen by %s for asthma", "%s reports less pain", "ferritin 69 ng/mL (%s)", "daughter: %s, aged 12", "%s");

    /** Somebody, and a text in which he stands in some spelling. */
    record Written(String given, String family, String spelling, String sentence) {
        String text() {
            return sentence.formatted(spelling);
        }

        Masking masking() {
            return new Masking(Identifiers.of(List.of(Name.of(given, family)), List.of()), new RelativeDates(NEWEST));
        }
    }

    @Provide
    Arbitrary<Written> written() {
        Arbitrary<String> names = Arbitraries.of(NAMES);
        return Combinators.combine(names, names, Arbitraries.of(SENTENCES), Arbitraries.longs())
                .as((given, family, sentence, seed) ->
                        new Written(given, family, spelling(given, family, new Random(seed)), sentence));
    }

    /** Case, order, marks, and what stands within and between the words are changed. */
    private static String spelling(String given, String family, Random random) {
        boolean isFamilyFirst = random.nextBoolean();
        String between = List.of(" ", ", ", ",", "_", "-", ".", " . ", "  ", "\t", "/", "\u00a0", "; ")
                .get(random.nextInt(12));
        String whole = isFamilyFirst ? family + between + given : given + between + family;
        StringBuilder spelled = new StringBuilder();
        boolean isWithoutMarks = random.nextInt(3) == 0;
        boolean isDecomposed = random.nextInt(3) == 0;
        int style = random.nextInt(4);
        for (char sign : Normalizer.normalize(whole, isDecomposed ? Normalizer.Form.NFD : Normalizer.Form.NFC)
                .toCharArray()) {
            String letter = isWithoutMarks
                    ? Normalizer.normalize(String.valueOf(sign), Normalizer.Form.NFD)
                            .replaceAll("\\p{M}", "")
                    : String.valueOf(sign);
            boolean isUpper = style == 0 || (style == 1 && random.nextBoolean());
            boolean isLower = style == 2;
            spelled.append(
                    isUpper ? letter.toUpperCase(Locale.ROOT) : isLower ? letter.toLowerCase(Locale.ROOT) : letter);
            if (style == 3 && Character.isLetter(sign)) {
                spelled.append(".");
            }
        }
        return spelled.toString();
    }

    @Property(tries = 3000)
    void noKnownNameLeavesInAnySpelling(@ForAll("written") Written written) {
        String masked = written.masking().mask(written.text());
        Set<String> left = Arrays.stream(masked.split("[^\\p{L}\\p{M}\\p{N}]+"))
                .map(MaskingTest::plain)
                .collect(Collectors.toSet());
        for (String name : List.of(written.given(), written.family())) {
            for (String word : PARTS.splitAsStream(name).toList()) {
                if (word.length() > 1) {
                    assertThat(left).as(written.text() + " -> " + masked).doesNotContain(plain(word));
                }
            }
            assertThat(plain(masked)).as(written.text() + " -> " + masked).doesNotContain(plain(name) + plain(name));
        }
        assertThat(plain(masked))
                .as(written.text() + " -> " + masked)
                .doesNotContain(plain(written.given()) + plain(written.family()))
                .doesNotContain(plain(written.family()) + plain(written.given()));
    }

    /** An oracle that shares nothing with what it judges. */
    private static String plain(String text) {
        return Normalizer.normalize(
                        text.toLowerCase(Locale.ROOT)
                                .replace("ß", "ss")
                                .replace("ø", "o")
                                .replace("ł", "l"),
                        Normalizer.Form.NFKD)
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }

    @Property(tries = 1000)
    void noNumberOfAPersonLeavesHoweverItIsCut(@ForAll Random random) {
        String number = String.valueOf(1_000_000L + random.nextInt(900_000_000));
        StringBuilder cut = new StringBuilder();
        number.chars().forEach(digit -> cut.append((char) digit)
                .append(random.nextInt(4) == 0 ? List.of("-", " ", ".", "/").get(random.nextInt(4)) : ""));
        Masking masking = new Masking(Identifiers.of(List.of(), List.of("MRN-" + number)), new RelativeDates(NEWEST));
        assertThat(masking.mask("number " + cut + " of the record").replaceAll("\\D", ""))
                .doesNotContain(number);
    }

    private static String mask(String text) {
        return mask(text, new RelativeDates(NEWEST));
    }

    private static String mask(String text, RelativeDates dates) {
        return new Masking(
                        Identifiers.of(
                                List.of(Name.of("Anna", "Brown")),
                                List.of("a.brown@mail.example", "+1 (555) 010-2233", "12 Elm Court", "19800402")),
                        dates)
                .mask(text);
    }

    @Example
    void whatLooksLikeAnIdentifierIsMaskedToo() {
        assertThat(mask("mail jo@x.org, phone 555-123-4567, 12 Oak Street, MRN: 00-77A, SSN 123-45-6789, www.x.org/a"))
                .isEqualTo("mail [***], phone [***], [***], [***], [***], [***]");
        assertThat(mask("Brown's, BROWNS, abrown and A. Brown")).isEqualTo("[***], [***], [***] and [***]");
    }

    @Example
    void whatIsMeasuredStaysAsItIs() {
        String text = "Ferritin 69.5 ng/mL; blood pressure 120/80 mmHg; 5000 units; LOINC 2276-4; range 13 - 150 [2]";
        assertThat(mask(text)).isEqualTo(text);
    }

    @Example
    void datesAreDistancesAndComeBack() {
        RelativeDates dates = new RelativeDates(NEWEST);
        String text = "on 2024-06-01T08:30:00Z, 2024-06-30, March 3, 2024 and 2023-12; since 2019 (2001); 4 May 2024";
        String hidden = mask(text, dates);
        assertThat(hidden).isEqualTo("on D-29, D+0, D-119 and M-6; since Y-5 (Y-23); D-57");
        assertThat(dates.restore(hidden))
                .isEqualTo("on 2024-06-01, 2024-06-30, 2024-03-03 and 2023-12; since 2019 (2001); 2024-05-04");
        assertThat(mask("born 1980-04-02, seen 3/4/2021 and on June 5th"))
                .isEqualTo("born [***], seen [***] and on [***]");
        assertThat(RelativeDates.newest(List.of("a 2020-01-02", "b 2023-05-06").stream(), NEWEST))
                .isEqualTo(LocalDate.of(2023, 5, 6));
    }

    @Example
    void whatOnlyLooksLikeADistanceIsNoDate() {
        RelativeDates dates = new RelativeDates(NEWEST);
        assertThat(dates.restore(mask("vitamin D-3 on 2024-06-27 and 2024-06-29", dates) + " D-77"))
                .isEqualTo("vitamin D-3 on D-3 and 2024-06-29 D-77");
    }

    @Example
    void ofAResourceOnlyCodesValuesAndDatesAreSaid() {
        assertThat(Structured.of("Observation", """
                        {"resourceType":"Observation","status":"final","text":{"div":"Anna Brown"},
                         "identifier":[{"value":"77"}],"note":[{"text":"Anna worries"}],"subject":{"display":"Anna Brown"},
                         "code":{"text":"Anna's ferritin","coding":[{"system":"http://loinc.org","code":"2276-4","display":"Ferritin"},
                           {"system":"urn:local","code":"ANNA","display":"Anna"}]},
                         "performer":[{"display":"Dr. White"}],"effectiveDateTime":"2024-04-01",
                         "valueQuantity":{"value":69.5,"unit":"ng/mL","system":"http://unitsofmeasure.org","code":"ng/mL"},
                         "referenceRange":[{"low":{"value":13,"unit":"ng/mL"},"text":"as Anna had before"}]}
                        """))
                .isEqualTo("Observation status final; code Ferritin (LOINC 2276-4); effective date time 2024-04-01;"
                        + " value quantity 69.5 ng/mL; low 13 ng/mL");
    }
}
