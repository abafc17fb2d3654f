-- What the identity provider's events tell: read once, in order, and remembered as long as they matter.

-- An account may have no address, or one that another account has already; two accounts are never taken for one.
alter table users alter email drop not null;
comment on column users.email is
  'As the last token with one had it, in lower case; null while unknown or while another account has it.';
comment on column users.mfa_enabled is 'Whether the account has a second factor (a one-time code or a security key).';
comment on column users.failed_login_attempts is 'Since the last login that went well.';

create table identity_cursors (
  id uuid primary key,
  stream text not null unique,
  position timestamptz not null,
  polled_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint identity_cursors_stream_check check (stream in ('user', 'admin'))
);
comment on table identity_cursors is 'How far each stream of the identity provider''s events is read.';
comment on column identity_cursors.position is 'Time of the newest event read, by the provider''s clock.';

create table identity_events (
  id uuid primary key,
  event_key text not null unique,
  happened_at timestamptz not null,
  created_at timestamptz not null default now()
);
comment on table identity_events is
  'Events of the identity provider that stand in audit_logs already; kept while they could be read again.';
comment on column identity_events.event_key is 'The stream and the provider''s id of the event.';
create index identity_events_happened_at_idx on identity_events (happened_at);

create table token_revocations (
  id uuid primary key,
  session_id text,
  subject text,
  client_id text,
  issued_until timestamptz not null,
  created_at timestamptz not null default now()
);
comment on table token_revocations is
  'Access tokens that are refused although their signature holds; kept for a day, longer than any of them lives.';
comment on column token_revocations.issued_until is
  'Refused are tokens issued up to this moment that have the session, the subject and the client of the row; null is any.';
create index token_revocations_created_at_idx on token_revocations (created_at);
