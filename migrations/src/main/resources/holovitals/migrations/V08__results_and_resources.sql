create table patient_results (
  id uuid primary key,
  repository_id uuid not null references patient_repositories on delete cascade,
  category text,
  name text,
  code_system text,
  code text,
  display text,
  effective text,
  effective_precision text,
  effective_low timestamptz,
  effective_high timestamptz,
  value numeric,
  value_text text,
  value_type text,
  unit text,
  unit_code text,
  value_code_system text,
  value_code text,
  value_code_display text,
  reference_range text,
  interpretation text,
  status text,
  fhir_id text not null unique,
  fhir_version bigint not null,
  res_id bigint not null references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
  last_updated timestamptz not null,
  created_at timestamptz not null default now(),
  constraint patient_results_effective_check
    check (is_date_group(effective, effective_precision, effective_low, effective_high)),
  constraint patient_results_status_check
    check (status in ('registered', 'preliminary', 'final', 'amended', 'corrected', 'cancelled', 'entered-in-error', 'unknown')),
  constraint patient_results_value_type_check
    check (value_type in ('quantity', 'codeable_concept', 'string', 'boolean', 'integer', 'range', 'ratio', 'sampled_data', 'time', 'date_time', 'period'))
);
create index patient_results_effective_idx on patient_results (repository_id, effective_low desc);
create index patient_results_category_idx on patient_results (repository_id, category, effective_low desc);
create index patient_results_code_idx on patient_results (repository_id, code);
create index patient_results_status_idx on patient_results (repository_id, status);
create index patient_results_res_id_idx on patient_results (res_id);
comment on table patient_results is 'Results and other findings; one row for each FHIR Observation that is no vital sign.';
comment on column patient_results.category is 'First code of Observation.category, http://terminology.hl7.org/CodeSystem/observation-category';
comment on column patient_results.name is 'Observation.code.text';
comment on column patient_results.code is 'Code of Observation.code, LOINC first.';
comment on column patient_results.code_system is 'URI of the code system of code; LOINC is http://loinc.org';
comment on column patient_results.effective is 'Observation.effective[x] as FHIR wrote it';
comment on column patient_results.value is 'In unit_code.';
comment on column patient_results.value_text is 'The digits of value as FHIR wrote them, or the text, boolean or date.';
comment on column patient_results.value_type is 'Which value[x] of the Observation.';
comment on column patient_results.unit is 'Unit as printed.';
comment on column patient_results.unit_code is 'UCUM, http://unitsofmeasure.org';
comment on column patient_results.value_code_system is 'URI of the code system of value_code.';
comment on column patient_results.interpretation is 'First code of Observation.interpretation, http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';
comment on column patient_results.status is 'http://hl7.org/fhir/observation-status';
comment on column patient_results.res_id is 'Key of the stored resource in fhir.hfj_resource.';
comment on column patient_results.last_updated is 'meta.lastUpdated of the resource';

create table patient_resources (
  id uuid primary key,
  repository_id uuid not null references patient_repositories on delete cascade,
  resource_type text not null,
  type_code_system text,
  type_code text,
  type_code_display text,
  code_system text,
  code text,
  display text,
  category text,
  category_system text,
  status text,
  date text,
  date_precision text,
  date_low timestamptz,
  date_high timestamptz,
  fhir_id text not null,
  fhir_version bigint not null,
  res_id bigint not null references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
  last_updated timestamptz not null,
  created_at timestamptz not null default now(),
  constraint patient_resources_date_check
    check (is_date_group(date, date_precision, date_low, date_high)),
  unique (repository_id, resource_type, fhir_id)
);
create index patient_resources_date_idx on patient_resources (repository_id, resource_type, date_low desc);
create index patient_resources_code_idx on patient_resources (repository_id, resource_type, code);
create index patient_resources_type_code_idx on patient_resources (repository_id, resource_type, type_code);
create index patient_resources_category_idx on patient_resources (repository_id, resource_type, category);
create index patient_resources_status_idx on patient_resources (repository_id, resource_type, status);
create index patient_resources_fhir_id_idx on patient_resources (resource_type, fhir_id);
create index patient_resources_res_id_idx on patient_resources (res_id);
comment on table patient_resources is 'Every other resource of a patients compartment; one row for each repository in whose compartment it stands.';
comment on column patient_resources.resource_type is 'FHIR type, such as Encounter.';
comment on column patient_resources.type_code_system is 'URI of the code system of type_code.';
comment on column patient_resources.code_system is 'URI of the code system of code.';
comment on column patient_resources.category_system is 'URI of the code system of category.';
comment on column patient_resources.status is 'Status of the type; each type has its own codes.';
comment on column patient_resources.date is 'Main date or period of the type, as FHIR wrote it.';
comment on column patient_resources.res_id is 'Key of the stored resource in fhir.hfj_resource.';
comment on column patient_resources.last_updated is 'meta.lastUpdated of the resource';

create view patient_vital_sign_readings as
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
group by v.repository_id, v.date_low, v.date_high;
comment on view patient_vital_sign_readings is 'Vital signs as one wide row for each repository and time. Of two values for one time the later updated counts; cancelled and mistaken ones do not.';
comment on column patient_vital_sign_readings.blood_pressure_systolic is 'mm[Hg] (UCUM)';
comment on column patient_vital_sign_readings.blood_pressure_diastolic is 'mm[Hg] (UCUM)';
comment on column patient_vital_sign_readings.heart_rate is '/min (UCUM)';
comment on column patient_vital_sign_readings.temperature is 'Cel (UCUM)';
comment on column patient_vital_sign_readings.weight is 'kg (UCUM)';
comment on column patient_vital_sign_readings.height is 'cm (UCUM)';
comment on column patient_vital_sign_readings.bmi is 'kg/m2 (UCUM)';
comment on column patient_vital_sign_readings.oxygen_saturation is '% (UCUM)';
