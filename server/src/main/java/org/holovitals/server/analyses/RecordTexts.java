package org.holovitals.server.analyses;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.database.RowAccess;
import org.holovitals.server.stored.ResourceLine;
import org.holovitals.server.stored.ResourceTables;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.StoredRow;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A record as sentences, out of the typed tables. Each is shown only when the caller would find its resource by a search on
 * {@code /fhir}: the same rule decides.
 */
final class RecordTexts {
    private final JdbcClient jdbc;
    private final ResourceTables stored;
    private final RowAccess access;
    private final RecordReach reach;

    RecordTexts(JdbcClient jdbc, RowAccess access, RecordReach reach) {
        this.jdbc = jdbc;
        this.stored = new ResourceTables(jdbc);
        this.access = access;
        this.reach = reach;
    }

    /** What a caller may read of a patient's record; whose it is and by which consent stands in his call from then on. */
    List<RecordText> read(Caller caller, String patient) {
        return access.withPatients(List.of(patient), () -> rows(patient)).stream()
                .filter(text -> isShown(caller, text.resource()))
                .toList();
    }

    /** Those of some resources, such as {@code Condition/7}, that a caller may read as they are now. */
    List<StoredResource> shown(Caller caller, Collection<String> references) {
        return current(references).stream()
                .filter(resource -> isShown(caller, resource))
                .toList();
    }

    /** Those of some sources whose resources a caller may read as they are now. */
    Set<String> readable(Caller caller, Set<String> sources) {
        Set<String> shown = new HashSet<>();
        shown(caller, sources).forEach(resource -> shown.add(resource.type() + "/" + resource.id()));
        Set<String> readable = new HashSet<>(sources);
        readable.removeIf(source -> !shown.contains(withoutVersion(source)));
        return readable;
    }

    private boolean isShown(Caller caller, StoredResource resource) {
        try {
            return reach.covers(resource.type())
                    && reach.shows(caller, resource, ResourceLine.of(resource), Interaction.SEARCH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutVersion(String source) {
        return source.replaceFirst("/_history/.*", "");
    }

    private List<StoredResource> current(Collection<String> sources) {
        List<String[]> parts = sources.stream()
                .map(RecordTexts::withoutVersion)
                .distinct()
                .map(source -> source.split("/", 2))
                .toList();
        return stored.current(
                parts.stream().map(part -> part[0]).toList(),
                parts.stream().map(part -> part[1]).toList());
    }

    private List<RecordText> rows(String patient) {
        return jdbc
                .sql(TEXTS + " select t.heading, t.text, " + StoredRow.CURRENT + """
                         from texts t
                        join fhir.hfj_resource r on r.res_id = t.res_id
                        join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
                        where r.res_deleted_at is null and t.text <> ''
                        order by t.section, t.heading, t.date, r.res_id
                        """)
                .param(patient)
                .query((row, number) -> {
                    String heading = row.getString("heading");
                    String text = row.getString("text");
                    return StoredRow.read(row).map(resource -> new RecordText(resource, 0, heading, text));
                })
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Of a time the day is enough to read; the resource has all of it. */
    private static final String TEXTS = """
            with record as (
              select r.id from holovitals.patient_repositories r join holovitals.patients p on p.id = r.patient_id
              where p.fhir_id = ?
            ), texts as (
              select res_id, 1 as section, diagnosed_date_low as date,
                'Diagnosis ' || coalesce(condition, display, code, 'without a name') as heading,
                concat_ws(', ', 'diagnosed ' || regexp_replace(diagnosed_date, 'T[^/]*', '', 'g'),
                  'began ' || regexp_replace(onset, 'T[^/]*', '', 'g'), 'ended ' || regexp_replace(abatement, 'T[^/]*', '', 'g'),
                  status, nullif(verification_status, 'confirmed'), severity, notes) as text
              from holovitals.patient_diagnoses where repository_id = (select id from record)
              union all
              select res_id, 2, start_date_low, 'Medication ' || coalesce(name, display, code, 'without a name'),
                concat_ws(', ', 'from ' || regexp_replace(start_date, 'T[^/]*', '', 'g'),
                  'until ' || regexp_replace(end_date, 'T[^/]*', '', 'g'), dosage, frequency, status,
                  'for ' || purpose, 'by ' || prescribed_by)
              from holovitals.patient_medications where repository_id = (select id from record)
              union all
              select res_id, 3, diagnosed_date_low, 'Allergy ' || coalesce(allergen, display, code, 'without a name'),
                concat_ws(', ', 'noted ' || regexp_replace(diagnosed_date, 'T[^/]*', '', 'g'), type, 'reaction ' || reaction,
                  severity, 'criticality ' || criticality, clinical_status, nullif(verification_status, 'confirmed'))
              from holovitals.patient_allergies where repository_id = (select id from record)
              union all
              select res_id, 4, date_low, 'Vital sign ' || coalesce(name, display, code, 'without a name'),
                concat_ws(' ', regexp_replace(date, 'T[^/]*', '', 'g'),
                  coalesce(value_text, value::text, blood_pressure_systolic || '/' || blood_pressure_diastolic || ' mmHg'),
                  unit, nullif(status, 'final'))
              from holovitals.patient_vital_signs where repository_id = (select id from record)
              union all
              select res_id, 5, effective_low, 'Result ' || coalesce(name, display, code, 'without a name'),
                concat_ws(' ', regexp_replace(effective, 'T[^/]*', '', 'g'), coalesce(value_text, value_code_display, value_code),
                  unit, 'range ' || reference_range, interpretation, nullif(status, 'final'))
              from holovitals.patient_results where repository_id = (select id from record)
              union all
              select res_id, 6, date_low, 'Procedure ' || coalesce(name, display, code, 'without a name'),
                concat_ws(', ', regexp_replace(date, 'T[^/]*', '', 'g'), nullif(status, 'completed'), 'by ' || performed_by,
                  'at ' || location, notes)
              from holovitals.patient_procedures where repository_id = (select id from record)
              union all
              select res_id, 7, date_low, 'Immunization ' || coalesce(vaccine, display, code, 'without a name'),
                concat_ws(', ', coalesce(regexp_replace(date, 'T[^/]*', '', 'g'), date_text), 'dose ' || dose_number,
                  nullif(status, 'completed'))
              from holovitals.patient_immunizations where repository_id = (select id from record)
              union all
              select res_id, 8, null, 'Family history ' || coalesce(relationship, relationship_code_display, 'relative'),
                concat_ws(', ', coalesce(condition, display, code), 'at the age of ' || age_at_diagnosis,
                  case when deceased then 'deceased' end, notes)
              from holovitals.patient_family_history where repository_id = (select id from record)
              union all
              select res_id, 9, date_low, resource_type || ' ' || coalesce(display, type_code_display),
                concat_ws(', ', regexp_replace(date, 'T[^/]*', '', 'g'), category, status)
              from holovitals.patient_resources
              where repository_id = (select id from record) and coalesce(display, type_code_display) is not null
            )
            """;
}
