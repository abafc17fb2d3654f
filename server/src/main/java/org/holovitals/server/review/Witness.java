package org.holovitals.server.review;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.LogReach;
import org.holovitals.server.stored.ResourceTables;

/** Who says of a value that it is right, as FHIR names him. */
record Witness(Reference who, Kind kind) {
    private static final String URI = "urn:ietf:rfc:3986";
    private static final Pattern PRACTITIONER =
            Pattern.compile("(Practitioner|PractitionerRole)/([A-Za-z0-9\\-.]{1,64})");

    /** What he is to the record. */
    enum Kind {
        /** It is his own. */
        PATIENT,
        /** He decides for the patient. */
        PROXY,
        /** He treats the patient. */
        CLINICIAN
    }

    /** A caller, who is a resource of his own where there is one, else the account. */
    static Witness of(Caller caller, UUID user, String patient, ResourceTables stored) {
        if (LogReach.ownRecord(caller).contains(patient)) {
            return new Witness(new Reference("Patient/" + patient), Kind.PATIENT);
        }
        Kind kind = caller.hasRole(Caller.ROLE_CLINICIAN) ? Kind.CLINICIAN : Kind.PROXY;
        Matcher self = PRACTITIONER.matcher(String.valueOf(caller.fhirUser()));
        if (kind == Kind.CLINICIAN
                && self.matches()
                && stored.current(self.group(1), self.group(2)).isPresent()) {
            return new Witness(new Reference(self.group()), kind);
        }
        Reference account = new Reference();
        account.getIdentifier().setSystem(URI).setValue("urn:uuid:" + user);
        account.setDisplay(kind == Kind.CLINICIAN ? "A clinician" : "A proxy of the patient");
        return new Witness(account, kind);
    }

    /** What somebody copied who is no clinician nobody has verified. */
    ObservationStatus status() {
        return kind == Kind.CLINICIAN ? ObservationStatus.FINAL : ObservationStatus.PRELIMINARY;
    }

    /** The reference anew: FHIR's objects belong to one resource. */
    Reference reference() {
        return who.copy();
    }
}
