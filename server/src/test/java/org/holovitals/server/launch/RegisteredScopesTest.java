package org.holovitals.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RegisteredScopesTest {

    @Test
    void whatTheIssuerDoesNotAnnounceIsDropped() {
        RegisteredScopes scopes = announcing("fhirUser", "patient/Slot.rs");
        assertThat(scopes.keep(
                        "openid fhirUser patient/Slot.sr patient/Slot.read patient/Task.rs launch/questionnaire"))
                .isEqualTo("openid fhirUser patient/Slot.rs");
    }

    @Test
    void anIssuerThatListsNoDataScopesIsTakenToHaveTheCatalogue() {
        assertThat(announcing().keep("openid patient/*.read patient/Task.rs")).isEqualTo("openid patient/*.read");
    }

    @Test
    void aScopeThatWasRegisteredJustNowIsFound() {
        RegisteredScopes scopes = new RegisteredScopes(
                () -> List.of("patient/Slot.rs"), () -> List.of("patient/Slot.rs", "patient/Task.rs"));
        assertThat(scopes.keep("patient/Task.rs")).isEqualTo("patient/Task.rs");
    }

    private static RegisteredScopes announcing(String... names) {
        return new RegisteredScopes(() -> List.of(names), () -> List.of(names));
    }
}
