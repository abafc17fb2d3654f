create sequence audit_logs_seq as bigint;

-- No foreign keys: the log outlives the users, patients and consents that it speaks of.
create table audit_logs (
  id uuid not null,
  timestamp timestamptz not null,
  seq bigint not null default nextval('audit_logs_seq'),
  user_id uuid,
  client_id text,
  patient_id uuid,
  consent_id uuid,
  session_id text,
  action text not null,
  resource text not null,
  resource_id text,
  outcome text not null,
  severity text not null default 'low',
  requires_review boolean not null default false,
  ip_address inet,
  user_agent text,
  details jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint audit_logs_outcome_check check (outcome in ('success', 'refused', 'failure')),
  constraint audit_logs_severity_check check (severity in ('low', 'medium', 'high', 'critical')),
  primary key (id, timestamp)
) partition by range (timestamp);
alter sequence audit_logs_seq owned by audit_logs.seq;
create index audit_logs_seq_idx on audit_logs (seq);
create index audit_logs_user_id_idx on audit_logs (user_id, timestamp desc);
create index audit_logs_patient_id_idx on audit_logs (patient_id, timestamp desc);
create index audit_logs_consent_id_idx on audit_logs (consent_id) where consent_id is not null;
create index audit_logs_resource_idx on audit_logs (resource, resource_id, timestamp desc);
create index audit_logs_requires_review_idx on audit_logs (timestamp) where requires_review;
revoke update, delete on audit_logs from holovitals_application;
comment on table audit_logs is 'One row for each access, allowed or refused. Append-only for the application; partitioned by month (UTC) of timestamp; kept 7 years.';
comment on column audit_logs.seq is 'Order in which rows were numbered; a batch chains a range of it. Rolled-back transactions leave gaps.';
comment on column audit_logs.user_id is 'Null for a system client.';
comment on column audit_logs.client_id is 'Registered client that made the call.';
comment on column audit_logs.session_id is 'Keycloak''s session id.';
comment on column audit_logs.resource is 'FHIR type, or name of the table or route.';

create table audit_logs_default partition of audit_logs default;
-- The default privileges of new tables would open a partition by its own name.
revoke all on audit_logs_default from holovitals_application;
comment on table audit_logs_default is 'Rows of months that have no partition yet; moved when the partition is made.';

create function create_audit_logs_partition(
    month date default (date_trunc('month', now() at time zone 'UTC') + interval '1 month')::date)
  returns text
  language plpgsql
  security definer
  set search_path = holovitals, pg_temp
as $$
declare
  first_instant timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
  next_instant timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
  partition_name text := 'audit_logs_' || to_char(month, 'YYYY_MM');
begin
  -- No row of the month may reach the default partition between the move and the attachment.
  lock table audit_logs_default in access exclusive mode;
  if to_regclass(format('holovitals.%I', partition_name)) is not null then
    return partition_name;
  end if;
  execute format('create table %I (like audit_logs including all)', partition_name);
  execute format('revoke all on %I from holovitals_application', partition_name);
  execute format('comment on table %I is %L', partition_name, 'Rows of audit_logs of one month (UTC).');
  execute format(
    'with moved as (delete from audit_logs_default where timestamp >= $1 and timestamp < $2 returning *)'
    ' insert into %I select * from moved', partition_name) using first_instant, next_instant;
  execute format(
    'alter table audit_logs attach partition %I for values from (%L) to (%L)',
    partition_name, first_instant, next_instant);
  return partition_name;
end
$$;
revoke all on function create_audit_logs_partition(date) from public;
grant execute on function create_audit_logs_partition(date) to holovitals_application;
comment on function create_audit_logs_partition(date) is
  'Makes the partition of a month, by default the next one, and moves its rows there; does nothing where it exists. Returns its name.';

select create_audit_logs_partition(first_day::date)
from generate_series('2026-01-01'::timestamp, '2027-12-01'::timestamp, interval '1 month') as first_day;

create table audit_reviews (
  id uuid primary key,
  audit_log_id uuid not null,
  audit_log_timestamp timestamptz not null,
  reviewed_by uuid not null references users,
  reviewed_at timestamptz not null,
  review_notes text,
  created_at timestamptz not null default now(),
  foreign key (audit_log_id, audit_log_timestamp) references audit_logs (id, timestamp)
);
create index audit_reviews_audit_log_id_idx on audit_reviews (audit_log_id, audit_log_timestamp);
create index audit_reviews_reviewed_by_idx on audit_reviews (reviewed_by);
revoke update, delete on audit_reviews from holovitals_application;
comment on table audit_reviews is 'Who reviewed a row of the audit log and what was found. Apart from it, so that the log is append-only; append-only itself.';

create table audit_batches (
  id uuid primary key,
  first_seq bigint not null unique,
  last_seq bigint not null unique,
  row_count bigint not null,
  previous_hash bytea not null unique,
  hash bytea not null unique,
  signature bytea,
  key_id text,
  created_at timestamptz not null default now(),
  constraint audit_batches_last_seq_check check (first_seq <= last_seq),
  constraint audit_batches_row_count_check check (row_count between 1 and last_seq - first_seq + 1),
  constraint audit_batches_previous_hash_check check (octet_length(previous_hash) = 32),
  constraint audit_batches_hash_check check (octet_length(hash) = 32),
  constraint audit_batches_signature_check check ((signature is null) = (key_id is null))
);
revoke update, delete on audit_batches from holovitals_application;
comment on table audit_batches is 'Chain over the audit log: each batch hashes its rows and the batch before. Append-only for the application.';
comment on column audit_batches.previous_hash is 'hash of the batch before, 32 zero bytes for the first; unique, so the chain cannot fork.';
comment on column audit_batches.hash is 'SHA-256';
comment on column audit_batches.signature is 'Only on checkpoints.';
comment on column audit_batches.key_id is 'Key that made the signature.';
