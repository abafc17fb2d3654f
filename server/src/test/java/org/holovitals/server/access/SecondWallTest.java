package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SimplePreResourceShowDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HAPI's wall with nothing before it: as if gate, narrowing and filter had let everything through. */
final class SecondWallTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private final Set<String> consented = Set.of("a");
    private final SecondWall wall =
            new SecondWall(new Grants(clinician -> WholeRecords.of(consented)), new Compartments(FHIR));

    @ParameterizedTest
    @EnumSource(
            value = RestOperationTypeEnum.class,
            names = {
                "READ",
                "VREAD",
                "SEARCH_TYPE",
                "SEARCH_SYSTEM",
                "HISTORY_INSTANCE",
                "HISTORY_TYPE",
                "HISTORY_SYSTEM",
                "GET_PAGE",
                "TRANSACTION",
                "EXTENDED_OPERATION_INSTANCE",
                "EXTENDED_OPERATION_TYPE",
                "EXTENDED_OPERATION_SERVER"
            })
    void aForeignResourceStopsTheAnswerAndAnOwnOneDoesNot(RestOperationTypeEnum interaction) {
        for (Caller caller :
                List.of(patient("a"), caller(Caller.ROLE_CLINICIAN, "Practitioner/1", null, "user/*.cruds"))) {
            for (Resource own : resources("a")) {
                assertThatCode(() -> show(caller, interaction, own))
                        .as(own.fhirType())
                        .doesNotThrowAnyException();
            }
            for (Resource foreign : resources("b")) {
                assertThatThrownBy(() -> show(caller, interaction, foreign))
                        .as(foreign.fhirType())
                        .isInstanceOf(ForbiddenOperationException.class);
            }
        }
    }

    @Test
    void oneForeignResourceAmongOwnOnesStopsTheWholeAnswer() {
        Bundle bundle = new Bundle().setType(Bundle.BundleType.SEARCHSET);
        resources("a").forEach(own -> bundle.addEntry().setResource(own));
        assertThatCode(() -> answer(patient("a"), bundle)).doesNotThrowAnyException();
        bundle.addEntry().setResource(resources("b").get(1));
        assertThatThrownBy(() -> answer(patient("a"), bundle)).isInstanceOf(ForbiddenOperationException.class);
    }

    @Test
    void whoSeesNobodyGetsNoRecord() {
        for (Caller caller : List.of(
                caller(Caller.ROLE_ADMIN, "Practitioner/2", null, "user/*.cruds"),
                caller(Caller.ROLE_COMPLIANCE, "Practitioner/3", null, "user/*.cruds"),
                caller(Caller.ROLE_PATIENT, "Patient/a", null, "openid"),
                caller("nobody", "Patient/a", null, "user/*.cruds system/*.cruds"))) {
            for (Resource resource : resources("a")) {
                assertThatThrownBy(() -> show(caller, RestOperationTypeEnum.READ, resource))
                        .as(caller.roles() + resource.fhirType())
                        .isInstanceOf(ForbiddenOperationException.class);
            }
        }
    }

    @Test
    void whatRecordsPointToIsShownAndWhatIsOfNobodyIsNot() {
        Organization organization = new Organization();
        organization.setId("Organization/1");
        assertThatCode(() -> show(patient("a"), RestOperationTypeEnum.READ, organization))
                .doesNotThrowAnyException();
        Questionnaire questionnaire = new Questionnaire();
        questionnaire.setId("Questionnaire/1");
        assertThatThrownBy(() -> show(patient("a"), RestOperationTypeEnum.READ, questionnaire))
                .isInstanceOf(ForbiddenOperationException.class);
    }

    @Test
    void aRequestWithoutACallerGetsNothing() {
        for (Resource resource : resources("a")) {
            RequestDetails request = request(RestOperationTypeEnum.READ);
            assertThatThrownBy(() -> wall.hookPreShow(
                            request, new SimplePreResourceShowDetails(resource), Pointcut.STORAGE_PRESHOW_RESOURCES))
                    .isInstanceOf(ForbiddenOperationException.class);
        }
        assertThat(wall.buildRuleList(request(RestOperationTypeEnum.READ))).hasSize(1);
    }

    private void show(Caller caller, RestOperationTypeEnum interaction, Resource resource) {
        RequestDetails request = request(interaction);
        RequestCaller.put(request, caller);
        wall.hookPreShow(request, new SimplePreResourceShowDetails(resource), Pointcut.STORAGE_PRESHOW_RESOURCES);
    }

    private void answer(Caller caller, Bundle bundle) {
        RequestDetails request = request(RestOperationTypeEnum.SEARCH_TYPE);
        RequestCaller.put(request, caller);
        wall.hookOutgoingResponse(request, bundle, Pointcut.SERVER_OUTGOING_RESPONSE);
    }

    private static RequestDetails request(RestOperationTypeEnum interaction) {
        ServletRequestDetails request = new ServletRequestDetails();
        request.setServer(new RestfulServer(FHIR));
        request.setRestOperationType(interaction);
        request.setRequestType(RequestTypeEnum.GET);
        request.setResourceName("Patient");
        request.setOperation("$everything");
        return request;
    }

    private static Caller patient(String id) {
        return caller(Caller.ROLE_PATIENT, "Patient/" + id, id, "patient/*.cruds");
    }

    private static Caller caller(
            String role, String fhirUser, @org.jspecify.annotations.Nullable String patient, String scopes) {
        return new Caller(
                "subject",
                "app",
                "session",
                null,
                patient,
                fhirUser,
                Set.of(role),
                SmartScopes.parse(scopes, FHIR.getResourceTypes()),
                false,
                Call.from(null));
    }

    private static List<Resource> resources(String patient) {
        Reference subject = new Reference("Patient/" + patient);
        List<Resource> resources = new ArrayList<>(List.of(
                new Patient(),
                new Observation().setSubject(subject),
                new Condition().setSubject(subject),
                new Encounter().setSubject(subject),
                new MedicationRequest().setSubject(subject),
                new AllergyIntolerance().setPatient(subject),
                new Procedure().setSubject(subject),
                new Immunization().setPatient(subject),
                new DocumentReference().setSubject(subject)));
        resources.forEach(resource ->
                resource.setId(resource.fhirType() + "/" + (resource instanceof Patient ? patient : "of-" + patient)));
        return resources;
    }
}
