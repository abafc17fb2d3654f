create table prompt_optimizations (
  id uuid primary key,
  task_id uuid references analysis_queue on delete set null,
  original_prompt text not null,
  original_tokens bigint not null,
  optimized_prompt text not null,
  optimized_tokens bigint not null,
  strategy text not null,
  token_reduction bigint not null,
  reduction_percent numeric(7, 4) not null,
  execution_time bigint not null,
  success_rate numeric(5, 4),
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint prompt_optimizations_original_tokens_check check (original_tokens >= 0),
  constraint prompt_optimizations_optimized_tokens_check check (optimized_tokens >= 0),
  constraint prompt_optimizations_token_reduction_check check (token_reduction = original_tokens - optimized_tokens),
  constraint prompt_optimizations_execution_time_check check (execution_time >= 0),
  constraint prompt_optimizations_success_rate_check check (success_rate between 0 and 1)
);
create index prompt_optimizations_task_id_idx on prompt_optimizations (task_id);
create index prompt_optimizations_created_at_idx on prompt_optimizations (created_at desc);
comment on table prompt_optimizations is 'What a prompt was before and after it was shortened.';
comment on column prompt_optimizations.reduction_percent is '% of original_tokens';
comment on column prompt_optimizations.execution_time is 'ms';
comment on column prompt_optimizations.success_rate is '0 to 1';

create table prompt_splits (
  id uuid primary key,
  task_id uuid not null references analysis_queue on delete cascade,
  split_id text not null,
  content text not null,
  tokens bigint not null,
  ordinal integer not null,
  dependencies jsonb not null default '[]',
  status text not null default 'pending',
  result jsonb,
  error text,
  completed_at timestamptz,
  created_at timestamptz not null default now(),
  constraint prompt_splits_tokens_check check (tokens >= 0),
  constraint prompt_splits_ordinal_check check (ordinal >= 0),
  constraint prompt_splits_status_check check (status in ('pending', 'processing', 'completed', 'failed', 'cancelled')),
  unique (task_id, split_id),
  unique (task_id, ordinal)
);
comment on table prompt_splits is 'Parts of a prompt that no model could read at once.';
comment on column prompt_splits.ordinal is 'Place in the whole, from 0.';
comment on column prompt_splits.dependencies is 'split_id of each part that has to be done before.';
