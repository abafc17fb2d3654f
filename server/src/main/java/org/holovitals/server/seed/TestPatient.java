package org.holovitals.server.seed;

import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Patient;

/** John Doe, born 1990-01-01: written as FHIR like every patient, so that his row is made like every row. */
final class TestPatient {
    private static final String SYSTEM = "urn:holovitals:seed";
    private static final String VALUE = "john-doe";

    private final IFhirSystemDao<Bundle, Meta> system;

    TestPatient(IFhirSystemDao<Bundle, Meta> system) {
        this.system = system;
    }

    /** Makes him unless he is there; returns his FHIR id. In the caller's transaction. */
    String ensure() {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        bundle.addEntry()
                .setResource(patient())
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Patient")
                .setIfNoneExist("identifier=" + SYSTEM + "|" + VALUE);
        Bundle answer = system.transactionNested(new SystemRequestDetails(), bundle);
        return new IdType(answer.getEntryFirstRep().getResponse().getLocation()).getIdPart();
    }

    private static Patient patient() {
        Patient patient = new Patient();
        patient.addIdentifier().setSystem(SYSTEM).setValue(VALUE);
        patient.addName().setUse(NameUse.OFFICIAL).setFamily("Doe").addGiven("John");
        patient.setGender(AdministrativeGender.MALE);
        patient.setBirthDateElement(new DateType("1990-01-01"));
        return patient;
    }
}
