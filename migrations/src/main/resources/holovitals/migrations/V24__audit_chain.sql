-- Whose records a row is about is said by FHIR ids, which outlive our rows; a search or a bundle is about several.
alter table audit_logs drop column patient_id;
alter table audit_logs drop column consent_id;
alter table audit_logs add column patients text[] not null default '{}';
alter table audit_logs add column consents uuid[] not null default '{}';
alter table audit_logs add column is_about_everyone boolean not null default false;
create index audit_logs_patients_idx on audit_logs using gin (patients) where patients <> '{}';
create index audit_logs_everyone_idx on audit_logs (timestamp) where is_about_everyone;
create index audit_logs_timestamp_idx on audit_logs (timestamp);
comment on column audit_logs.patients is 'FHIR ids of the Patients whose records were asked for, shown or written.';
comment on column audit_logs.consents is 'Rows of consent_grants under which it was, or was refused.';
comment on column audit_logs.is_about_everyone is 'Whether it was about the records of all patients, such as a bulk export of everything.';
comment on column audit_logs.seq is 'Order in which rows were numbered. Rolled-back transactions leave gaps; a row may appear after one with a higher number.';

-- A table of its own would say the same once more, with as much to write for each read as the log itself.
create view access_logs as
select a.id, g.id as consent_id, g.specialist_id, a.action, a.resource, a.ip_address, a.user_agent, a.details, a.timestamp,
  a.outcome = 'success' as success, a.created_at
from audit_logs a join consent_grants g on g.id = any (a.consents)
where a.consents <> '{}';
revoke insert, update, delete on access_logs from holovitals_application;
comment on view access_logs is 'One row for each use of a consent, allowed or refused.';

-- What is hashed, and what an export hands to an auditor: the row as one line of JSON, the same on every server and release
-- of PostgreSQL (jsonb has one order of keys and one spelling).
create view audit_lines as
select
  seq,
  timestamp,
  jsonb_build_object(
    'seq', seq,
    'id', id,
    'timestamp', to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'created_at', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'user_id', user_id,
    'client_id', client_id,
    'session_id', session_id,
    'ip_address', abbrev(ip_address),
    'user_agent', user_agent,
    'action', action,
    'resource', resource,
    'resource_id', resource_id,
    'patients', to_jsonb(patients),
    'consents', to_jsonb(consents),
    'is_about_everyone', is_about_everyone,
    'outcome', outcome,
    'severity', severity,
    'requires_review', requires_review,
    'details', details)::text as line
from audit_logs;
revoke insert, update, delete on audit_lines from holovitals_application;
comment on view audit_lines is 'Each row of audit_logs as the one line of JSON that is hashed and exported.';

drop table audit_batches;
create table audit_batches (
  id uuid primary key,
  number bigint not null unique,
  seqs bigint[] not null,
  row_hashes bytea not null,
  previous_hash bytea not null unique,
  hash bytea not null unique,
  signature bytea not null,
  key_id text not null,
  created_at timestamptz not null,
  constraint audit_batches_number_check check (number > 0),
  constraint audit_batches_seqs_check check (cardinality(seqs) > 0),
  constraint audit_batches_row_hashes_check check (octet_length(row_hashes) = 32 * cardinality(seqs)),
  constraint audit_batches_previous_hash_check check (octet_length(previous_hash) = 32),
  constraint audit_batches_hash_check check (octet_length(hash) = 32)
);
create index audit_batches_created_at_idx on audit_batches (created_at);
revoke update, delete on audit_batches from holovitals_application;
comment on table audit_batches is 'Chain over the audit log: each batch lists its rows with their hashes and holds the hash of the batch before. Append-only for the application.';
comment on column audit_batches.number is '1 for the first, without gaps.';
comment on column audit_batches.seqs is 'The rows, each in one batch only, ascending.';
comment on column audit_batches.row_hashes is 'SHA-256 of each row''s line of audit_lines in UTF-8, 32 bytes a row, in the order of seqs.';
comment on column audit_batches.previous_hash is 'hash of the batch before, 32 zero bytes for the first; unique, so the chain cannot fork.';
comment on column audit_batches.hash is 'SHA-256 over number, previous_hash, created_at, seqs and row_hashes.';
comment on column audit_batches.signature is 'Ed25519 over hash.';
comment on column audit_batches.key_id is 'Key that made the signature.';

create table audit_removals (
  id uuid primary key,
  month text not null unique,
  row_count bigint not null,
  seqs int8multirange not null,
  removed_by text not null,
  created_at timestamptz not null,
  constraint audit_removals_month_check check (month ~ '^\d{4}-\d{2}$'),
  constraint audit_removals_row_count_check check (row_count >= 0)
);
revoke insert, update, delete on audit_removals from holovitals_application;
comment on table audit_removals is 'Months of the audit log that were dropped after their time of retention, so that the chain tells a dropped row from a missing one.';
comment on column audit_removals.month is 'Year and month (UTC), 2026-01.';
comment on column audit_removals.seqs is 'The numbers of the rows that went.';
comment on column audit_removals.removed_by is 'The login that did it.';

create table audit_holds (
  id uuid primary key,
  first_month text not null,
  last_month text not null,
  reason text not null,
  placed_by text not null,
  placed_at timestamptz not null,
  released_by text,
  released_at timestamptz,
  created_at timestamptz not null default now(),
  constraint audit_holds_months_check
    check (first_month ~ '^\d{4}-\d{2}$' and last_month ~ '^\d{4}-\d{2}$' and first_month <= last_month),
  constraint audit_holds_released_check check ((released_by is null) = (released_at is null))
);
revoke delete on audit_holds from holovitals_application;
comment on table audit_holds is 'Legal holds: while one is not released, the months that it covers are kept beyond their time.';
comment on column audit_holds.first_month is 'Year and month (UTC), 2026-01.';
comment on column audit_holds.last_month is 'Year and month (UTC), this one too.';
comment on column audit_holds.placed_by is 'Subject of the user, or login of the command.';
