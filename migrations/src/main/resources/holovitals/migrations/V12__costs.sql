create table model_prices (
  id uuid primary key,
  provider text not null,
  model text not null,
  valid_from timestamptz not null,
  input_price numeric(18, 8) not null,
  cached_input_price numeric(18, 8),
  output_price numeric(18, 8) not null,
  currency text not null default 'USD',
  source text not null,
  created_at timestamptz not null default now(),
  constraint model_prices_input_price_check check (input_price >= 0),
  constraint model_prices_cached_input_price_check check (cached_input_price >= 0),
  constraint model_prices_output_price_check check (output_price >= 0),
  constraint model_prices_currency_check check (currency ~ '^[A-Z]{3}$'),
  unique (provider, model, valid_from)
);
comment on table model_prices is 'Price list of the models. A model without a row costs NULL, never 0.';
comment on column model_prices.valid_from is 'The price counts until the next row of the model.';
comment on column model_prices.input_price is 'currency per million input tokens';
comment on column model_prices.cached_input_price is 'currency per million input tokens that the provider had cached; null where it has no such price';
comment on column model_prices.output_price is 'currency per million output tokens';
comment on column model_prices.currency is 'ISO 4217';
comment on column model_prices.source is 'Where the price was read.';

create table chatbot_costs (
  id uuid primary key,
  user_id uuid not null references users,
  message_id uuid references chat_messages on delete set null,
  timestamp timestamptz not null,
  input_tokens bigint not null,
  output_tokens bigint not null,
  total_tokens bigint not null,
  cost numeric(18, 8),
  currency text not null default 'USD',
  model text not null,
  price_id uuid references model_prices,
  usage_estimated boolean not null default false,
  created_at timestamptz not null default now(),
  constraint chatbot_costs_input_tokens_check check (input_tokens >= 0),
  constraint chatbot_costs_output_tokens_check check (output_tokens >= 0),
  constraint chatbot_costs_total_tokens_check check (total_tokens = input_tokens + output_tokens),
  constraint chatbot_costs_cost_check check (cost >= 0),
  constraint chatbot_costs_currency_check check (currency ~ '^[A-Z]{3}$')
);
create index chatbot_costs_user_id_idx on chatbot_costs (user_id, timestamp desc);
create index chatbot_costs_message_id_idx on chatbot_costs (message_id);
create index chatbot_costs_price_id_idx on chatbot_costs (price_id);
create index chatbot_costs_timestamp_idx on chatbot_costs (timestamp desc);
comment on table chatbot_costs is 'What each answer in a conversation cost.';
comment on column chatbot_costs.cost is 'currency; null where the model has no price';
comment on column chatbot_costs.currency is 'ISO 4217';
comment on column chatbot_costs.usage_estimated is 'The provider told no usage, so the tokens were counted here.';

create table analysis_costs (
  id uuid primary key,
  user_id uuid not null references users,
  task_id uuid not null references analysis_queue,
  timestamp timestamptz not null,
  input_tokens bigint not null,
  output_tokens bigint not null,
  total_tokens bigint not null,
  model_cost numeric(18, 8),
  infrastructure_cost numeric(18, 8),
  total_cost numeric(18, 8),
  currency text not null default 'USD',
  model text not null,
  instance_type text,
  duration numeric(14, 3),
  created_at timestamptz not null default now(),
  constraint analysis_costs_input_tokens_check check (input_tokens >= 0),
  constraint analysis_costs_output_tokens_check check (output_tokens >= 0),
  constraint analysis_costs_total_tokens_check check (total_tokens = input_tokens + output_tokens),
  constraint analysis_costs_model_cost_check check (model_cost >= 0),
  constraint analysis_costs_infrastructure_cost_check check (infrastructure_cost >= 0),
  constraint analysis_costs_total_cost_check
    check (total_cost is null or total_cost = model_cost + infrastructure_cost),
  constraint analysis_costs_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint analysis_costs_duration_check check (duration >= 0)
);
create index analysis_costs_user_id_idx on analysis_costs (user_id, timestamp desc);
create index analysis_costs_task_id_idx on analysis_costs (task_id);
create index analysis_costs_timestamp_idx on analysis_costs (timestamp desc);
comment on table analysis_costs is 'What each heavy analysis cost.';
comment on column analysis_costs.model_cost is 'currency; null where the model has no price';
comment on column analysis_costs.infrastructure_cost is 'currency';
comment on column analysis_costs.total_cost is 'currency; null where a part is unknown';
comment on column analysis_costs.currency is 'ISO 4217';
comment on column analysis_costs.duration is 's';
