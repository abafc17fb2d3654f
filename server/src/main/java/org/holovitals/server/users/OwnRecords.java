package org.holovitals.server.users;

import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.database.RowAccess;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ties the record of a patient to the user whose own it is, as the token's {@code fhirUser} says: only administrators
 * can write that attribute. A record that somebody has keeps its owner.
 */
final class OwnRecords {
    private static final String PATIENT = "Patient/";

    private final JdbcClient jdbc;
    private final RowAccess access;

    OwnRecords(JdbcClient jdbc, RowAccess access) {
        this.jdbc = jdbc;
        this.access = access;
    }

    void claim(UUID user, Caller caller) {
        String self = caller.fhirUser();
        if (self == null || !self.startsWith(PATIENT) || !caller.hasRole(Caller.ROLE_PATIENT)) {
            return;
        }
        String patient = self.substring(PATIENT.length());
        if (isFree(patient)) {
            access.withEverything(() -> claim(user, patient));
        }
    }

    private boolean isFree(String patient) {
        return jdbc.sql("select exists (select from holovitals.patient_keys where fhir_id = ? and user_id is null)")
                .param(patient)
                .query(Boolean.class)
                .single();
    }

    private int claim(UUID user, String patient) {
        jdbc.sql("update holovitals.patients set user_id = ? where fhir_id = ? and user_id is null")
                .param(user)
                .param(patient)
                .update();
        return jdbc.sql("""
                        update holovitals.patient_repositories r set user_id = p.user_id from holovitals.patients p
                        where p.id = r.patient_id and p.fhir_id = ? and p.user_id = ? and r.user_id is null
                          and not exists (select from holovitals.patient_repositories o where o.user_id = p.user_id)
                        """).param(patient).param(user).update();
    }
}
