package org.holovitals.keycloak.provider;

import org.keycloak.authentication.AuthenticationFlowContext;

/** Refuses an unsound SMART request before anyone types a password: it must name our FHIR base and a PKCE challenge. */
public final class RequestStep extends Step {
    public RequestStep() {
        super("holovitals-request", "SMART request", "Checks the audience and the PKCE challenge of a SMART request.");
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        SmartRequest request = new SmartRequest(context);
        if (request.isSmart() && !Settings.get().isFhirBase(request.audience())) {
            Refusal.INVALID_REQUEST.answer(context, "aud must be the FHIR base URL of this server");
        } else if (request.isSmart() && request.challenge() == null) {
            Refusal.INVALID_REQUEST.answer(context, "A code_challenge of the method S256 is required");
        } else {
            context.success();
        }
    }

    @Override
    public boolean requiresUser() {
        return false;
    }
}
