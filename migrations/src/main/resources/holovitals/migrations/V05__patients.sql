create table patients (
  id uuid primary key,
  user_id uuid references users on delete set null,
  first_name text,
  last_name text,
  date_of_birth text,
  date_of_birth_precision text,
  date_of_birth_low timestamptz,
  date_of_birth_high timestamptz,
  sex text,
  fhir_id text not null unique,
  fhir_version bigint not null,
  res_id bigint not null references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
  last_updated timestamptz not null,
  created_at timestamptz not null default now(),
  constraint patients_date_of_birth_check
    check (is_date_group(date_of_birth, date_of_birth_precision, date_of_birth_low, date_of_birth_high)),
  constraint patients_sex_check check (sex in ('male', 'female', 'other', 'unknown'))
);
create index patients_user_id_idx on patients (user_id);
create index patients_res_id_idx on patients (res_id);
create index patients_name_idx on patients (lower(last_name), lower(first_name));
comment on table patients is 'One row for each FHIR Patient. Written only from the FHIR resource.';
comment on column patients.user_id is 'Null until somebody claims a record that a health system sent.';
comment on column patients.first_name is 'Given names of the official, else usual, else first name, joined by one space.';
comment on column patients.date_of_birth is 'Patient.birthDate as FHIR wrote it.';
comment on column patients.sex is 'Patient.gender, http://hl7.org/fhir/administrative-gender';
comment on column patients.res_id is 'Key of the stored resource in fhir.hfj_resource.';
comment on column patients.last_updated is 'Patient.meta.lastUpdated';

create table patient_repositories (
  id uuid primary key,
  user_id uuid unique references users on delete set null,
  patient_id uuid not null unique references patients on delete cascade,
  primary_identity_hash bytea unique,
  secondary_identity_hash bytea,
  composite_identity_hash bytea unique,
  encrypted_personal_info bytea,
  has_mothers_maiden_name boolean not null default false,
  has_previous_address boolean not null default false,
  version bigint not null default 1,
  last_accessed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint patient_repositories_primary_identity_hash_check check (octet_length(primary_identity_hash) = 32),
  constraint patient_repositories_secondary_identity_hash_check check (octet_length(secondary_identity_hash) = 32),
  constraint patient_repositories_composite_identity_hash_check check (octet_length(composite_identity_hash) = 32)
);
create index patient_repositories_secondary_identity_hash_idx on patient_repositories (secondary_identity_hash);
comment on table patient_repositories is 'The sandbox that holds one patient''s typed record; made together with the patient''s row.';
comment on column patient_repositories.primary_identity_hash is 'HMAC-SHA-256 under the server''s key over PBKDF2 of the normalised factors: a plain hash of a birth date could be guessed.';
comment on column patient_repositories.secondary_identity_hash is 'As primary_identity_hash, over the second set of factors.';
comment on column patient_repositories.composite_identity_hash is 'As primary_identity_hash, over both sets of factors.';
comment on column patient_repositories.encrypted_personal_info is 'AES-256-GCM; the header names the key.';
comment on column patient_repositories.version is 'Counts changes; a writer names the version it read.';

create table identity_challenges (
  id uuid primary key,
  repository_id uuid not null references patient_repositories on delete cascade,
  questions jsonb not null,
  expires_at timestamptz not null,
  attempts integer not null default 0,
  outcome text,
  created_at timestamptz not null default now(),
  constraint identity_challenges_attempts_check check (attempts >= 0),
  constraint identity_challenges_outcome_check check (outcome in ('passed', 'failed', 'expired'))
);
create index identity_challenges_repository_id_idx on identity_challenges (repository_id, created_at desc);
comment on table identity_challenges is 'Questions that a person answers to claim a record.';
comment on column identity_challenges.questions is 'Answers only as keyed hashes.';
comment on column identity_challenges.outcome is 'Null while the challenge is open.';
