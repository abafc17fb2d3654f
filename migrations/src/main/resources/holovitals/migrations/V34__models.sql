-- Each time that something left for a language model. It says nothing of whose it was: that stands in ai_interactions, which
-- goes with the conversation, and in the audit log.
create table model_calls (
  id uuid primary key,
  provider text not null,
  model text not null,
  purpose text not null,
  egress_mode text not null,
  body_sha256 text not null,
  status text not null,
  failure text,
  attempts integer not null default 1,
  input_tokens bigint,
  output_tokens bigint,
  usage_estimated boolean not null default false,
  cost numeric(18, 8),
  is_settled boolean not null default false,
  currency text not null default 'USD',
  first_piece_time numeric(14, 3),
  response_time numeric(14, 3),
  started_at timestamptz not null,
  ended_at timestamptz,
  created_at timestamptz not null,
  constraint model_calls_purpose_check check (purpose in ('chat', 'analysis')),
  constraint model_calls_egress_mode_check check (egress_mode in ('structured-only', 'masked-text', 'baa-full')),
  constraint model_calls_body_sha256_check check (body_sha256 ~ '^[0-9a-f]{64}$'),
  constraint model_calls_status_check check (status in ('sent', 'complete', 'incomplete', 'failed', 'lost')),
  constraint model_calls_failure_check check ((status = 'failed') = (failure is not null)),
  constraint model_calls_ended_at_check check ((status = 'sent') = (ended_at is null)),
  constraint model_calls_attempts_check check (attempts >= 0),
  constraint model_calls_input_tokens_check check (input_tokens >= 0),
  constraint model_calls_output_tokens_check check (output_tokens >= 0),
  constraint model_calls_cost_check check (cost >= 0),
  constraint model_calls_currency_check check (currency ~ '^[A-Z]{3}$')
);
create index model_calls_model_idx on model_calls (provider, model, started_at);
create index model_calls_ended_at_idx on model_calls (ended_at);
comment on table model_calls is 'Each call of a language model; model_performance is counted from these rows.';
comment on column model_calls.body_sha256 is 'SHA-256 of the body that was sent, in hexadecimal digits.';
comment on column model_calls.status is 'sent while it is under way; lost where nobody has heard how it ended, as when a server died.';
comment on column model_calls.input_tokens is 'While it is under way, and of a lost one, what was sent as it is counted here.';
comment on column model_calls.output_tokens is 'While it is under way, and of a lost one, the most that it may write.';
comment on column model_calls.usage_estimated is 'The provider told no usage, so the tokens were counted here.';
comment on column model_calls.is_settled is 'Whether what it used for an analysis stands in analysis_costs.';
comment on column model_calls.cost is 'currency; null while it is under way and where the model has no price';
comment on column model_calls.currency is 'ISO 4217';
comment on column model_calls.first_piece_time is 'ms';
comment on column model_calls.response_time is 'ms';

alter table cost_reservations
  add column call_id uuid references model_calls on delete set null,
  add column due_at timestamptz;
create index cost_reservations_call_id_idx on cost_reservations (call_id);
create index cost_reservations_due_at_idx on cost_reservations (due_at) where settled_at is null;
comment on column cost_reservations.call_id is 'The call that it is kept for, once something has left.';
comment on column cost_reservations.due_at is
  'From then on nobody is there any more who would settle it; null for an analysis, which settles it when it ends.';

create table egress_choices (
  id uuid primary key,
  patient_id uuid not null unique references patients on delete cascade,
  mode text not null,
  chosen_by uuid not null references users,
  chosen_at timestamptz not null,
  created_at timestamptz not null,
  constraint egress_choices_mode_check check (mode in ('none', 'structured-only', 'masked-text', 'baa-full'))
);
create index egress_choices_chosen_by_idx on egress_choices (chosen_by);
comment on table egress_choices is 'How much of a record its patient lets leave for a language model; without a row nothing.';

alter table ai_interactions
  add column call_id uuid references model_calls on delete set null,
  add column provider text,
  add column egress_mode text,
  add column body_sha256 text,
  add constraint ai_interactions_egress_mode_check check (egress_mode in ('structured-only', 'masked-text', 'baa-full'));
create index ai_interactions_call_id_idx on ai_interactions (call_id);
comment on column ai_interactions.call_id is 'The call of the model; null of the Record Finder, for which nothing left, and of old ones.';
comment on column ai_interactions.provider is 'Of the model; null of the Record Finder.';
comment on column ai_interactions.egress_mode is 'How much was permitted to leave; null of the Record Finder.';
comment on column ai_interactions.body_sha256 is 'SHA-256 of the body that was sent, in hexadecimal digits.';
