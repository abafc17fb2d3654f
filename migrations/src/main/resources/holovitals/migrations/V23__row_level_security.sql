-- The third wall: a statement that forgets whose record it may read finds no row. The application role sees the typed tables
-- only as far as its transaction has said, for some patients or for the server's own work. It could say anything: this keeps
-- a mistake in a query from becoming a leak, not somebody who runs SQL of his own. The owner, who migrates and backs up, is
-- not bound.

create function sees_everything() returns boolean
  language sql stable parallel safe
as $$ select coalesce(current_setting('holovitals.everything', true) = 'on', false) $$;
comment on function sees_everything() is 'Whether the transaction works for the server itself, on all records.';

create function visible_patients() returns uuid[]
  language sql stable parallel safe
as $$ select coalesce(nullif(current_setting('holovitals.patients', true), '')::uuid[], '{}') $$;
comment on function visible_patients() is 'The rows of patients that the transaction may see.';

create function visible_repositories() returns uuid[]
  language sql stable parallel safe
as $$ select coalesce(nullif(current_setting('holovitals.repositories', true), '')::uuid[], '{}') $$;
comment on function visible_repositories() is 'The rows of patient_repositories that the transaction may see.';

create function see_patients(fhir_ids text[]) returns integer
  language sql volatile
  security definer
  set search_path = holovitals, pg_temp
as $$
  with seen as (
    select p.id as patient, r.id as repository
    from patients p left join patient_repositories r on r.patient_id = p.id
    where p.fhir_id = any (fhir_ids)
  ), settings as (
    select
      set_config('holovitals.everything', 'off', true),
      set_config('holovitals.patients', coalesce(array_agg(patient), '{}')::text, true),
      set_config('holovitals.repositories',
        coalesce(array_agg(repository) filter (where repository is not null), '{}')::text, true),
      count(*) as number
    from seen
  )
  select number::integer from settings
$$;
comment on function see_patients(text[]) is
  'From here to the end of the transaction the records of these FHIR Patients are seen, and no others. Returns how many there are.';
revoke all on function see_patients(text[]) from public;
grant execute on function see_patients(text[]) to holovitals_application;

-- The function calls stand in subqueries: they are evaluated once for a statement, not once for a row.
alter table patients enable row level security;
create policy patients_visible on patients to holovitals_application
  using ((select sees_everything()) or id = any ((select visible_patients())::uuid[]));

alter table patient_repositories enable row level security;
create policy patient_repositories_visible on patient_repositories to holovitals_application
  using ((select sees_everything()) or patient_id = any ((select visible_patients())::uuid[]));

do $$
declare
  name text;
begin
  foreach name in array array[
    'identity_challenges', 'patient_diagnoses', 'patient_medications', 'patient_allergies', 'patient_vital_signs',
    'patient_procedures', 'patient_immunizations', 'patient_family_history', 'patient_results', 'patient_resources']
  loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy %I on %I to holovitals_application'
      ' using ((select sees_everything()) or repository_id = any ((select visible_repositories())::uuid[]))',
      name || '_visible', name);
  end loop;
end
$$;

-- A view reads with its owner's rights, which no policy binds, so it says the same itself.
create or replace view patient_vital_sign_readings as
select
  v.repository_id,
  v.date_low,
  v.date_high,
  min(v.date) as date,
  (array_agg(v.blood_pressure_systolic order by v.last_updated desc, v.id desc) filter (where v.blood_pressure_systolic is not null))[1] as blood_pressure_systolic,
  (array_agg(v.blood_pressure_diastolic order by v.last_updated desc, v.id desc) filter (where v.blood_pressure_diastolic is not null))[1] as blood_pressure_diastolic,
  (array_agg(v.heart_rate order by v.last_updated desc, v.id desc) filter (where v.heart_rate is not null))[1] as heart_rate,
  (array_agg(v.temperature order by v.last_updated desc, v.id desc) filter (where v.temperature is not null))[1] as temperature,
  (array_agg(v.weight order by v.last_updated desc, v.id desc) filter (where v.weight is not null))[1] as weight,
  (array_agg(v.height order by v.last_updated desc, v.id desc) filter (where v.height is not null))[1] as height,
  (array_agg(v.bmi order by v.last_updated desc, v.id desc) filter (where v.bmi is not null))[1] as bmi,
  (array_agg(v.oxygen_saturation order by v.last_updated desc, v.id desc) filter (where v.oxygen_saturation is not null))[1] as oxygen_saturation
from patient_vital_signs v
where v.date_low is not null
  and (v.status is null or v.status not in ('cancelled', 'entered-in-error'))
  and ((select sees_everything()) or v.repository_id = any ((select visible_repositories())::uuid[]))
group by v.repository_id, v.date_low, v.date_high;

-- Who is who must be known before it can be said what may be seen.
create view patient_keys as select id, fhir_id, user_id from patients;
comment on view patient_keys is
  'The keys of patients and nothing about them, which may be read in every transaction: row, FHIR id, and the user whose record it is.';
revoke insert, update, delete on patient_keys from holovitals_application;
