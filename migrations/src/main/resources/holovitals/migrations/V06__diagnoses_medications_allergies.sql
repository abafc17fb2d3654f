-- Typed tables of the record. Only the server's projection of FHIR resources writes them.
-- A CHECK stands only where FHIR R4 binds the codes as required: a legal resource never fails here.

create table patient_diagnoses (
  id uuid primary key,
  repository_id uuid not null references patient_repositories on delete cascade,
  condition text,
  icd10_code text,
  icd10_system text,
  code_system text,
  code text,
  display text,
  category text,
  diagnosed_date text,
  diagnosed_date_precision text,
  diagnosed_date_low timestamptz,
  diagnosed_date_high timestamptz,
  diagnosed_date_source text,
  onset text,
  onset_precision text,
  onset_low timestamptz,
  onset_high timestamptz,
  abatement text,
  abatement_precision text,
  abatement_low timestamptz,
  abatement_high timestamptz,
  status text,
  verification_status text,
  severity text,
  severity_code_system text,
  severity_code text,
  severity_code_display text,
  notes text,
  encounter text,
  fhir_id text not null unique,
  fhir_version bigint not null,
  res_id bigint not null references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
  last_updated timestamptz not null,
  created_at timestamptz not null default now(),
  constraint patient_diagnoses_diagnosed_date_check
    check (is_date_group(diagnosed_date, diagnosed_date_precision, diagnosed_date_low, diagnosed_date_high)),
  constraint patient_diagnoses_onset_check
    check (is_date_group(onset, onset_precision, onset_low, onset_high)),
  constraint patient_diagnoses_abatement_check
    check (is_date_group(abatement, abatement_precision, abatement_low, abatement_high)),
  constraint patient_diagnoses_diagnosed_date_source_check
    check (diagnosed_date_source in ('asserted_date', 'recorded_date')),
  constraint patient_diagnoses_status_check
    check (status in ('active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved')),
  constraint patient_diagnoses_verification_status_check
    check (verification_status in ('unconfirmed', 'provisional', 'differential', 'confirmed', 'refuted', 'entered-in-error'))
);
create index patient_diagnoses_diagnosed_date_idx on patient_diagnoses (repository_id, diagnosed_date_low desc);
create index patient_diagnoses_onset_idx on patient_diagnoses (repository_id, onset_low desc);
create index patient_diagnoses_code_idx on patient_diagnoses (repository_id, code);
create index patient_diagnoses_status_idx on patient_diagnoses (repository_id, status);
create index patient_diagnoses_res_id_idx on patient_diagnoses (res_id);
comment on table patient_diagnoses is 'Diagnoses and problems; one row for each FHIR Condition.';
comment on column patient_diagnoses.condition is 'Condition.code.text, else the display of its code';
comment on column patient_diagnoses.icd10_code is 'Code of icd10_system.';
comment on column patient_diagnoses.icd10_system is 'http://hl7.org/fhir/sid/icd-10-cm or http://hl7.org/fhir/sid/icd-10';
comment on column patient_diagnoses.code is 'Code of Condition.code: SNOMED CT, else ICD-10-CM, else the first coding.';
comment on column patient_diagnoses.code_system is 'URI of the code system of code.';
comment on column patient_diagnoses.category is 'First code of Condition.category, http://terminology.hl7.org/CodeSystem/condition-category';
comment on column patient_diagnoses.diagnosed_date is 'The extension condition-assertedDate, else Condition.recordedDate, as FHIR wrote it.';
comment on column patient_diagnoses.onset is 'Condition.onsetDateTime or onsetPeriod';
comment on column patient_diagnoses.abatement is 'Condition.abatementDateTime or abatementPeriod';
comment on column patient_diagnoses.status is 'Condition.clinicalStatus, http://terminology.hl7.org/CodeSystem/condition-clinical';
comment on column patient_diagnoses.verification_status is 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
comment on column patient_diagnoses.severity is 'Condition.severity.text, else the display of its code';
comment on column patient_diagnoses.severity_code_system is 'URI of the code system of severity_code.';
comment on column patient_diagnoses.encounter is 'Literal reference of Condition.encounter.';
comment on column patient_diagnoses.res_id is 'Key of the stored resource in fhir.hfj_resource.';
comment on column patient_diagnoses.last_updated is 'meta.lastUpdated of the resource';

