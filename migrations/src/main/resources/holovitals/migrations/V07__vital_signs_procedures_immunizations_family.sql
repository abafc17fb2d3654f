-- Typed tables of the record. Only the server's projection of FHIR resources writes them.
-- A CHECK stands only where FHIR R4 binds the codes as required: a legal resource never fails here.

create table patient_vital_signs (
  id uuid primary key,
  repository_id uuid not null references patient_repositories on delete cascade,
  code_system text,
  code text,
  display text,
  name text,
  date text,
  date_precision text,
  date_low timestamptz,
  date_high timestamptz,
  value numeric,
  value_text text,
  unit text,
  unit_code text,
  status text,
  blood_pressure_systolic numeric,
  blood_pressure_diastolic numeric,
  heart_rate numeric,
  temperature numeric,
  weight numeric,
  height numeric,
  bmi numeric,
  oxygen_saturation numeric,
  fhir_id text not null unique,
  fhir_version bigint not null,
  res_id bigint not null references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
  last_updated timestamptz not null,
  created_at timestamptz not null default now(),
  constraint patient_vital_signs_date_check
    check (is_date_group(date, date_precision, date_low, date_high)),
  constraint patient_vital_signs_status_check
    check (status in ('registered', 'preliminary', 'final', 'amended', 'corrected', 'cancelled', 'entered-in-error', 'unknown'))
);
create index patient_vital_signs_date_idx on patient_vital_signs (repository_id, date_low desc);
create index patient_vital_signs_code_idx on patient_vital_signs (repository_id, code);
create index patient_vital_signs_status_idx on patient_vital_signs (repository_id, status);
create index patient_vital_signs_res_id_idx on patient_vital_signs (res_id);
comment on table patient_vital_signs is 'Vital signs; one row for each FHIR Observation of category vital-signs.';
comment on column patient_vital_signs.code is 'Code of Observation.code, LOINC first.';
comment on column patient_vital_signs.code_system is 'URI of the code system of code; LOINC is http://loinc.org';
comment on column patient_vital_signs.name is 'Observation.code.text';
comment on column patient_vital_signs.date is 'Observation.effective[x] as FHIR wrote it';
comment on column patient_vital_signs.value is 'In unit_code.';
comment on column patient_vital_signs.value_text is 'The digits of value as FHIR wrote them: 7.0 stays 7.0.';
comment on column patient_vital_signs.unit is 'Unit as printed.';
comment on column patient_vital_signs.unit_code is 'UCUM, http://unitsofmeasure.org';
comment on column patient_vital_signs.status is 'http://hl7.org/fhir/observation-status';
comment on column patient_vital_signs.blood_pressure_systolic is 'mm[Hg] (UCUM); LOINC 8480-6';
comment on column patient_vital_signs.blood_pressure_diastolic is 'mm[Hg] (UCUM); LOINC 8462-4';
comment on column patient_vital_signs.heart_rate is '/min (UCUM); LOINC 8867-4';
comment on column patient_vital_signs.temperature is 'Cel (UCUM); LOINC 8310-5';
comment on column patient_vital_signs.weight is 'kg (UCUM); LOINC 29463-7';
comment on column patient_vital_signs.height is 'cm (UCUM); LOINC 8302-2';
comment on column patient_vital_signs.bmi is 'kg/m2 (UCUM); LOINC 39156-5';
comment on column patient_vital_signs.oxygen_saturation is '% (UCUM); LOINC 2708-6 or 59408-5';
comment on column patient_vital_signs.res_id is 'Key of the stored resource in fhir.hfj_resource.';
comment on column patient_vital_signs.last_updated is 'meta.lastUpdated of the resource';

create table patient_procedures (
  id uuid primary key,
  repository_id uuid not null references patient_repositories on delete cascade,
  name text,
  code_system text,
  code text,
  display text,
  date text,
  date_precision text,
  date_low timestamptz,
  date_high timestamptz,
  end_date text,
  end_date_precision text,
  end_date_low timestamptz,
  end_date_high timestamptz,
  performed_by text,
  performed_by_reference text,
  location text,
  location_reference text,
  notes text,
  status text,
  fhir_id text not null unique,
  fhir_version bigint not null,
  res_id bigint not null references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
  last_updated timestamptz not null,
  created_at timestamptz not null default now(),
  constraint patient_procedures_date_check
    check (is_date_group(date, date_precision, date_low, date_high)),
  constraint patient_procedures_end_date_check
    check (is_date_group(end_date, end_date_precision, end_date_low, end_date_high)),
  constraint patient_procedures_status_check
    check (status in ('preparation', 'in-progress', 'not-done', 'on-hold', 'stopped', 'completed', 'entered-in-error', 'unknown'))
);
create index patient_procedures_date_idx on patient_procedures (repository_id, date_low desc);
create index patient_procedures_code_idx on patient_procedures (repository_id, code);
create index patient_procedures_status_idx on patient_procedures (repository_id, status);
create index patient_procedures_res_id_idx on patient_procedures (res_id);
comment on table patient_procedures is 'Procedures; one row for each FHIR Procedure.';
comment on column patient_procedures.name is 'Procedure.code.text, else the display of its code';
comment on column patient_procedures.code is 'Code of Procedure.code.';
comment on column patient_procedures.code_system is 'URI of the code system of code.';
comment on column patient_procedures.date is 'Procedure.performed[x] or its start, as FHIR wrote it';
comment on column patient_procedures.performed_by is 'Display of performer[0].actor.';
comment on column patient_procedures.status is 'http://hl7.org/fhir/event-status';
comment on column patient_procedures.res_id is 'Key of the stored resource in fhir.hfj_resource.';
comment on column patient_procedures.last_updated is 'meta.lastUpdated of the resource';

