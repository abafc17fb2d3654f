create table bulk_jobs (
  id uuid primary key,
  kind text not null,
  status text not null,
  client_id text not null,
  subject text not null,
  types text[] not null,
  task jsonb not null,
  request_url text not null,
  attempts integer not null default 0,
  lease_until timestamptz,
  resources bigint not null default 0,
  problem text,
  transaction_time timestamptz,
  finished_at timestamptz,
  expires_at timestamptz,
  created_at timestamptz not null,
  constraint bulk_jobs_kind_check check (kind in ('export', 'import')),
  constraint bulk_jobs_status_check check (status in ('queued', 'running', 'done', 'failed')),
  constraint bulk_jobs_running_check check (status <> 'running' or lease_until is not null),
  constraint bulk_jobs_ended_check
    check ((status in ('done', 'failed')) = (finished_at is not null) and (finished_at is null) = (expires_at is null)),
  constraint bulk_jobs_problem_check check ((status = 'failed') = (problem is not null))
);
create index bulk_jobs_open_idx on bulk_jobs (created_at) where status in ('queued', 'running');
create index bulk_jobs_expires_at_idx on bulk_jobs (expires_at);
comment on table bulk_jobs is 'Bulk exports and imports that clients started; a row goes with its files, when its client or its time ends it.';
comment on column bulk_jobs.subject is 'The issuer''s id of whoever started it.';
comment on column bulk_jobs.types is 'What an export takes out; everything when empty.';
comment on column bulk_jobs.task is 'What to do, as it was read out of the request.';
comment on column bulk_jobs.request_url is 'As the manifest repeats it.';
comment on column bulk_jobs.attempts is 'How often it was begun; what an earlier attempt says of it counts no more.';
comment on column bulk_jobs.lease_until is
  'A running job whose server has not renewed it until then is begun anew; a waiting one is not begun before.';
comment on column bulk_jobs.resources is 'Written or stored up to now.';
comment on column bulk_jobs.problem is 'Why it failed, in words for its client.';
comment on column bulk_jobs.transaction_time is 'Every change before it is in the export.';

create table bulk_files (
  id uuid primary key,
  job_id uuid not null references bulk_jobs on delete cascade,
  kind text not null,
  resource_type text not null,
  name text not null,
  resources bigint not null,
  bytes bigint not null,
  patients text[] not null,
  is_about_everyone boolean not null,
  created_at timestamptz not null,
  unique (job_id, name),
  constraint bulk_files_kind_check check (kind in ('output', 'deleted', 'error'))
);
comment on table bulk_files is 'The files of finished jobs; they lie in a directory of the server.';
comment on column bulk_files.patients is 'FHIR ids of the Patients of whose records something is in the file.';
comment on column bulk_files.is_about_everyone is 'Whether the file was made of the records of all patients.';
