package org.holovitals.keycloak.provider;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;

/**
 * Finds the launch's context: an EHR launch has one already; otherwise the user says whose record the app may see and
 * what in it. Who has no record linked to him is refused.
 */
public final class LaunchStep extends Step {
    static final String ID = "holovitals-launch";

    /** An attribute of apps that are part of the product: they ask only where there is a choice of patients. */
    private static final String TRUSTED = "holovitals.trusted";

    public LaunchStep() {
        super(ID, "SMART launch", "Picks the patient and lets the user narrow the scopes.");
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        SmartRequest request = new SmartRequest(context);
        String launch = request.launch();
        if (!request.isSmart()) {
            context.success();
        } else if (launch != null) {
            launchFromEhr(context, request, launch);
        } else {
            launchAlone(context, request, patients(context));
        }
    }

    private static void launchFromEhr(AuthenticationFlowContext context, SmartRequest request, String launch) {
        Optional<LaunchContext> found = launches(context)
                .context(
                        launch,
                        Launches.Person.of(context.getUser()),
                        context.getAuthenticationSession().getClient().getClientId());
        if (found.isEmpty()) {
            Refusal.INVALID_REQUEST.answer(context, "The launch is unknown or has expired");
            return;
        }
        keep(context, request, found.get());
        context.success();
    }

    private static void launchAlone(AuthenticationFlowContext context, SmartRequest request, List<String> patients) {
        if (request.needsPatient() && patients.isEmpty()) {
            Refusal.ACCESS_DENIED.answer(context, "No record is linked to this user");
        } else if (isTrusted(context) && !(request.needsPatient() && patients.size() > 1)) {
            accept(context, request, request.needsPatient() ? patients.get(0) : null);
        } else {
            show(context, request, request.needsPatient() ? patients : List.of());
        }
    }

    private static void show(AuthenticationFlowContext context, SmartRequest request, List<String> patients) {
        List<Launches.Choice> named = patients.isEmpty()
                ? List.of()
                : launches(context).names(patients, context.getUser().getId());
        context.challenge(context.form()
                .setAttribute(
                        "patients", named.stream().map(Launches.Choice::fields).toList())
                .setAttribute(
                        "scopes",
                        ScopeChoice.of(request.negotiable()).stream()
                                .map(ScopeChoice::fields)
                                .toList())
                .createForm("holovitals-launch.ftl"));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        SmartRequest request = new SmartRequest(context);
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        List<String> patients = patients(context);
        String patient = patients.size() == 1 ? patients.get(0) : form.getFirst("patient");
        if (form.containsKey("cancel")) {
            Refusal.ACCESS_DENIED.answer(context, "The user refused");
        } else if (!request.needsPatient()) {
            grant(context, request, form, null);
        } else if (patient != null && patients.contains(patient)) {
            grant(context, request, form, patient);
        } else {
            authenticate(context);
        }
    }

    private static void grant(
            AuthenticationFlowContext context,
            SmartRequest request,
            MultivaluedMap<String, String> form,
            @Nullable String patient) {
        request.narrowTo(new HashSet<>(form.getOrDefault("scope", List.of())));
        accept(context, request, patient);
    }

    private static void accept(AuthenticationFlowContext context, SmartRequest request, @Nullable String patient) {
        if (patient != null) {
            keep(context, request, LaunchContext.ofPatient(patient));
        }
        context.success();
    }

    private static void keep(AuthenticationFlowContext context, SmartRequest request, LaunchContext launch) {
        String challenge = Objects.requireNonNull(request.challenge(), "the first step asks for a challenge");
        LaunchMemory.keep(context, challenge, launch);
    }

    private static List<String> patients(AuthenticationFlowContext context) {
        return context.getUser().getAttributeStream("patient").distinct().toList();
    }

    private static boolean isTrusted(AuthenticationFlowContext context) {
        return "true".equals(context.getAuthenticationSession().getClient().getAttribute(TRUSTED));
    }

    private static Launches launches(AuthenticationFlowContext context) {
        return new HttpLaunches(context.getSession(), Settings.get().launchUrl());
    }
}
