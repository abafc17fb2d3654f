create table cloud_instances (
  id uuid primary key,
  provider text not null,
  region text,
  instance_type text not null,
  instance_id text unique,
  model text,
  status text not null default 'provisioning',
  ready_at timestamptz,
  terminated_at timestamptz,
  terminate_after timestamptz not null,
  cost_per_minute numeric(18, 8) not null,
  total_cost numeric(18, 8),
  currency text not null default 'USD',
  idempotency_key text not null unique,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint cloud_instances_status_check
    check (status in ('provisioning', 'ready', 'executing', 'deprovisioning', 'terminated', 'failed')),
  constraint cloud_instances_cost_per_minute_check check (cost_per_minute >= 0),
  constraint cloud_instances_total_cost_check check (total_cost >= 0),
  constraint cloud_instances_currency_check check (currency ~ '^[A-Z]{3}$')
);
create index cloud_instances_terminate_after_idx on cloud_instances (terminate_after)
  where status not in ('terminated', 'failed');
comment on table cloud_instances is 'Short-lived machines that run heavy analyses. The row stands before the provider is called.';
comment on column cloud_instances.instance_id is 'The provider''s name for it; null until the provider has answered.';
comment on column cloud_instances.terminate_after is 'Past this moment the reaper stops it.';
comment on column cloud_instances.cost_per_minute is 'currency per minute, as agreed at the start';
comment on column cloud_instances.total_cost is 'currency; null while it runs';
comment on column cloud_instances.currency is 'ISO 4217';
comment on column cloud_instances.idempotency_key is 'Finds an instance again whose creation was not answered.';

create table instance_costs (
  id uuid primary key,
  instance_id uuid not null unique references cloud_instances,
  provider text not null,
  instance_type text not null,
  model text,
  terminated_at timestamptz,
  duration numeric(12, 4),
  cost_per_minute numeric(18, 8) not null,
  total_cost numeric(18, 8),
  currency text not null default 'USD',
  tasks_completed integer not null default 0,
  tokens_processed bigint not null default 0,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint instance_costs_duration_check check (duration >= 0),
  constraint instance_costs_cost_per_minute_check check (cost_per_minute >= 0),
  constraint instance_costs_total_cost_check check (total_cost >= 0),
  constraint instance_costs_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint instance_costs_tasks_completed_check check (tasks_completed >= 0),
  constraint instance_costs_tokens_processed_check check (tokens_processed >= 0)
);
create index instance_costs_created_at_idx on instance_costs (created_at desc);
comment on table instance_costs is 'What each instance cost, settled when it stopped.';
comment on column instance_costs.created_at is 'When the instance was started.';
comment on column instance_costs.duration is 'min';
comment on column instance_costs.cost_per_minute is 'currency per minute';
comment on column instance_costs.total_cost is 'currency';
comment on column instance_costs.currency is 'ISO 4217';
