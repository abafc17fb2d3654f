package org.holovitals.server.finder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.ServerTest;
import org.holovitals.server.access.Call;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Explanations;
import org.holovitals.server.access.SaidConsents;
import org.holovitals.server.finder.Finding.Kind;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Questions to two patients of the sample; what their answers have to be was worked out from its files. */
final class FinderTest extends ServerTest {
    private static final Logger log = LoggerFactory.getLogger(FinderTest.class);
    private static final double LEAST = 0.97;

    private final Finder finder;
    private final CitationCheck check;
    private final Explanations explanations;
    private final SaidConsents consents;

    @Autowired
    FinderTest(Finder finder, CitationCheck check, Explanations explanations, SaidConsents consents) {
        this.finder = finder;
        this.check = check;
        this.explanations = explanations;
        this.consents = consents;
    }

    private Sample sample(String name) {
        return Sample.shared(client(), name);
    }

    private RecordView own(String patient, String scopes) {
        return new RecordView(patient, caller(UUID.randomUUID().toString(), "patient", "Patient/" + patient, scopes));
    }

    private RecordView own(String patient) {
        return own(patient, "patient/*.rs");
    }

    private Caller caller(String subject, String role, String fhirUser, String scopes) {
        return new Caller(
                subject,
                "test-client",
                "session",
                null,
                fhirUser.startsWith("Patient/") ? fhirUser.substring("Patient/".length()) : null,
                fhirUser,
                Set.of(role),
                explanations.scopes(scopes),
                false,
                Call.from(null));
    }

    private RecordView clinician(String subject, String patient) {
        return new RecordView(patient, caller(subject, "clinician", "Practitioner/7", "user/*.rs"));
    }

    private Finding ask(RecordView view, String question) {
        return finder.find(new Question(question), view);
    }

    /** What of the set was found. */
    private static final class Score {
        int questions;
        int expected;
        int found;
        int cited;
        int right;
        int citations;
        final List<String> wrong = new ArrayList<>();

        double recall() {
            return (double) found / expected;
        }

        double precision() {
            return (double) right / cited;
        }
    }

    @Test
    void theQuestionsOfTheSetAreAnswered() throws IOException {
        Score score = new Score();
        long begin = System.nanoTime();
        for (JsonNode question : questions("questions.json")) {
            score(question, score);
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        log.info(
                "{} questions: {} of {} facts found (recall {}), {} of {} cited resources right (precision {}), {}"
                        + " citations, all true; {} ms",
                score.questions,
                score.found,
                score.expected,
                "%.3f".formatted(score.recall()),
                score.right,
                score.cited,
                "%.3f".formatted(score.precision()),
                score.citations,
                millis);
        score.wrong.forEach(line -> log.info("{}", line));
        assertThat(score.questions).isGreaterThanOrEqualTo(60);
        assertThat(score.recall()).isGreaterThanOrEqualTo(LEAST);
        assertThat(score.precision()).isGreaterThanOrEqualTo(LEAST);
    }

    /** As others would type them: short, with slips, about somebody else, or about what no record tells. */
    @Test
    void nothingIsAnsweredWronglyInOtherPeoplesWords() throws IOException {
        Score score = new Score();
        for (JsonNode question : questions("phrasings.json")) {
            score(question, score);
        }
        log.info(
                "{} questions in other words: {} of {} facts found (recall {}), {} of {} cited resources right (precision {})",
                score.questions,
                score.found,
                score.expected,
                "%.3f".formatted(score.recall()),
                score.right,
                score.cited,
                "%.3f".formatted(score.precision()));
        assertThat(score.questions).isGreaterThanOrEqualTo(40);
        assertThat(score.wrong).isEmpty();
    }

    private static JsonNode questions(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(FinderTest.class.getResourceAsStream(name))) {
            return Sample.json().readTree(file);
        }
    }

