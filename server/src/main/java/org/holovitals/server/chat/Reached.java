package org.holovitals.server.chat;

import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.LogReach;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Which records a caller may talk about at this moment: what scopes and consents reach, whether in whole or in part. */
final class Reached {
    private static final Pattern FHIR_ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    private final RecordReach reach;
    private final Conversations conversations;

    Reached(RecordReach reach, Conversations conversations) {
        this.reach = reach;
        this.conversations = conversations;
    }

    /** All of them, by the FHIR ids of their Patients. */
    Set<String> all(Caller caller) {
        return reach.reached(caller);
    }

    /** The one that a new conversation is about: the one asked for, the own, or the one of the launch. */
    String wanted(Caller caller, @Nullable String asked) {
        String patient = asked != null
                ? asked
                : LogReach.ownRecord(caller).stream().findFirst().orElse(caller.patient());
        if (patient == null) {
            throw new Problem(ProblemType.INVALID_REQUEST, "patient is missing");
        }
        require(caller, patient);
        return patient;
    }

    /** The conversation of a user about a record that is reached now; whose record it is stands in the log in any case. */
    Conversation conversation(Caller caller, UUID user, UUID id) {
        Conversation found = conversations.find(id, user).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        if (found.patient() == null) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        require(caller, found.patient());
        return found;
    }

    private void require(Caller caller, String patient) {
        if (!FHIR_ID.matcher(patient).matches()) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        caller.call().record().about(patient);
        if (!all(caller).contains(patient)) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
    }
}
