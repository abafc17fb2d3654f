package org.holovitals.server.consent;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the patient whom somebody names who may not see the record yet. */
final class PatientFinder {
    private static final Pattern FHIR_ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    private final DaoRegistry daos;
    private final JdbcClient jdbc;

    PatientFinder(DaoRegistry daos, JdbcClient jdbc) {
        this.daos = daos;
        this.jdbc = jdbc;
    }

    /** The FHIR id. One of two facts that do not go together is answered as no patient is. */
    String find(@Nullable PatientChoice given) {
        PatientChoice choice = Fields.required("patient", given);
        if (choice.id() != null && (choice.identifier() != null || choice.birthDate() != null)) {
            throw Fields.wrong("patient has to have either id, or identifier and birthDate");
        }
        return choice.id() == null ? byIdentifier(choice) : byId(choice.id());
    }

    private String byId(String id) {
        requireId("patient.id", id);
        boolean isThere = jdbc.sql("select exists (select from holovitals.patient_keys where fhir_id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
        if (!isThere) {
            throw nobody();
        }
        return id;
    }

    /** Refuses what cannot be the id of a resource. */
    static void requireId(String field, String id) {
        if (!FHIR_ID.matcher(id).matches()) {
            throw Fields.wrong(field + " has to be the id of a FHIR Patient, without its type");
        }
    }

    private String byIdentifier(PatientChoice choice) {
        PatientChoice.Identifier identifier = Fields.required("patient.identifier", choice.identifier());
        SearchParameterMap both = new SearchParameterMap()
                .add(
                        Patient.SP_IDENTIFIER,
                        new TokenParam(
                                Fields.text("patient.identifier.system", identifier.system()),
                                Fields.text("patient.identifier.value", identifier.value())))
                .add(Patient.SP_BIRTHDATE, new DateParam(Fields.day("patient.birthDate", choice.birthDate())));
        both.setLoadSynchronousUpTo(2);
        List<IIdType> found = daos.getResourceDao(Patient.class).searchForResourceIds(both, new SystemRequestDetails());
        if (found.size() != 1) {
            throw nobody();
        }
        return found.get(0).getIdPart();
    }

    static Problem nobody() {
        return new Problem(ProblemType.NOT_FOUND, "There is no such patient");
    }
}
