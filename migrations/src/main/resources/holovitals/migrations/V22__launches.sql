create table launches (
  id uuid primary key,
  handle_hash bytea not null unique,
  client_id text not null,
  user_subject text,
  user_name text,
  patient_fhir_id text not null,
  encounter_fhir_id text,
  intent text,
  need_patient_banner boolean not null,
  smart_style_url text,
  made_by text not null,
  made_with text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null,
  constraint launches_handle_hash_check check (octet_length(handle_hash) = 32),
  constraint launches_user_check check (user_subject is null or user_name is null)
);
create index launches_expires_at_idx on launches (expires_at);
comment on table launches is 'Launches of apps from an EHR that wait to be opened once. Rows go a day after they expire.';
comment on column launches.handle_hash is 'SHA-256 of the handle that the app passes on; the handle itself is not kept.';
comment on column launches.client_id is 'The app that may open it.';
comment on column launches.user_subject is 'Claim sub of the only user who may open it; with user_name null anyone who may see the patient.';
comment on column launches.user_name is 'Lower-case login name of the only user who may open it.';
comment on column launches.made_by is 'Claim sub of who made it.';
comment on column launches.made_with is 'The client with which it was made.';

create table launch_calls (
  id uuid primary key,
  jti text not null unique,
  expires_at timestamptz not null,
  created_at timestamptz not null
);
create index launch_calls_expires_at_idx on launch_calls (expires_at);
comment on table launch_calls is 'Signed calls of the identity provider that were answered, kept while their signature holds, so that none is answered twice.';
comment on column launch_calls.jti is 'Claim jti of the call.';
