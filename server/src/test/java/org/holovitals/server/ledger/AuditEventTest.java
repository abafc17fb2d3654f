package org.holovitals.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.SearchStyleEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.IValidatorModule;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.Coding;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditLogs;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code /fhir/AuditEvent} is the audit log, for those who may read it. */
final class AuditEventTest extends LedgerFixture {
    private static final String BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final Instant WHEN = Instant.parse("2026-10-05T08:09:10.123456Z");

    /** Of those rows; what the test asks leaves rows of today. */
    private static final String DAY = "2026-10-05";

    private final FhirContext fhir;
    private final IValidatorModule validator;
    private final String key = UUID.randomUUID().toString();

    @Autowired
    AuditEventTest(AuditLogs logs, JdbcClient jdbc, FhirContext fhir, IValidatorModule validator) {
        super(logs, jdbc);
        this.fhir = fhir;
        this.validator = validator;
    }

    @Test
    void aRowIsShownInTheFormOfBalp() {
        UUID doctor = log.user("clinician", "Dr. Ada Byron", "Practitioner/ada-" + key);
        UUID grant = log.grant("clinician", "p-" + key, doctor, "a second opinion");
        UUID id = log.row(row -> row.at(WHEN)
                .by(doctor)
                .client("viewer-app")
                .from("192.0.2.7")
                .does("search-type")
                .about("p-" + key)
                .under(grant)
                .detail("parameters", Map.of("code", "…"))
                .detail("request", "request-" + key));

        AuditEvent event = officerClient()
                .read()
                .resource(AuditEvent.class)
                .withId(id.toString())
                .execute();

        assertThat(event.getMeta().getProfile()).extracting(Object::toString).hasSize(1);
        assertThat(event.getMeta().getProfile().get(0).getValue()).isEqualTo(BALP + "PatientQuery");
        assertThat(code(event.getType())).isEqualTo(AuditCodes.REST + "|rest");
        assertThat(event.getSubtype()).extracting(Coding::getCode).containsExactly("search", "search-type");
        assertThat(event.getAction().toCode() + event.getOutcome().toCode()).isEqualTo("E0");
        assertThat(event.getRecorded().toInstant()).isEqualTo(Instant.parse("2026-10-05T08:09:10.123Z"));
        assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode())
                .isEqualTo("TREAT");
        AuditEventAgentComponent user = event.getAgentFirstRep();
        assertThat(user.getWho().getReference()).isEqualTo("Practitioner/ada-" + key);
        assertThat(user.getWho().getDisplay()).isEqualTo("Dr. Ada Byron");
        assertThat(user.getRequestor()).isTrue();
        assertThat(user.getPolicy().get(0).getValue()).isEqualTo("urn:uuid:" + grant);
        AuditEventAgentComponent client = event.getAgent().get(1);
        assertThat(client.getWho().getIdentifier().getValue()).isEqualTo("viewer-app");
        assertThat(client.getNetwork().getAddress()).isEqualTo("192.0.2.7");
        assertThat(event.getEntity())
                .extracting(AuditEventTest::entity)
                .containsExactly("1 Patient/p-" + key, "4 null", "24 code=…", "null null");
    }

    private static String entity(AuditEventEntityComponent entity) {
        String what = entity.hasQuery()
                ? new String(entity.getQuery(), java.nio.charset.StandardCharsets.UTF_8)
                : entity.getWhat().getReference();
        return entity.getRole().getCode() + " " + what;
    }

    /** BALP's own package is not on the class path; its profiles add to R4, which is what is validated. */
    @Test
    void everyKindOfRowIsAValidAuditEventOfR4() {
        UUID doctor = log.user("clinician", null, "Practitioner/v-" + key);
        UUID nameless = log.user("patient", null, null);
        List<UUID> ids = new ArrayList<>();
        for (String action : List.of("read", "vread", "create", "update", "patch", "delete", "search-type")) {
            ids.add(log.row(row ->
                    row.by(doctor).does(action).on("Condition", "c-" + key).about("p-" + key)));
        }
        ids.add(log.row(row -> row.does("transaction").on("Bundle", null).ends(Outcome.FAILURE)));
        ids.add(log.row(row -> row.does("$export").on("Patient", null).aboutEveryone()));
        ids.add(log.row(row ->
                row.by(nameless).does("login").on("Account", UUID.randomUUID().toString())));
        ids.add(log.row(row ->
                row.by(doctor).does("break-glass").on("consent_grants", key).about("p-" + key)));
        FhirValidator r4 = fhir.newValidator().registerValidatorModule(validator);
        for (UUID id : ids) {
            AuditEvent event = officerClient()
                    .read()
                    .resource(AuditEvent.class)
                    .withId(id.toString())
                    .execute();
            event.getMeta().getProfile().clear();
            assertThat(r4.validateWithResult(event).getMessages().stream()
                            .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0))
                    .as(event.getSubtypeFirstRep().getCode())
                    .extracting(SingleValidationMessage::getMessage)
                    .isEmpty();
        }
    }

    @Test
    void aClientPagesThroughTheLogFromTheNewestOn() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            Instant when = WHEN.plusSeconds(i / 2);
            rows.add(0, log.row(row -> row.at(when).about("paged-" + key)).toString());
        }
        for (SearchStyleEnum style : List.of(SearchStyleEnum.GET, SearchStyleEnum.POST)) {
            IGenericClient client = officerClient();
            Bundle page = client.search()
                    .forResource(AuditEvent.class)
                    .where(AuditEvent.PATIENT.hasId("Patient/paged-" + key))
                    .and(AuditEvent.DATE.exactly().day(DAY))
                    .count(10)
                    .usingStyle(style)
                    .returnBundle(Bundle.class)
                    .execute();
            List<String> found = new ArrayList<>();
            while (true) {
                page.getEntry()
                        .forEach(entry ->
                                found.add(entry.getResource().getIdElement().getIdPart()));
                if (page.getLink(Bundle.LINK_NEXT) == null) {
                    break;
                }
                assertThat(page.getLink(Bundle.LINK_NEXT).getUrl()).doesNotContain(key);
                page = client.loadPage().next(page).execute();
            }
            assertThat(found).as(style.name()).isEqualTo(rows);
        }
        assertThat(found(officer(), "patient=paged-" + key + "&date=" + DAY + "&_sort=date&_count=200")
                        .get(0))
                .isEqualTo(rows.get(24));
        assertThat(at(
                                officer(),
                                "/fhir/AuditEvent?patient=paged-" + key + "&date=" + DAY
                                        + "&_total=accurate&_count=3&_format=xml")
                        .body())
                .contains("<total value=\"25\"/>", "_format=xml");
        assertThat(at(officer(), "/fhir/AuditEvent?patient=paged-" + key + "&date=" + DAY + "&_count=3")
                        .body())
                .as("nobody asked how many there are")
                .contains("\"entry\"")
                .doesNotContain("\"total\"");
        JsonNode count =
                parse(at(officer(), "/fhir/AuditEvent?patient=paged-" + key + "&date=" + DAY + "&_summary=count")
                        .body());
        assertThat(count.at("/total").asInt()).isEqualTo(25);
        assertThat(count.has("entry")).isFalse();
    }

    @Test
    void everyParameterSelects() {
        UUID doctor = log.user("clinician", "Dr. X", "Practitioner/x-" + key);
        UUID read = log.row(
                row -> row.at(WHEN).by(doctor).on("Observation", "o-" + key).about("s-" + key));
        UUID refused = log.row(row -> row.at(WHEN.plusSeconds(60))
                .client("c-" + key)
                .does("create")
                .about("s-" + key)
                .ends(Outcome.REFUSED));
        UUID operation =
                log.row(row -> row.at(WHEN.plusSeconds(120)).does("$everything").about("s-" + key));
        String all = "patient=s-" + key + "&date=" + DAY;
        String token = officer();
        assertFound(token, all, operation, refused, read);
        assertFound(token, all + "&date=lt2026-10-05T08:09:20Z", read);
        assertFound(token, all + "&date=ge2026-10-05T08:10:10Z&date=lt2026-10-05T08:10:20Z", refused);
        assertFound(token, all + "&date=2026-10-05", operation, refused, read);
        assertFound(token, all + "&date=gt2026-10-05");
        assertFound(token, all + "&_lastUpdated=gt2026-01-01", operation, refused, read);
        assertFound(token, all + "&agent=Practitioner/x-" + key, read);
        assertFound(token, "agent:identifier=c-" + key, refused);
        assertFound(token, "agent:identifier=urn:holovitals:user%7C" + doctor, read);
        assertFound(token, all + "&action=C", refused);
        assertFound(token, all + "&action=R,E", operation, read);
        assertFound(token, all + "&outcome=4,8", refused);
        assertFound(token, all + "&outcome=0", operation, read);
        assertFound(token, all + "&type=rest", operation, refused, read);
        assertFound(token, all + "&type=110114");
        assertFound(token, all + "&subtype=http://hl7.org/fhir/restful-interaction%7Cread", read);
        assertFound(token, all + "&subtype=operation", operation);
        assertFound(token, "entity=Observation/o-" + key, read);
        assertFound(token, "entity=Patient/s-" + key + "&action=C", refused);
        assertFound(token, "_id=" + read + "," + refused, refused, read);
        assertFound(TestIssuer.system(), all, operation, refused, read);
        for (String wrong : List.of("nonsense=1", "date=soon", "action=X", "_sort=agent", "_has:x=1", "entity=1")) {
            assertThat(at(token, "/fhir/AuditEvent?" + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void theCapabilityStatementSaysWhatIsServed() {
        CapabilityStatement statement =
                client().capabilities().ofType(CapabilityStatement.class).execute();
        CapabilityStatementRestResourceComponent type = statement.getRestFirstRep().getResource().stream()
                .filter(each -> each.getType().equals("AuditEvent"))
                .findFirst()
                .orElseThrow();
        assertThat(type.getInteraction())
                .extracting(interaction -> interaction.getCode().toCode())
                .containsExactly("read", "search-type");
        assertThat(type.getSearchParam()).hasSize(AuditEventSearch.PARAMETERS.size());
        assertThat(type.getSupportedProfile()).extracting(Object::toString).hasSize(10);
    }

    private IGenericClient officerClient() {
        return clientAs(officer());
    }

    private void assertFound(String token, String query, UUID... rows) {
        assertThat(found(token, query))
                .as(query)
                .containsExactly(Stream.of(rows).map(UUID::toString).toArray(String[]::new));
    }

    private static String code(Coding coding) {
        return coding.getSystem() + "|" + coding.getCode();
    }
}
