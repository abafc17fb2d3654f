-- What a model can read stands beside its price: both decide which one is chosen.
alter table model_prices
  add column context_window bigint not null default 4096,
  add column output_limit bigint not null default 1024,
  add constraint model_prices_context_window_check check (context_window > 0),
  add constraint model_prices_output_limit_check check (output_limit > 0 and output_limit <= context_window);
alter table model_prices
  alter column context_window drop default,
  alter column output_limit drop default;
comment on column model_prices.context_window is 'Tokens that the model reads and writes in one call.';
comment on column model_prices.output_limit is 'Tokens that it writes at the most.';

create table spending_limits (
  id uuid primary key,
  user_id uuid not null unique references users on delete cascade,
  daily_cost numeric(18, 8) not null,
  currency text not null default 'USD',
  daily_tokens bigint not null,
  set_by uuid references users,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint spending_limits_daily_cost_check check (daily_cost >= 0),
  constraint spending_limits_daily_tokens_check check (daily_tokens >= 0),
  constraint spending_limits_currency_check check (currency ~ '^[A-Z]{3}$')
);
create index spending_limits_set_by_idx on spending_limits (set_by);
comment on table spending_limits is 'What single users may spend in a day; all others what the settings say.';
comment on column spending_limits.daily_cost is 'currency';
comment on column spending_limits.currency is 'ISO 4217, that of the settings';
comment on column spending_limits.set_by is 'The administrator who set it last.';

create table daily_spending (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  day timestamptz not null,
  reserved_cost numeric(18, 8) not null default 0,
  reserved_tokens bigint not null default 0,
  spent_cost numeric(18, 8) not null default 0,
  spent_tokens bigint not null default 0,
  currency text not null default 'USD',
  created_at timestamptz not null,
  unique (user_id, day),
  constraint daily_spending_reserved_cost_check check (reserved_cost >= 0),
  constraint daily_spending_reserved_tokens_check check (reserved_tokens >= 0),
  constraint daily_spending_spent_cost_check check (spent_cost >= 0),
  constraint daily_spending_spent_tokens_check check (spent_tokens >= 0),
  constraint daily_spending_currency_check check (currency ~ '^[A-Z]{3}$')
);
comment on table daily_spending is 'What a user has spent in a day and what is kept for what still runs.';
comment on column daily_spending.day is 'Beginning of the day of UTC.';
comment on column daily_spending.reserved_cost is 'currency';
comment on column daily_spending.spent_cost is 'currency';
comment on column daily_spending.currency is 'ISO 4217, that of the settings';

create table cost_reservations (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  day timestamptz not null,
  cost numeric(18, 8) not null,
  tokens bigint not null,
  settled_cost numeric(18, 8),
  settled_tokens bigint,
  settled_at timestamptz,
  currency text not null default 'USD',
  created_at timestamptz not null,
  constraint cost_reservations_cost_check check (cost >= 0),
  constraint cost_reservations_tokens_check check (tokens >= 0),
  constraint cost_reservations_settled_check
    check (num_nulls(settled_cost, settled_tokens, settled_at) in (0, 3)),
  constraint cost_reservations_currency_check check (currency ~ '^[A-Z]{3}$')
);
create index cost_reservations_user_id_idx on cost_reservations (user_id, day);
comment on table cost_reservations is 'Amounts kept of a day''s spending before something begins; settled once, with what it came to.';
comment on column cost_reservations.day is 'Beginning of the day of UTC.';
comment on column cost_reservations.cost is 'currency';
comment on column cost_reservations.currency is 'ISO 4217, that of the settings';
comment on column cost_reservations.settled_cost is 'Null while it is kept; 0 where nothing was spent.';

create view cost_entries as
select id, 'chat' as kind, user_id, timestamp, model, currency, input_tokens, output_tokens, cost
from chatbot_costs
union all
select id, 'analysis', user_id, timestamp, model, currency, input_tokens, output_tokens, total_cost
from analysis_costs;
comment on view cost_entries is 'What users'' answers and analyses cost, a row each; cost is null where the model has no price.';
revoke insert, update, delete on cost_entries from holovitals_application;

alter table analysis_queue
  add column reservation_id uuid references cost_reservations,
  add column model_provider text,
  add column due_at timestamptz not null default now(),
  add column turn bigint not null default 0,
  add column part_count integer not null default 1,
  add constraint analysis_queue_turn_check check (turn >= 0),
  add constraint analysis_queue_part_count_check check (part_count >= 0);
alter table analysis_queue
  alter column due_at drop default,
  alter column turn drop default;
create index analysis_queue_reservation_id_idx on analysis_queue (reservation_id);
drop index analysis_queue_queued_idx;
-- Each is read from its beginning: whose turn it is, who is longest past the target, and the last turn of a user.
create index analysis_queue_turn_idx on analysis_queue (priority, turn, id) where status = 'queued';
create index analysis_queue_due_at_idx on analysis_queue (due_at, id) where status = 'queued';
create index analysis_queue_user_turn_idx on analysis_queue (user_id, priority, turn) where status = 'queued';
comment on column analysis_queue.prompt is 'Encryption envelope in base64.';
comment on column analysis_queue.result is 'As a JSON string, an encryption envelope in base64.';
comment on column analysis_queue.error is 'Why it ended without a result, in words without health information.';
comment on column analysis_queue.due_at is 'When it ought to be done, by its priority.';
comment on column analysis_queue.turn is
  'Place among the tasks of a priority: each user has one task in a turn, so that a thousand of one user''s delay another''s by one.';
comment on column analysis_queue.reservation_id is 'What is kept of the user''s spending until it ends.';
comment on column analysis_queue.model_provider is 'Of recommended_model.';
comment on column analysis_queue.part_count is 'In how many parts it is worked on.';
comment on column analysis_queue.lease_owner is 'Name of the worker''s process and thread.';
comment on column analysis_queue.consent_snapshot is
  'Scopes, app, address and consents as they were when the task was accepted; they are checked again before it runs and before its result is kept.';

comment on column prompt_optimizations.original_prompt is 'Encryption envelope in base64.';
comment on column prompt_optimizations.optimized_prompt is 'Encryption envelope in base64.';
comment on column prompt_splits.content is 'Encryption envelope in base64.';
comment on column prompt_splits.result is 'As a JSON string, an encryption envelope in base64.';

alter table prompt_splits
  add column input_tokens bigint,
  add column output_tokens bigint,
  add constraint prompt_splits_usage_check
    check (num_nulls(input_tokens, output_tokens) in (0, 2) and input_tokens >= 0 and output_tokens >= 0);
comment on column prompt_splits.input_tokens is 'Read for the part; null until it is done.';
comment on column prompt_splits.output_tokens is 'Written for the part; null until it is done.';
