create table holovitals.patient_diagnoses (
    id uuid constraint patient_diagnoses_pk primary key,
    repository_id uuid not null constraint patient_diagnoses_repository_fk
        references holovitals.patient_repositories on delete cascade,
    fhir_id text not null,
    fhir_version bigint not null,
    res_id bigint not null constraint patient_diagnoses_resource_fk
        references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
    last_updated timestamptz not null,
    created_at timestamptz not null,
    condition text,
    icd10_code text,
    icd10_system text,
    code_system text,
    code text,
    display text,
    category text,
    diagnosed_date text,
    diagnosed_date_precision text
        constraint patient_diagnoses_diagnosed_date_precision_check
        check (diagnosed_date_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    diagnosed_date_low timestamptz,
    diagnosed_date_high timestamptz,
    diagnosed_date_source text
        constraint patient_diagnoses_diagnosed_date_source_check
        check (diagnosed_date_source in ('asserted_date', 'recorded_date')),
    onset text,
    onset_precision text
        constraint patient_diagnoses_onset_precision_check
        check (onset_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    onset_low timestamptz,
    onset_high timestamptz,
    abatement text,
    abatement_precision text
        constraint patient_diagnoses_abatement_precision_check
        check (abatement_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    abatement_low timestamptz,
    abatement_high timestamptz,
    status text
        constraint patient_diagnoses_status_check
        check (status in ('active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved')),
    verification_status text
        constraint patient_diagnoses_verification_status_check
        check (verification_status in ('unconfirmed', 'provisional', 'differential', 'confirmed', 'refuted', 'entered-in-error')),
    severity_code_system text,
    severity_code text,
    severity_code_display text,
    severity text,
    notes text,
    encounter text,
    constraint patient_diagnoses_resource_unique unique (fhir_id)
);
create index patient_diagnoses_date_index on holovitals.patient_diagnoses (repository_id, diagnosed_date_low desc);
create index patient_diagnoses_resource_index on holovitals.patient_diagnoses (res_id);
create index patient_diagnoses_code_index on holovitals.patient_diagnoses (repository_id, code);
create index patient_diagnoses_status_index on holovitals.patient_diagnoses (repository_id, status);
comment on table holovitals.patient_diagnoses is 'Mirrors Condition; written by the row projector only.';
comment on column holovitals.patient_diagnoses.icd10_code is 'http://hl7.org/fhir/sid/icd-10-cm or icd-10';
comment on column holovitals.patient_diagnoses.encounter is 'Reference to the Encounter';

create table holovitals.patient_medications (
    id uuid constraint patient_medications_pk primary key,
    repository_id uuid not null constraint patient_medications_repository_fk
        references holovitals.patient_repositories on delete cascade,
    fhir_id text not null,
    fhir_version bigint not null,
    res_id bigint not null constraint patient_medications_resource_fk
        references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
    last_updated timestamptz not null,
    created_at timestamptz not null,
    resource_type text not null
        constraint patient_medications_resource_type_check
        check (resource_type in ('MedicationRequest', 'MedicationStatement')),
    name text,
    code_system text,
    code text,
    display text,
    medication_reference text,
    dosage text,
    frequency text,
    start_date text,
    start_date_precision text
        constraint patient_medications_start_date_precision_check
        check (start_date_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    start_date_low timestamptz,
    start_date_high timestamptz,
    end_date text,
    end_date_precision text
        constraint patient_medications_end_date_precision_check
        check (end_date_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    end_date_low timestamptz,
    end_date_high timestamptz,
    prescribed_by text,
    prescribed_by_reference text,
    purpose text,
    status text
        constraint patient_medications_status_check
        check (status in ('active', 'on-hold', 'cancelled', 'completed', 'entered-in-error', 'stopped', 'draft', 'unknown', 'intended', 'not-taken')),
    intent text
        constraint patient_medications_intent_check
        check (intent in ('proposal', 'plan', 'order', 'original-order', 'reflex-order', 'filler-order', 'instance-order', 'option')),
    constraint patient_medications_resource_unique unique (resource_type, fhir_id)
);
create index patient_medications_date_index on holovitals.patient_medications (repository_id, start_date_low desc);
create index patient_medications_resource_index on holovitals.patient_medications (res_id);
create index patient_medications_code_index on holovitals.patient_medications (repository_id, code);
create index patient_medications_status_index on holovitals.patient_medications (repository_id, status);
create index patient_medications_medication_index on holovitals.patient_medications (medication_reference) where medication_reference is not null;
comment on table holovitals.patient_medications is 'Mirrors MedicationRequest or MedicationStatement; written by the row projector only.';

create table holovitals.patient_allergies (
    id uuid constraint patient_allergies_pk primary key,
    repository_id uuid not null constraint patient_allergies_repository_fk
        references holovitals.patient_repositories on delete cascade,
    fhir_id text not null,
    fhir_version bigint not null,
    res_id bigint not null constraint patient_allergies_resource_fk
        references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
    last_updated timestamptz not null,
    created_at timestamptz not null,
    allergen text,
    code_system text,
    code text,
    display text,
    type text
        constraint patient_allergies_type_check
        check (type in ('food', 'medication', 'environment', 'biologic')),
    kind text
        constraint patient_allergies_kind_check
        check (kind in ('allergy', 'intolerance')),
    reaction text,
    severity text
        constraint patient_allergies_severity_check
        check (severity in ('mild', 'moderate', 'severe')),
    criticality text
        constraint patient_allergies_criticality_check
        check (criticality in ('low', 'high', 'unable-to-assess')),
    diagnosed_date text,
    diagnosed_date_precision text
        constraint patient_allergies_diagnosed_date_precision_check
        check (diagnosed_date_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    diagnosed_date_low timestamptz,
    diagnosed_date_high timestamptz,
    onset text,
    onset_precision text
        constraint patient_allergies_onset_precision_check
        check (onset_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    onset_low timestamptz,
    onset_high timestamptz,
    clinical_status text
        constraint patient_allergies_clinical_status_check
        check (clinical_status in ('active', 'inactive', 'resolved')),
    verification_status text
        constraint patient_allergies_verification_status_check
        check (verification_status in ('unconfirmed', 'confirmed', 'refuted', 'entered-in-error')),
    constraint patient_allergies_resource_unique unique (fhir_id)
);
create index patient_allergies_date_index on holovitals.patient_allergies (repository_id, diagnosed_date_low desc);
create index patient_allergies_resource_index on holovitals.patient_allergies (res_id);
create index patient_allergies_code_index on holovitals.patient_allergies (repository_id, code);
create index patient_allergies_clinical_status_index on holovitals.patient_allergies (repository_id, clinical_status);
comment on table holovitals.patient_allergies is 'Mirrors AllergyIntolerance; written by the row projector only.';

create table holovitals.patient_vital_signs (
    id uuid constraint patient_vital_signs_pk primary key,
    repository_id uuid not null constraint patient_vital_signs_repository_fk
        references holovitals.patient_repositories on delete cascade,
    fhir_id text not null,
    fhir_version bigint not null,
    res_id bigint not null constraint patient_vital_signs_resource_fk
        references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
    last_updated timestamptz not null,
    created_at timestamptz not null,
    code_system text,
    code text,
    display text,
    name text,
    date text,
    date_precision text
        constraint patient_vital_signs_date_precision_check
        check (date_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    date_low timestamptz,
    date_high timestamptz,
    value numeric,
    value_text text,
    unit text,
    unit_code text,
    status text not null
        constraint patient_vital_signs_status_check
        check (status in ('registered', 'preliminary', 'final', 'amended', 'corrected', 'cancelled', 'entered-in-error', 'unknown')),
    blood_pressure_systolic numeric,
    blood_pressure_diastolic numeric,
    heart_rate numeric,
    temperature numeric,
    weight numeric,
    height numeric,
    bmi numeric,
    oxygen_saturation numeric,
    constraint patient_vital_signs_resource_unique unique (fhir_id)
);
create index patient_vital_signs_date_index on holovitals.patient_vital_signs (repository_id, date_low desc);
create index patient_vital_signs_resource_index on holovitals.patient_vital_signs (res_id);
create index patient_vital_signs_code_index on holovitals.patient_vital_signs (repository_id, code);
comment on table holovitals.patient_vital_signs is 'Mirrors Observation of category vital-signs; written by the row projector only.';
comment on column holovitals.patient_vital_signs.blood_pressure_systolic is 'mm[Hg], LOINC 8480-6 of a panel 85354-9';
comment on column holovitals.patient_vital_signs.blood_pressure_diastolic is 'mm[Hg], LOINC 8462-4 of a panel 85354-9';
comment on column holovitals.patient_vital_signs.heart_rate is '/min, LOINC 8867-4';
comment on column holovitals.patient_vital_signs.temperature is 'Cel, LOINC 8310-5';
comment on column holovitals.patient_vital_signs.weight is 'kg, LOINC 29463-7';
comment on column holovitals.patient_vital_signs.height is 'cm, LOINC 8302-2';
comment on column holovitals.patient_vital_signs.bmi is 'kg/m2, LOINC 39156-5';
comment on column holovitals.patient_vital_signs.oxygen_saturation is '%, LOINC 2708-6 or 59408-5';
comment on column holovitals.patient_vital_signs.value_text is 'The digits as the resource has them';
comment on column holovitals.patient_vital_signs.unit_code is 'UCUM';

create table holovitals.patient_procedures (
    id uuid constraint patient_procedures_pk primary key,
    repository_id uuid not null constraint patient_procedures_repository_fk
        references holovitals.patient_repositories on delete cascade,
    fhir_id text not null,
    fhir_version bigint not null,
    res_id bigint not null constraint patient_procedures_resource_fk
        references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
    last_updated timestamptz not null,
    created_at timestamptz not null,
    name text,
    code_system text,
    code text,
    display text,
    date text,
    date_precision text
        constraint patient_procedures_date_precision_check
        check (date_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    date_low timestamptz,
    date_high timestamptz,
    end_date text,
    end_date_precision text
        constraint patient_procedures_end_date_precision_check
        check (end_date_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    end_date_low timestamptz,
    end_date_high timestamptz,
    performed_by text,
    performed_by_reference text,
    location text,
    location_reference text,
    notes text,
    status text not null
        constraint patient_procedures_status_check
        check (status in ('preparation', 'in-progress', 'not-done', 'on-hold', 'stopped', 'completed', 'entered-in-error', 'unknown')),
    constraint patient_procedures_resource_unique unique (fhir_id)
);
create index patient_procedures_date_index on holovitals.patient_procedures (repository_id, date_low desc);
create index patient_procedures_resource_index on holovitals.patient_procedures (res_id);
create index patient_procedures_code_index on holovitals.patient_procedures (repository_id, code);
create index patient_procedures_status_index on holovitals.patient_procedures (repository_id, status);
comment on table holovitals.patient_procedures is 'Mirrors Procedure; written by the row projector only.';

create table holovitals.patient_immunizations (
    id uuid constraint patient_immunizations_pk primary key,
    repository_id uuid not null constraint patient_immunizations_repository_fk
        references holovitals.patient_repositories on delete cascade,
    fhir_id text not null,
    fhir_version bigint not null,
    res_id bigint not null constraint patient_immunizations_resource_fk
        references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
    last_updated timestamptz not null,
    created_at timestamptz not null,
    vaccine text,
    code_system text,
    code text,
    display text,
    date text,
    date_precision text
        constraint patient_immunizations_date_precision_check
        check (date_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    date_low timestamptz,
    date_high timestamptz,
    date_text text,
    dose_number text,
    administered_by text,
    administered_by_reference text,
    lot_number text,
    status text not null
        constraint patient_immunizations_status_check
        check (status in ('completed', 'entered-in-error', 'not-done')),
    constraint patient_immunizations_resource_unique unique (fhir_id)
);
create index patient_immunizations_date_index on holovitals.patient_immunizations (repository_id, date_low desc);
create index patient_immunizations_resource_index on holovitals.patient_immunizations (res_id);
create index patient_immunizations_code_index on holovitals.patient_immunizations (repository_id, code);
create index patient_immunizations_status_index on holovitals.patient_immunizations (repository_id, status);
comment on table holovitals.patient_immunizations is 'Mirrors Immunization; written by the row projector only.';

create table holovitals.patient_family_history (
    id uuid constraint patient_family_history_pk primary key,
    repository_id uuid not null constraint patient_family_history_repository_fk
        references holovitals.patient_repositories on delete cascade,
    fhir_id text not null,
    fhir_version bigint not null,
    res_id bigint not null constraint patient_family_history_resource_fk
        references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
    last_updated timestamptz not null,
    created_at timestamptz not null,
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
    status text not null
        constraint patient_family_history_status_check
        check (status in ('partial', 'completed', 'entered-in-error', 'health-unknown')),
    deceased boolean,
    constraint patient_family_history_resource_unique unique (fhir_id, ordinal)
);
create index patient_family_history_date_index on holovitals.patient_family_history (repository_id, last_updated desc);
create index patient_family_history_resource_index on holovitals.patient_family_history (res_id);
create index patient_family_history_code_index on holovitals.patient_family_history (repository_id, code);
create index patient_family_history_status_index on holovitals.patient_family_history (repository_id, status);
comment on table holovitals.patient_family_history is 'Mirrors FamilyMemberHistory, one row for each condition of the member; written by the row projector only.';
comment on column holovitals.patient_family_history.age_at_diagnosis is 'Years';

create table holovitals.patient_results (
    id uuid constraint patient_results_pk primary key,
    repository_id uuid not null constraint patient_results_repository_fk
        references holovitals.patient_repositories on delete cascade,
    fhir_id text not null,
    fhir_version bigint not null,
    res_id bigint not null constraint patient_results_resource_fk
        references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
    last_updated timestamptz not null,
    created_at timestamptz not null,
    category text,
    name text,
    code_system text,
    code text,
    display text,
    effective text,
    effective_precision text
        constraint patient_results_effective_precision_check
        check (effective_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    effective_low timestamptz,
    effective_high timestamptz,
    value numeric,
    value_text text,
    value_type text
        constraint patient_results_value_type_check
        check (value_type in ('quantity', 'codeable_concept', 'string', 'boolean', 'integer', 'range', 'ratio', 'sampled_data', 'time', 'date_time', 'period')),
    unit text,
    unit_code text,
    value_code_system text,
    value_code text,
    value_code_display text,
    reference_range text,
    interpretation text,
    status text not null
        constraint patient_results_status_check
        check (status in ('registered', 'preliminary', 'final', 'amended', 'corrected', 'cancelled', 'entered-in-error', 'unknown')),
    constraint patient_results_resource_unique unique (fhir_id)
);
create index patient_results_date_index on holovitals.patient_results (repository_id, effective_low desc);
create index patient_results_resource_index on holovitals.patient_results (res_id);
create index patient_results_code_index on holovitals.patient_results (repository_id, code);
create index patient_results_category_index on holovitals.patient_results (repository_id, category);
comment on table holovitals.patient_results is 'Mirrors Observation of any other category; written by the row projector only.';

create table holovitals.patient_resources (
    id uuid constraint patient_resources_pk primary key,
    repository_id uuid not null constraint patient_resources_repository_fk
        references holovitals.patient_repositories on delete cascade,
    fhir_id text not null,
    fhir_version bigint not null,
    res_id bigint not null constraint patient_resources_resource_fk
        references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
    last_updated timestamptz not null,
    created_at timestamptz not null,
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
    date_precision text
        constraint patient_resources_date_precision_check
        check (date_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    date_low timestamptz,
    date_high timestamptz,
    constraint patient_resources_resource_unique unique (repository_id, resource_type, fhir_id)
);
create index patient_resources_date_index on holovitals.patient_resources (repository_id, date_low desc);
create index patient_resources_resource_index on holovitals.patient_resources (res_id);
create index patient_resources_resource_type_index on holovitals.patient_resources (repository_id, resource_type);
comment on table holovitals.patient_resources is 'Mirrors every other resource of the patient compartment; written by the row projector only.';

create view holovitals.patient_vital_sign_readings as
select repository_id, date_low as read_at,
    max(blood_pressure_systolic) as blood_pressure_systolic,
    max(blood_pressure_diastolic) as blood_pressure_diastolic,
    max(heart_rate) as heart_rate,
    max(temperature) as temperature,
    max(weight) as weight,
    max(height) as height,
    max(bmi) as bmi,
    max(oxygen_saturation) as oxygen_saturation
from holovitals.patient_vital_signs
where status not in ('entered-in-error', 'cancelled')
group by repository_id, date_low;
comment on view holovitals.patient_vital_sign_readings is 'One row for each repository and time, all vital signs side by side.';
grant select on holovitals.patient_vital_sign_readings to holovitals_application;
