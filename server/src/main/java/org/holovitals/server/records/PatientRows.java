package org.holovitals.server.records;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holovitals.mappings.PatientRow;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables {@code patients} and {@code patient_repositories}. Their ids outlive versions: users and hashes hang on them. */
final class PatientRows {
    private final JdbcTemplate jdbc;
    private final Ids ids;
    private final Clock clock;

    PatientRows(JdbcTemplate jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /** Writes a patient's row and makes its repository when it has none. */
    void save(PatientRow row, long resourceKey) {
        List<@Nullable Object> values = new ArrayList<>();
        Object now = clock.instant().atOffset(ZoneOffset.UTC);
        values.add(ids.next());
        values.add(row.origin().fhirId());
        values.add(row.origin().version());
        values.add(resourceKey);
        values.add(ClinicalRows.bound(row.origin().lastUpdated()));
        values.add(now);
        row.columns().values().forEach(value -> values.add(ClinicalRows.bound(value)));
        jdbc.update(UPSERT, values.toArray());
        jdbc.update("""
                insert into holovitals.patient_repositories (id, patient_id, created_at, updated_at)
                select ?, id, ?, ? from holovitals.patients where fhir_id = ?
                on conflict (patient_id) do nothing
                """, ids.next(), now, now, row.origin().fhirId());
    }

    private static final String UPSERT = """
            insert into holovitals.patients (id, fhir_id, fhir_version, res_id, last_updated, created_at,
                first_name, last_name, date_of_birth, date_of_birth_precision, date_of_birth_low, date_of_birth_high, sex)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (fhir_id) do update set
                fhir_version = excluded.fhir_version, res_id = excluded.res_id, last_updated = excluded.last_updated,
                first_name = excluded.first_name, last_name = excluded.last_name,
                date_of_birth = excluded.date_of_birth, date_of_birth_precision = excluded.date_of_birth_precision,
                date_of_birth_low = excluded.date_of_birth_low, date_of_birth_high = excluded.date_of_birth_high,
                sex = excluded.sex
            """;

    /** Removes a deleted patient's row; the repository and what is left in it go with it. */
    void delete(long resourceKey) {
        jdbc.update("delete from holovitals.patients where res_id = ?", resourceKey);
    }

    void deleteOrphans() {
        jdbc.update(ClinicalRows.orphans("patients"));
    }

    /** The repositories of patients, by the patients' FHIR ids; unknown patients are left out. */
    Map<String, UUID> repositories(Collection<String> patientIds) {
        Map<String, UUID> found = new HashMap<>();
        if (patientIds.isEmpty()) {
            return found;
        }
        String[] wanted = patientIds.toArray(String[]::new);
        jdbc.query(
                """
                select p.fhir_id, r.id from holovitals.patients p
                join holovitals.patient_repositories r on r.patient_id = p.id
                where p.fhir_id = any(?)
                """,
                row -> {
                    found.put(row.getString(1), row.getObject(2, UUID.class));
                },
                (Object) wanted);
        return found;
    }
}