    private void score(JsonNode question, Score score) {
        String text = question.path("question").asText();
        Sample sample = sample(question.path("patient").asText());
        Finding finding = ask(own(sample.patient()), text);
        score.questions++;
        String kind = finding.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        if (question.path("kind").asText().equals("unsafe")) {
            assertThat(finding.kind()).as(text).isEqualTo(Kind.UNSAFE);
            assertThat(finding.citations()).as(text).isEmpty();
        } else if (!kind.equals(question.path("kind").asText())) {
            score.wrong.add(text + ": " + kind + " by " + finding.intent());
        }
        assertThat(finding.citations()).as(text).allSatisfy(cited -> {
            assertThat(cited.verified()).as(cited.toString()).isTrue();
            assertThat(isTrue(sample, cited)).as(cited.toString()).isTrue();
        });
        score.citations += finding.citations().size();
        count(question, sample, finding, score);
    }

    /** A reference is another one where it is stored; nothing else that is cited may differ. */
    private static boolean isTrue(Sample sample, Citation cited) {
        return sample.has(sample.name(cited.type() + "/" + cited.id()), cited.value());
    }

    private static void count(JsonNode question, Sample sample, Finding finding, Score score) {
        Set<String> said = new HashSet<>();
        Set<String> resources = new HashSet<>();
        finding.citations().forEach(cited -> {
            String name = sample.name(cited.type() + "/" + cited.id());
            resources.add(name);
            said.add(name + " " + plain(cited.value()));
        });
        Set<String> wanted = new HashSet<>();
        for (JsonNode fact : question.path("facts")) {
            wanted.add(fact.path("resource").asText());
            score.expected++;
            if (said.contains(fact.path("resource").asText() + " "
                    + plain(fact.path("value").asText()))) {
                score.found++;
            } else {
                score.wrong.add(question.path("question").asText() + ": missing " + fact + " by " + finding.intent());
            }
        }
        score.cited += resources.size();
        long right = resources.stream().filter(wanted::contains).count();
        score.right += (int) right;
        if (right < resources.size()) {
            score.wrong.add(question.path("question").asText() + ": " + (resources.size() - right) + " too many by "
                    + finding.intent());
        }
    }

    /** Digits may be written with more zeros. */
    private static String plain(String value) {
        return value.matches("-?\\d+\\.\\d+")
                ? new java.math.BigDecimal(value).stripTrailingZeros().toPlainString()
                : value.matches("-?\\d+")
                        ? new java.math.BigDecimal(value).stripTrailingZeros().toPlainString()
                        : value;
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        RecordView view = own(sample("rafael").patient());
        assertThat(ask(view, "What are my active conditions?").sentences())
                .isEqualTo(ask(view, "What are my active conditions?").sentences());
    }

    @Test
    void everyFalseCitationIsCaught() {
        RecordView view = own(sample("rafael").patient());
        Citation right = ask(view, "What was my last cholesterol?").citations().get(1);
        String other = ask(own(sample("imelda").patient()), "What is my creatinine?")
                .citations()
                .get(1)
                .id();
        String value = ask(own(sample("imelda").patient()), "What is my creatinine?")
                .citations()
                .get(1)
                .value();
        assertThat(right.path()).isEqualTo("Observation.value.value");
        assertThat(check.check(view, List.of(right))).containsExactly(right);

        List<Citation> wrong = List.of(
                new Citation(right.type(), right.id(), right.version(), right.path(), right.value() + "1", true),
                new Citation(right.type(), right.id(), right.version(), right.path(), "", true),
                new Citation(right.type(), right.id(), right.version() + 1, right.path(), right.value(), true),
                new Citation(right.type(), right.id(), 0, right.path(), right.value(), true),
                new Citation(right.type(), other, 1, "Observation.value.value", value, true),
                new Citation(right.type(), "made-up-" + right.id(), 1, right.path(), right.value(), true),
                new Citation("Condition", right.id(), right.version(), right.path(), right.value(), true),
                new Citation("Nothing", right.id(), right.version(), "Nothing.value", right.value(), true),
                new Citation(right.type(), right.id(), right.version(), "Observation.value.code", right.value(), true),
                new Citation(right.type(), right.id(), right.version(), "Observation.nope", right.value(), true),
                new Citation(right.type(), right.id(), right.version(), "Observation.value", right.value(), true),
                new Citation(right.type(), right.id(), right.version(), "'" + right.value() + "'", right.value(), true),
                new Citation(
                        right.type(),
                        right.id(),
                        right.version(),
                        "Observation.select('" + right.value() + "')",
                        right.value(),
                        true),
                new Citation(right.type(), right.id(), right.version(), "Observation.value.value | '5'", "5", true),
                new Citation(
                        right.type(),
                        right.id(),
                        right.version(),
                        "Observation.id.replaceMatches('.*','5')",
                        "5",
                        true),
                new Citation(right.type(), right.id(), right.version(), "Observation..value", right.value(), true),
                new Citation(right.type(), right.id(), right.version(), "", right.value(), true));
        assertThat(check.check(view, wrong)).hasSameSizeAs(wrong).noneMatch(Citation::verified);
    }

