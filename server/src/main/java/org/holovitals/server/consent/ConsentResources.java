package org.holovitals.server.consent;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.EnumSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps a FHIR Consent beside each grant and denial, in the transaction in which the row changes. */
final class ConsentResources {
    private static final String OURS = ConsentResources.class.getName();
    private static final Set<Status> WITH_TERMS = EnumSet.of(Status.REQUESTED, Status.APPROVED);

    private final DaoRegistry daos;
    private final JdbcClient jdbc;
    private final ConsentWriter writer = new ConsentWriter(this::isPractitioner);

    ConsentResources(DaoRegistry daos, JdbcClient jdbc) {
        this.daos = daos;
        this.jdbc = jdbc;
    }

    /** Whether a write of a Consent is one of these, and so says what its row says already. */
    static boolean isOurs(@Nullable RequestDetails request) {
        return request != null && request.getUserData().containsKey(OURS);
    }

    /** Makes the Consent say what the row says. One that ended keeps its words, which may be those of an app. */
    void store(ConsentGrant grant) {
        if (grant.fhirId() == null) {
            return;
        }
        if (WITH_TERMS.contains(grant.status())) {
            put(writer.write(grant), grant.fhirId());
        } else {
            end(grant.fhirId(), ConsentWriter.state(grant.status()));
        }
    }

    /** Makes the Consent say what the row says. */
    void store(ConsentDenial denial) {
        if (denial.fhirId() == null) {
            return;
        }
        if (denial.withdrawn() == null) {
            put(writer.write(denial), denial.fhirId());
        } else {
            end(denial.fhirId(), ConsentState.INACTIVE);
        }
    }

    private void put(Consent consent, String fhirId) {
        consent.setId(new IdType("Consent", fhirId));
        dao().update(consent, request());
    }

    /** A Consent that was deleted stays so. */
    private void end(String fhirId, ConsentState state) {
        Consent consent;
        try {
            consent = dao().read(new IdType("Consent", fhirId), request());
        } catch (ResourceGoneException | ResourceNotFoundException e) {
            return;
        }
        dao().update(consent.setStatus(state), request());
    }

    private IFhirResourceDao<Consent> dao() {
        return daos.getResourceDao(Consent.class);
    }

    private static RequestDetails request() {
        SystemRequestDetails request = new SystemRequestDetails();
        request.getUserData().put(OURS, true);
        return request;
    }

    private boolean isPractitioner(String fhirId) {
        return jdbc.sql("""
                        select exists (select from fhir.hfj_resource
                          where res_type = 'Practitioner' and fhir_id = ? and res_deleted_at is null)
                        """).param(fhirId).query(Boolean.class).single();
    }
}
