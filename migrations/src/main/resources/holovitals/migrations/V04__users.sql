create table users (
  id uuid primary key,
  subject text not null unique,
  email text not null,
  mfa_enabled boolean not null default false,
  failed_login_attempts integer not null default 0,
  last_failed_login timestamptz,
  roles text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint users_failed_login_attempts_check check (failed_login_attempts >= 0)
);
create unique index users_email_key on users (lower(email));
comment on table users is 'Who may sign in. Passwords and second factors are Keycloak''s and are never stored here.';
comment on column users.subject is 'Claim sub of the access token.';
comment on column users.email is 'Unique without regard to case.';
comment on column users.roles is 'Realm roles as last seen in a token.';

create table user_sessions (
  id uuid primary key,
  session_id text not null unique,
  user_id uuid not null references users on delete cascade,
  expires_at timestamptz not null,
  ip_address inet,
  user_agent text,
  ended_at timestamptz,
  created_at timestamptz not null default now()
);
create index user_sessions_user_id_idx on user_sessions (user_id, created_at desc);
comment on table user_sessions is 'Sessions at Keycloak, kept in step by its login, refresh and logout events.';
comment on column user_sessions.session_id is 'Keycloak''s session id (claim sid); from Keycloak 26.5 on it is no UUID.';

create table consent_grants (
  id uuid primary key,
  patient_id uuid not null references users,
  specialist_id uuid not null references users,
  permissions jsonb not null,
  reason text,
  requested_duration integer not null,
  urgency text not null default 'routine',
  status text not null default 'requested',
  restrictions jsonb not null default '{}',
  granted_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  revocation_reason text,
  denial_reason text,
  expiration_warning_sent boolean not null default false,
  fhir_id text unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint consent_grants_requested_duration_check check (requested_duration between 1 and 72),
  constraint consent_grants_urgency_check check (urgency in ('routine', 'urgent', 'emergency')),
  constraint consent_grants_status_check check (status in ('requested', 'approved', 'denied', 'revoked', 'expired'))
);
create index consent_grants_patient_id_idx on consent_grants (patient_id, status);
create index consent_grants_specialist_id_idx on consent_grants (specialist_id, status);
create index consent_grants_expires_at_idx on consent_grants (expires_at) where status = 'approved';
comment on table consent_grants is 'Which specialist may see which part of a patient''s record, and until when. A state machine: every transition names the state it leaves.';
comment on column consent_grants.patient_id is 'The user who gives the consent.';
comment on column consent_grants.specialist_id is 'The user who receives it.';
comment on column consent_grants.permissions is 'Array of {resource, action, scope}.';
comment on column consent_grants.requested_duration is 'h';
comment on column consent_grants.restrictions is 'Addresses, devices, view only.';
comment on column consent_grants.fhir_id is 'Id of the FHIR Consent that mirrors the grant.';
