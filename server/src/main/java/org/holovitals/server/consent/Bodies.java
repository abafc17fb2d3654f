package org.holovitals.server.consent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the routes take; anything may be missing or wrong. */
final class Bodies {
    private Bodies() {}

    /** A clinician asks. */
    record Request(
            @Nullable PatientChoice patient,
            @Nullable String reason,
            @Nullable List<Permissions.@Nullable Spelled> permissions,
            @Nullable Integer hours,
            @Nullable String urgency) {}

    /** A parent or carer asks. */
    record ProxyRequest(
            @Nullable PatientChoice patient,
            @Nullable String reason,
            @Nullable List<Permissions.@Nullable Spelled> permissions,
            @Nullable String until) {}

    /**
     * A patient says yes; what is absent stays as it was asked for.
     *
     * @param until of a proxy's
     */
    record Approval(
            @Nullable List<Permissions.@Nullable Spelled> permissions,
            @Nullable Integer hours,
            @Nullable String until,
            Restrictions.@Nullable Spelled restrictions) {}

    /** Why. */
    record Reason(@Nullable String reason) {}

    /** What an administrator looked at before he let a proxy in. */
    record Check(@Nullable String note) {}

    /** A user, by one of these. */
    record Person(@Nullable String user, @Nullable String email) {}

    /** A patient gives without having been asked. */
    record Gift(
            @Nullable Person to,
            @Nullable String kind,
            @Nullable String reason,
            @Nullable List<Permissions.@Nullable Spelled> permissions,
            @Nullable Integer hours,
            @Nullable String until,
            Restrictions.@Nullable Spelled restrictions) {}

    /** A clinician breaks the glass. */
    record Emergency(
            @Nullable PatientChoice patient, @Nullable String reason) {}

    /** A patient keeps parts back, from everybody where nobody is named. */
    record Denial(
            @Nullable List<@Nullable String> resources,
            @Nullable Person to,
            @Nullable String reason) {}
}
