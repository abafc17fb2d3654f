create table model_performance (
  id uuid primary key,
  provider text not null,
  model text not null,
  period_start timestamptz not null,
  period_end timestamptz not null,
  avg_response_time numeric(14, 3),
  avg_tokens_per_second numeric(14, 3),
  success_rate numeric(5, 4),
  error_rate numeric(5, 4),
  avg_cost_per_request numeric(18, 8),
  avg_cost_per_token numeric(18, 8),
  total_requests bigint not null default 0,
  total_tokens bigint not null default 0,
  total_cost numeric(18, 8),
  currency text not null default 'USD',
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint model_performance_period_end_check check (period_start < period_end),
  constraint model_performance_success_rate_check check (success_rate between 0 and 1),
  constraint model_performance_error_rate_check check (error_rate between 0 and 1),
  constraint model_performance_total_requests_check check (total_requests >= 0),
  constraint model_performance_total_tokens_check check (total_tokens >= 0),
  constraint model_performance_currency_check check (currency ~ '^[A-Z]{3}$'),
  unique (provider, model, period_start)
);
create index model_performance_period_start_idx on model_performance (period_start desc);
comment on table model_performance is 'How each model did, from real calls; one row for each model and hour.';
comment on column model_performance.avg_response_time is 'ms';
comment on column model_performance.avg_tokens_per_second is '/s';
comment on column model_performance.success_rate is '0 to 1; null without requests';
comment on column model_performance.error_rate is '0 to 1; null without requests';
comment on column model_performance.avg_cost_per_request is 'currency';
comment on column model_performance.avg_cost_per_token is 'currency';
comment on column model_performance.total_cost is 'currency; null where the model has no price';
comment on column model_performance.currency is 'ISO 4217';

create table system_health (
  id uuid primary key,
  component text not null,
  status text not null,
  response_time numeric(14, 3),
  error_rate numeric(5, 4),
  throughput numeric(14, 3),
  cpu_usage numeric(7, 4),
  memory_usage numeric(7, 4),
  disk_usage numeric(7, 4),
  timestamp timestamptz not null,
  message text,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint system_health_component_check
    check (component in ('chatbot', 'queue', 'provisioner', 'database', 'storage', 'fhir', 'keycloak')),
  constraint system_health_status_check check (status in ('healthy', 'degraded', 'down')),
  constraint system_health_error_rate_check check (error_rate between 0 and 1)
);
create index system_health_component_idx on system_health (component, timestamp desc);
create index system_health_timestamp_idx on system_health (timestamp);
comment on table system_health is 'Samples of the real components; kept 30 days.';
comment on column system_health.response_time is 'ms';
comment on column system_health.error_rate is '0 to 1';
comment on column system_health.throughput is '/s';
comment on column system_health.cpu_usage is '%';
comment on column system_health.memory_usage is '%';
comment on column system_health.disk_usage is '%';
