package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A clinician's search ends with the consents that it was made under. */
final class PageLinksOfConsentsTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private final Set<String> consented = new HashSet<>(List.of("a", "b"));
    private final PageLinks pages =
            new PageLinks(FHIR, new CallerFacts(new Grants(clinician -> WholeRecords.of(consented))));

    @Test
    void aLinkIsGoneWhenAConsentEndsAndThereAgainWithIt() {
        String scopes = "user/*.rs user/Patient.cruds";
        String name = pages.nameFor(clinician(scopes));
        assertThat(name).hasSize(48).isNotEqualTo(pages.nameFor(clinician(scopes)));
        assertThatCode(() -> open(clinician(scopes), name)).doesNotThrowAnyException();
        consented.remove("b");
        assertThatThrownBy(() -> open(clinician(scopes), name)).isInstanceOf(ResourceGoneException.class);
        consented.add("b");
        assertThatCode(() -> open(clinician(scopes), name)).doesNotThrowAnyException();
    }

    @Test
    void theOrderOfTheScopesDoesNotMatterAndTheirQualifiersDo() {
        String name = pages.nameFor(clinician("user/*.rs user/Patient.cruds"));
        assertThatCode(() -> open(clinician("user/Patient.cruds openid user/*.rs"), name))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> open(clinician("user/*.rs?_tag=x user/Patient.cruds"), name))
                .isInstanceOf(ResourceGoneException.class);
    }

    @Test
    void noPartOfANameIsEnough() {
        Caller clinician = clinician("user/*.rs");
        String name = pages.nameFor(clinician);
        for (String other : List.of("", "x", name.substring(1), name + "x", "A" + name.substring(1) + "=")) {
            assertThatThrownBy(() -> open(clinician, other)).isInstanceOf(ResourceGoneException.class);
        }
    }

    private void open(Caller caller, String name) {
        RequestDetails request = new SystemRequestDetails();
        request.addParameter(Constants.PARAM_PAGINGACTION, new String[] {name});
        pages.requireOwn(caller, request);
    }

    private static Caller clinician(String scopes) {
        return new Caller(
                "subject",
                "app",
                "session",
                null,
                null,
                "Practitioner/1",
                Set.of(Caller.ROLE_CLINICIAN),
                SmartScopes.parse(scopes, FHIR.getResourceTypes()),
                false,
                Call.from(null));
    }
}
