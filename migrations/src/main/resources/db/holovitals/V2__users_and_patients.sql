create table holovitals.users (
    id uuid constraint users_pk primary key,
    subject text not null constraint users_subject_unique unique,
    email text,
    roles text[] not null default '{}',
    mfa_enabled boolean not null default false,
    failed_login_attempts integer not null default 0,
    last_failed_login timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create unique index users_email_unique on holovitals.users (lower(email));
comment on table holovitals.users is 'People who log in; made on first sight of a valid token. Passwords and second factors are Keycloak''s alone.';
comment on column holovitals.users.subject is 'Keycloak''s sub claim';

create table holovitals.patients (
    id uuid constraint patients_pk primary key,
    user_id uuid constraint patients_user_fk references holovitals.users,
    first_name text,
    last_name text,
    date_of_birth text,
    date_of_birth_precision text constraint patients_date_of_birth_precision_check
        check (date_of_birth_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant', 'period')),
    date_of_birth_low timestamptz,
    date_of_birth_high timestamptz,
    sex text constraint patients_sex_check check (sex in ('male', 'female', 'other', 'unknown')),
    fhir_id text not null constraint patients_fhir_id_unique unique,
    fhir_version bigint not null,
    res_id bigint not null constraint patients_resource_fk
        references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
    last_updated timestamptz not null,
    created_at timestamptz not null
);
create index patients_user_index on holovitals.patients (user_id);
create index patients_resource_index on holovitals.patients (res_id);
create index patients_name_index on holovitals.patients (lower(last_name), lower(first_name));
comment on table holovitals.patients is 'One row for each FHIR Patient; user_id is empty until a person claims the record.';
comment on column holovitals.patients.first_name is 'Given names of the official, else usual, else first name, joined by a space';
comment on column holovitals.patients.sex is 'Patient.gender, http://hl7.org/fhir/administrative-gender';
comment on column holovitals.patients.res_id is 'HAPI''s key of the resource';

create table holovitals.patient_repositories (
    id uuid constraint patient_repositories_pk primary key,
    user_id uuid constraint patient_repositories_user_unique unique
        constraint patient_repositories_user_fk references holovitals.users,
    patient_id uuid not null constraint patient_repositories_patient_unique unique
        constraint patient_repositories_patient_fk references holovitals.patients on delete cascade,
    primary_identity_hash text constraint patient_repositories_primary_hash_unique unique,
    secondary_identity_hash text,
    composite_identity_hash text constraint patient_repositories_composite_hash_unique unique,
    encrypted_personal_info bytea,
    has_mothers_maiden_name boolean not null default false,
    has_previous_address boolean not null default false,
    version bigint not null default 1,
    last_accessed_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
comment on table holovitals.patient_repositories is 'The record of one patient: every clinical row hangs on it.';
comment on column holovitals.patient_repositories.primary_identity_hash is 'HMAC-SHA-256 over a PBKDF2 of the normalised factors; empty until the identity is registered';
comment on column holovitals.patient_repositories.encrypted_personal_info is 'AES-256-GCM, the key id in front';