create table patient_medications (
  id uuid primary key,
  repository_id uuid not null references patient_repositories on delete cascade,
  resource_type text not null,
  name text,
  code_system text,
  code text,
  display text,
  medication_reference text,
  dosage text,
  frequency text,
  start_date text,
  start_date_precision text,
  start_date_low timestamptz,
  start_date_high timestamptz,
  end_date text,
  end_date_precision text,
  end_date_low timestamptz,
  end_date_high timestamptz,
  prescribed_by text,
  prescribed_by_reference text,
  purpose text,
  status text,
  intent text,
  fhir_id text not null,
  fhir_version bigint not null,
  res_id bigint not null references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
  last_updated timestamptz not null,
  created_at timestamptz not null default now(),
  constraint patient_medications_start_date_check
    check (is_date_group(start_date, start_date_precision, start_date_low, start_date_high)),
  constraint patient_medications_end_date_check
    check (is_date_group(end_date, end_date_precision, end_date_low, end_date_high)),
  constraint patient_medications_resource_type_check
    check (resource_type in ('MedicationRequest', 'MedicationStatement')),
  constraint patient_medications_status_check
    check (status in ('active', 'on-hold', 'cancelled', 'completed', 'entered-in-error', 'stopped', 'draft', 'unknown', 'intended', 'not-taken')),
  constraint patient_medications_intent_check
    check (intent in ('proposal', 'plan', 'order', 'original-order', 'reflex-order', 'filler-order', 'instance-order', 'option')),
  unique (resource_type, fhir_id)
);
create index patient_medications_start_date_idx on patient_medications (repository_id, start_date_low desc);
create index patient_medications_code_idx on patient_medications (repository_id, code);
create index patient_medications_status_idx on patient_medications (repository_id, status);
create index patient_medications_res_id_idx on patient_medications (res_id);
comment on table patient_medications is 'Medications ordered or taken; one row for each FHIR MedicationRequest or MedicationStatement.';
comment on column patient_medications.name is 'Text or display of medicationCodeableConcept, or of the referenced Medication.';
comment on column patient_medications.code is 'Code of the medication, RxNorm first.';
comment on column patient_medications.code_system is 'URI of the code system of code; RxNorm is http://www.nlm.nih.gov/research/umls/rxnorm';
comment on column patient_medications.medication_reference is 'Literal reference, Medication/x, or #x where contained.';
comment on column patient_medications.dosage is 'Dose with its UCUM unit, else the text of the first dosage.';
comment on column patient_medications.frequency is 'Timing of the first dosage: code, repeat or text.';
comment on column patient_medications.start_date is 'authoredOn or start of the period, as FHIR wrote it';
comment on column patient_medications.prescribed_by is 'Display of requester or informationSource.';
comment on column patient_medications.purpose is 'reasonCode';
comment on column patient_medications.status is 'http://hl7.org/fhir/CodeSystem/medicationrequest-status or http://hl7.org/fhir/CodeSystem/medication-statement-status';
comment on column patient_medications.intent is 'http://hl7.org/fhir/CodeSystem/medicationrequest-intent';
comment on column patient_medications.res_id is 'Key of the stored resource in fhir.hfj_resource.';
comment on column patient_medications.last_updated is 'meta.lastUpdated of the resource';

create table patient_allergies (
  id uuid primary key,
  repository_id uuid not null references patient_repositories on delete cascade,
  allergen text,
  code_system text,
  code text,
  display text,
  type text,
  kind text,
  reaction text,
  severity text,
  criticality text,
  diagnosed_date text,
  diagnosed_date_precision text,
  diagnosed_date_low timestamptz,
  diagnosed_date_high timestamptz,
  onset text,
  onset_precision text,
  onset_low timestamptz,
  onset_high timestamptz,
  clinical_status text,
  verification_status text,
  fhir_id text not null unique,
  fhir_version bigint not null,
  res_id bigint not null references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
  last_updated timestamptz not null,
  created_at timestamptz not null default now(),
  constraint patient_allergies_diagnosed_date_check
    check (is_date_group(diagnosed_date, diagnosed_date_precision, diagnosed_date_low, diagnosed_date_high)),
  constraint patient_allergies_onset_check
    check (is_date_group(onset, onset_precision, onset_low, onset_high)),
  constraint patient_allergies_type_check check (type in ('food', 'medication', 'environment', 'biologic')),
  constraint patient_allergies_kind_check check (kind in ('allergy', 'intolerance')),
  constraint patient_allergies_severity_check check (severity in ('mild', 'moderate', 'severe')),
  constraint patient_allergies_criticality_check check (criticality in ('low', 'high', 'unable-to-assess')),
  constraint patient_allergies_clinical_status_check check (clinical_status in ('active', 'inactive', 'resolved')),
  constraint patient_allergies_verification_status_check
    check (verification_status in ('unconfirmed', 'confirmed', 'refuted', 'entered-in-error'))
);
create index patient_allergies_diagnosed_date_idx on patient_allergies (repository_id, diagnosed_date_low desc);
create index patient_allergies_code_idx on patient_allergies (repository_id, code);
create index patient_allergies_clinical_status_idx on patient_allergies (repository_id, clinical_status);
create index patient_allergies_res_id_idx on patient_allergies (res_id);
comment on table patient_allergies is 'Allergies and intolerances; one row for each FHIR AllergyIntolerance.';
comment on column patient_allergies.allergen is 'AllergyIntolerance.code.text, else the display of its code';
comment on column patient_allergies.code is 'Code of AllergyIntolerance.code.';
comment on column patient_allergies.code_system is 'URI of the code system of code.';
comment on column patient_allergies.type is 'First AllergyIntolerance.category, http://hl7.org/fhir/allergy-intolerance-category';
comment on column patient_allergies.kind is 'AllergyIntolerance.type, http://hl7.org/fhir/allergy-intolerance-type';
comment on column patient_allergies.reaction is 'reaction.manifestation';
comment on column patient_allergies.severity is 'The worst reaction.severity, http://hl7.org/fhir/reaction-event-severity';
comment on column patient_allergies.criticality is 'http://hl7.org/fhir/allergy-intolerance-criticality';
comment on column patient_allergies.diagnosed_date is 'recordedDate as FHIR wrote it';
comment on column patient_allergies.clinical_status is 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical';
comment on column patient_allergies.verification_status is 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';
comment on column patient_allergies.res_id is 'Key of the stored resource in fhir.hfj_resource.';
comment on column patient_allergies.last_updated is 'meta.lastUpdated of the resource';
