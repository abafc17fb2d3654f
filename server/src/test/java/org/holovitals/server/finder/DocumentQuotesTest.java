package org.holovitals.server.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.migrations.Login;
import org.holovitals.server.access.Call;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Explanations;
import org.holovitals.server.access.SaidConsents;
import org.holovitals.server.documents.DocumentFixture;
import org.holovitals.server.finder.Finding.Kind;
import org.holovitals.server.passages.TestDocuments;
import org.holovitals.server.passages.TestDocuments.Asked;
import org.holovitals.server.texts.TestPages;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** Questions that only documents answer. */
final class DocumentQuotesTest extends DocumentFixture {
    private static final Logger log = LoggerFactory.getLogger(DocumentQuotesTest.class);
    private static final double LEAST = 0.6;

    private final ApplicationContext context;
    private final Finder finder;
    private final CitationCheck check;
    private final Explanations explanations;
    private final SaidConsents consents;

    @Autowired
    DocumentQuotesTest(ApplicationContext context, SaidConsents consents, Login login, Environment environment) {
        super(login, environment);
        this.context = context;
        this.finder = context.getBean(Finder.class);
        this.check = context.getBean(CitationCheck.class);
        this.explanations = context.getBean(Explanations.class);
        this.consents = consents;
    }

    private String brought(String name, byte[] file) {
        return json(upload(token, file, name, ""), 201).path("id").asText();
    }

    private void indexed() {
        readTexts(context);
        TestDocuments.index(context);
    }

    private RecordView own(String scopes) {
        return new RecordView(patient, caller(UUID.randomUUID().toString(), "patient", "Patient/" + patient, scopes));
    }

    private Caller caller(String subject, String role, String fhirUser, String scopes) {
        return new Caller(
                subject,
                "test-client",
                "session",
                null,
                fhirUser.startsWith("Patient/") ? patient : null,
                fhirUser,
                Set.of(role),
                explanations.scopes(scopes),
                false,
                Call.from(null));
    }

    /** In a request of its own: consents are asked for once in each. */
    private RecordView asClinician(String subject) {
        return new RecordView(patient, caller(subject, "clinician", "Practitioner/7", "user/*.rs"));
    }

    private Finding ask(RecordView view, String question) {
        return finder.find(new Question(question), view);
    }

    @Test
    void theQuestionsOfTheSetAreAnsweredByQuotesAndTheOthersAreNot() {
        TestDocuments.names().forEach(name -> brought(name, utf8(TestDocuments.text(name))));
        indexed();
        RecordView view = own("patient/*.rs");
        int answered = 0;
        int unsafe = 0;
        List<String> wrong = new ArrayList<>();
        List<Asked> questions = TestDocuments.questions();
        for (Asked asked : questions) {
            Finding finding = ask(view, asked.question());
            assertThat(finding.citations()).as(asked.question()).allMatch(Citation::verified);
            if (finding.kind() == Kind.UNSAFE) {
                // A question of what to take or to do has the fixed words, whatever documents say.
                unsafe += asked.isAnswered() ? 1 : 0;
                continue;
            }
            boolean isRight = asked.isAnswered()
                    ? finding.kind() == Kind.FOUND && finding.text().contains(asked.words())
                    : finding.kind() == Kind.NOT_FOUND;
            answered += asked.isAnswered() && isRight ? 1 : 0;
            if (!isRight) {
                wrong.add(asked.question() + ": " + finding.kind() + " by " + finding.intent() + ": " + finding.text());
            }
        }
        long some = questions.stream().filter(Asked::isAnswered).count() - unsafe;
        long none = wrong.size() - (some - answered);
        log.info(
                "{} of {} questions to documents answered by the right quote, {} unsafe; {} of {} without an answer got one",
                answered,
                some,
                unsafe,
                none,
                questions.stream().filter(asked -> !asked.isAnswered()).count());
        wrong.forEach(line -> log.info("{}", line));
        assertThat((double) answered / some).isGreaterThanOrEqualTo(LEAST);
        assertThat(none).isZero();
        assertThat(unsafe).isLessThanOrEqualTo(12);
    }

    @Test
    void aQuoteIsCitedByPageAndReadAgain() {
        String id = brought(
                "letter.pdf",
                TestPages.pdf(
                        List.of("Letter of the cardiology clinic " + UUID.randomUUID()),
                        List.of("He asked about air travel:", "flights of up to four hours are allowed.")));
        indexed();
        RecordView view = own("patient/*.rs");
        Finding finding = ask(view, "What does the letter say about air travel?");
        assertThat(finding.intent()).isEqualTo("quotes");
        assertThat(finding.sentences().get(0).text())
                .isEqualTo("In the document letter.pdf, page 2: \u201cHe asked about air travel: flights of up to four"
                        + " hours are allowed.\u201d.");
        Citation quote = finding.citations().get(1);
        assertThat(quote)
                .isEqualTo(new Citation(
                        "DocumentReference",
                        id,
                        1,
                        "#page=2",
                        "He asked about air travel: flights of up to four hours are allowed.",
                        true));
        List<Citation> wrong = List.of(
                new Citation("DocumentReference", id, 1, "#page=1", quote.value(), true),
                new Citation("DocumentReference", id, 1, "#page=0", quote.value(), true),
                new Citation("DocumentReference", id, 1, "#page=3", quote.value(), true),
                new Citation("DocumentReference", id, 2, "#page=2", quote.value(), true),
                new Citation(
                        "DocumentReference", id, 1, "#page=2", quote.value().replace("four", "forty"), true),
                new Citation("DocumentReference", id, 1, "#page=2", " ", true),
                new Citation("Observation", id, 1, "#page=2", quote.value(), true),
                new Citation("DocumentReference", UUID.randomUUID().toString(), 1, "#page=2", quote.value(), true));
        assertThat(check.check(view, List.of(quote))).containsExactly(quote);
        assertThat(check.check(view, wrong)).hasSameSizeAs(wrong).noneMatch(Citation::verified);

        String others =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        RecordView other = new RecordView(
                others,
                new Caller(
                        UUID.randomUUID().toString(),
                        "test-client",
                        "session",
                        null,
                        others,
                        "Patient/" + others,
                        Set.of("patient"),
                        explanations.scopes("patient/*.rs"),
                        false,
                        Call.from(null)));
        assertThat(check.check(other, List.of(quote))).noneMatch(Citation::verified);
        assertThat(ask(other, "What does the letter say about air travel?").kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void withoutTheConsentForDocumentsNothingIsQuoted() {
        brought("cardiology-letter.txt", utf8(TestDocuments.text("cardiology-letter.txt") + patient));
        indexed();
        String subject = UUID.randomUUID().toString();
        String question = "What does the letter say about air travel?";
        consents.grant(subject, patient, EnumSet.of(Part.CONDITIONS, Part.TEST_RESULTS), Action.READ);
        assertThat(ask(asClinician(subject), question).citations()).isEmpty();
        consents.grant(subject, patient, EnumSet.of(Part.DOCUMENTS, Part.CLINICAL_NOTES), Action.READ);
        assertThat(ask(asClinician(subject), question).text()).contains("flights of up to four hours");
        consents.deny(subject, patient, Part.DOCUMENTS);
        assertThat(ask(asClinician(subject), question).citations()).isEmpty();
        assertThat(ask(own("patient/Condition.rs patient/Observation.rs"), question)
                        .citations())
                .isEmpty();
        assertThat(ask(own("patient/*.rs"), question).text()).contains("flights of up to four hours");
    }
}