    @Test
    void ofAChangedResourceOnlyTheCurrentVersionIsAFact() {
        String patient = client().create()
                .resource(new org.hl7.fhir.r4.model.Patient())
                .execute()
                .getId()
                .getIdPart();
        Observation glucose = glucose(patient, "95", "2026-01-02");
        String id = client().create().resource(glucose).execute().getId().getIdPart();
        glucose.setId(id);
        ((Quantity) glucose.getValue()).setValue(96);
        client().update().resource(glucose).execute();

        assertThat(check.check(
                        own(patient),
                        List.of(
                                new Citation("Observation", id, 1, "Observation.value.value", "95", true),
                                new Citation("Observation", id, 1, "Observation.code.coding.code", "2339-0", true),
                                new Citation("Observation", id, 2, "Observation.value.value", "96", false))))
                .extracting(Citation::verified)
                .containsExactly(false, false, true);
        assertThat(ask(own(patient), "What is my glucose?").text())
                .contains("96 mg/dL")
                .doesNotContain("95");

        client().delete().resourceById("Observation", id).execute();
        assertThat(ask(own(patient), "What is my glucose?").kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(check.check(
                        own(patient),
                        List.of(new Citation("Observation", id, 2, "Observation.value.value", "96", true))))
                .noneMatch(Citation::verified);
    }

    private static Observation glucose(String patient, String value, String day) {
        Observation observation = new Observation()
                .setStatus(Observation.ObservationStatus.FINAL)
                .setSubject(new Reference("Patient/" + patient))
                .setCode(new CodeableConcept()
                        .setText("Glucose")
                        .addCoding(new Coding("http://loinc.org", "2339-0", null)))
                .setEffective(new DateTimeType(day))
                .setValue(new Quantity()
                        .setValue(new java.math.BigDecimal(value))
                        .setUnit("mg/dL")
                        .setSystem("http://unitsofmeasure.org")
                        .setCode("mg/dL"));
        observation.addCategory(new CodeableConcept()
                .addCoding(
                        new Coding("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", null)));
        return observation;
    }

    @Test
    void aResultIsOutOfRangeWhereTheLaboratorySaysSo() {
        String patient = client().create()
                .resource(new org.hl7.fhir.r4.model.Patient())
                .execute()
                .getId()
                .getIdPart();
        Observation flagged = glucose(patient, "250", "2026-01-01");
        flagged.addInterpretation(new CodeableConcept()
                .addCoding(
                        new Coding("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "H", "High")));
        Observation beyond = glucose(patient, "61", "2026-01-02");
        beyond.addReferenceRange().setLow(new Quantity(70)).setHigh(new Quantity(99));
        Observation within = glucose(patient, "80", "2026-01-03");
        within.addReferenceRange().setLow(new Quantity(70)).setHigh(new Quantity(99));
        Observation alone = glucose(patient, "500", "2026-01-04");
        for (Observation each : List.of(flagged, beyond, within, alone)) {
            client().create().resource(each).execute();
        }

        assertThat(ask(own(patient), "Which of my results are out of range?").sentences())
                .extracting(Sentence::text)
                .containsExactly(
                        "Glucose: 61 mg/dL, range given with it: from 70 to 99, on 2026-01-02.",
                        "Glucose: 250 mg/dL, flag H, on 2026-01-01.");
        assertThat(ask(own(patient), "How did my blood sugar change?")
                        .sentences()
                        .get(0)
                        .text())
                .isEqualTo(
                        "Glucose: 4 values; the last, 500, is higher than the first, 250; the lowest is 61, the highest"
                                + " 500.");
    }

    @Test
    void aPartThatAConsentLeavesOutIsClosedWhetherOrNotThereIsAny() {
        String subject = UUID.randomUUID().toString();
        String full = sample("rafael").patient();
        String empty = client().create()
                .resource(new org.hl7.fhir.r4.model.Patient())
                .execute()
                .getId()
                .getIdPart();
        for (String patient : List.of(full, empty)) {
            consents.grant(subject, patient, EnumSet.of(Part.TEST_RESULTS, Part.ALLERGIES), Action.READ);
        }
        for (String question :
                List.of("What medications am I taking?", "What is my weight?", "What are my conditions?")) {
            Finding ofFull = ask(clinician(subject, full), question);
            assertThat(ofFull.kind()).as(question).isEqualTo(Kind.CLOSED);
            assertThat(ofFull.sentences())
                    .isEqualTo(ask(clinician(subject, empty), question).sentences());
        }
        assertThat(ask(clinician(subject, full), "What am I allergic to?").citations())
                .isNotEmpty();
        assertThat(ask(clinician(subject, full), "What is my cholesterol?").citations())
                .isNotEmpty();
        Finding searched = ask(clinician(subject, full), "Tell me about my cystitis");
        assertThat(searched.citations()).isEmpty();
        assertThat(searched.text())
                .contains("Not looked at, since your access does not open it: medications, conditions");
    }

    @Test
    void aDenialAndAnEndedConsentCloseAtOnce() {
        String subject = UUID.randomUUID().toString();
        String patient = sample("rafael").patient();
        consents.grant(subject, patient, EnumSet.of(Part.ALL_PHI), Action.READ);
        assertThat(ask(clinician(subject, patient), "What am I allergic to?").kind())
                .isEqualTo(Kind.FOUND);
        consents.deny(subject, patient, Part.ALLERGIES);
        assertThat(ask(clinician(subject, patient), "What am I allergic to?").kind())
                .isEqualTo(Kind.CLOSED);
        consents.end(subject);
        assertThat(ask(clinician(subject, patient), "What is my blood pressure?")
                        .kind())
                .isEqualTo(Kind.CLOSED);
    }

    @Test
    void theScopesOfTheAppBindTheFinderAsTheyBindASearch() {
        String patient = sample("rafael").patient();
        RecordView narrow = own(patient, "patient/Observation.rs?category=laboratory patient/Condition.r");
        assertThat(ask(narrow, "What is my cholesterol?").kind()).isEqualTo(Kind.FOUND);
        assertThat(ask(narrow, "What is my blood pressure?").kind()).isEqualTo(Kind.CLOSED);
        assertThat(ask(narrow, "What are my active conditions?").kind())
                .as("r without s does not search")
                .isEqualTo(Kind.CLOSED);
        assertThat(ask(own(patient, "patient/*.read"), "What are my active conditions?")
                        .kind())
                .isEqualTo(Kind.FOUND);
    }

    @Test
    void ofAnotherPatientNothingIsFound() {
        RecordView strange = new RecordView(
                sample("imelda").patient(),
                caller("x", "patient", "Patient/" + sample("rafael").patient(), "patient/*.rs user/*.rs"));
        for (String question :
                List.of("What is my blood pressure?", "List my allergies", "When was I born?", "anemia")) {
            assertThat(ask(strange, question).citations()).as(question).isEmpty();
            assertThat(ask(strange, question).kind()).as(question).isEqualTo(Kind.CLOSED);
        }
    }
}