create table patient_immunizations (
  id uuid primary key,
  repository_id uuid not null references patient_repositories on delete cascade,
  vaccine text,
  code_system text,
  code text,
  display text,
  date text,
  date_precision text,
  date_low timestamptz,
  date_high timestamptz,
  date_text text,
  dose_number text,
  administered_by text,
  administered_by_reference text,
  lot_number text,
  status text,
  fhir_id text not null unique,
  fhir_version bigint not null,
  res_id bigint not null references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
  last_updated timestamptz not null,
  created_at timestamptz not null default now(),
  constraint patient_immunizations_date_check
    check (is_date_group(date, date_precision, date_low, date_high)),
  constraint patient_immunizations_status_check check (status in ('completed', 'entered-in-error', 'not-done'))
);
create index patient_immunizations_date_idx on patient_immunizations (repository_id, date_low desc);
create index patient_immunizations_code_idx on patient_immunizations (repository_id, code);
create index patient_immunizations_status_idx on patient_immunizations (repository_id, status);
create index patient_immunizations_res_id_idx on patient_immunizations (res_id);
comment on table patient_immunizations is 'Immunizations; one row for each FHIR Immunization.';
comment on column patient_immunizations.vaccine is 'Immunization.vaccineCode.text, else the display of its code';
comment on column patient_immunizations.code is 'Code of Immunization.vaccineCode, CVX first.';
comment on column patient_immunizations.code_system is 'URI of the code system of code; CVX is http://hl7.org/fhir/sid/cvx';
comment on column patient_immunizations.date is 'Immunization.occurrenceDateTime as FHIR wrote it';
comment on column patient_immunizations.date_text is 'Immunization.occurrenceString';
comment on column patient_immunizations.dose_number is 'protocolApplied[0].doseNumber[x]';
comment on column patient_immunizations.administered_by is 'Display of performer[0].actor.';
comment on column patient_immunizations.status is 'http://hl7.org/fhir/event-status';
comment on column patient_immunizations.res_id is 'Key of the stored resource in fhir.hfj_resource.';
comment on column patient_immunizations.last_updated is 'meta.lastUpdated of the resource';

create table patient_family_history (
  id uuid primary key,
  repository_id uuid not null references patient_repositories on delete cascade,
  ordinal integer not null,
  relationship text,
  relationship_code_system text,
  relationship_code text,
  relationship_code_display text,
  condition text,
  code_system text,
  code text,
  display text,
  age_at_diagnosis numeric,
  notes text,
  status text,
  deceased boolean,
  fhir_id text not null,
  fhir_version bigint not null,
  res_id bigint not null references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
  last_updated timestamptz not null,
  created_at timestamptz not null default now(),
  constraint patient_family_history_status_check
    check (status in ('partial', 'completed', 'entered-in-error', 'health-unknown')),
  unique (fhir_id, ordinal)
);
create index patient_family_history_code_idx on patient_family_history (repository_id, code);
create index patient_family_history_status_idx on patient_family_history (repository_id, status);
create index patient_family_history_res_id_idx on patient_family_history (res_id);
comment on table patient_family_history is 'Family history; one row for each condition of a FHIR FamilyMemberHistory, one row for a member without conditions.';
comment on column patient_family_history.ordinal is 'Index of the condition from 0; 0 for a member without conditions.';
comment on column patient_family_history.relationship is 'relationship.text, else the display of its code';
comment on column patient_family_history.relationship_code_system is 'URI; mostly http://terminology.hl7.org/CodeSystem/v3-RoleCode';
comment on column patient_family_history.condition is 'condition.code.text, else the display of its code';
comment on column patient_family_history.code is 'Code of the condition.';
comment on column patient_family_history.code_system is 'URI of the code system of code.';
comment on column patient_family_history.age_at_diagnosis is 'a (UCUM), years';
comment on column patient_family_history.status is 'http://hl7.org/fhir/history-status';
comment on column patient_family_history.res_id is 'Key of the stored resource in fhir.hfj_resource.';
comment on column patient_family_history.last_updated is 'meta.lastUpdated of the resource';
