create table analysis_queue (
  id uuid primary key,
  user_id uuid not null references users,
  patient_id uuid references patients on delete set null,
  type text not null,
  priority smallint not null default 3,
  prompt text not null,
  documents jsonb not null default '[]',
  total_tokens bigint,
  context_window bigint,
  needs_splitting boolean not null default false,
  split_strategy text,
  estimated_cost numeric(18, 8),
  actual_cost numeric(18, 8),
  currency text not null default 'USD',
  recommended_model text,
  status text not null default 'queued',
  attempts integer not null default 0,
  max_attempts integer not null default 3,
  run_after timestamptz not null default now(),
  lease_owner text,
  lease_until timestamptz,
  lease_version bigint not null default 0,
  heartbeat_at timestamptz,
  cancel_requested_at timestamptz,
  progress_percent smallint not null default 0,
  progress_note text,
  idempotency_key text,
  consent_snapshot jsonb,
  instance_id uuid references cloud_instances,
  result jsonb,
  error text,
  started_at timestamptz,
  completed_at timestamptz,
  created_at timestamptz not null default now(),
  constraint analysis_queue_type_check
    check (type in ('document_analysis', 'complex_query', 'comparison', 'trend_analysis')),
  constraint analysis_queue_priority_check check (priority between 1 and 4),
  constraint analysis_queue_split_strategy_check check (split_strategy in ('sequential', 'parallel', 'hierarchical')),
  constraint analysis_queue_status_check
    check (status in ('queued', 'processing', 'completed', 'failed', 'cancelled', 'dead')),
  constraint analysis_queue_lease_check check (status <> 'processing' or (lease_owner is not null and lease_until is not null)),
  constraint analysis_queue_attempts_check check (attempts >= 0),
  constraint analysis_queue_max_attempts_check check (max_attempts >= 1),
  constraint analysis_queue_progress_percent_check check (progress_percent between 0 and 100),
  constraint analysis_queue_total_tokens_check check (total_tokens >= 0),
  constraint analysis_queue_estimated_cost_check check (estimated_cost >= 0),
  constraint analysis_queue_actual_cost_check check (actual_cost >= 0),
  constraint analysis_queue_currency_check check (currency ~ '^[A-Z]{3}$'),
  unique (user_id, idempotency_key)
);
create index analysis_queue_queued_idx on analysis_queue (priority, created_at) where status = 'queued';
create index analysis_queue_lease_until_idx on analysis_queue (lease_until) where status = 'processing';
create index analysis_queue_user_id_idx on analysis_queue (user_id, created_at desc);
create index analysis_queue_patient_id_idx on analysis_queue (patient_id, created_at desc);
create index analysis_queue_instance_id_idx on analysis_queue (instance_id);
comment on table analysis_queue is 'Heavy analyses waiting, running and done. A worker holds a task by its lease; lease_version refuses a worker that lost it.';
comment on column analysis_queue.priority is '1 urgent (5 min), 2 high (15 min), 3 normal (30 min), 4 low (60 min)';
comment on column analysis_queue.documents is 'Ids of the documents to read.';
comment on column analysis_queue.context_window is 'Tokens that the recommended model can read.';
comment on column analysis_queue.estimated_cost is 'currency; null where the model has no price';
comment on column analysis_queue.actual_cost is 'currency; null where the model has no price or the task is not done';
comment on column analysis_queue.currency is 'ISO 4217';
comment on column analysis_queue.lease_version is 'Fencing token: grows with every lease.';
comment on column analysis_queue.progress_percent is '%';
comment on column analysis_queue.idempotency_key is 'Chosen by the caller, unique among the caller''s own tasks.';
comment on column analysis_queue.consent_snapshot is 'The consent as it was when the task was accepted; it is checked again before the task runs.';

create table chat_conversations (
  id uuid primary key,
  user_id uuid not null references users,
  patient_id uuid references patients on delete set null,
  title text,
  started_at timestamptz not null,
  last_message_at timestamptz,
  created_at timestamptz not null default now()
);
create index chat_conversations_user_id_idx on chat_conversations (user_id, last_message_at desc);
create index chat_conversations_patient_id_idx on chat_conversations (patient_id);
comment on table chat_conversations is 'Conversations of a user about a record.';

create table chat_messages (
  id uuid primary key,
  conversation_id uuid not null references chat_conversations on delete cascade,
  role text not null,
  content text not null,
  timestamp timestamptz not null,
  type text,
  confidence numeric(5, 4),
  needs_escalation boolean not null default false,
  escalation_reason text,
  escalated_to_task_id uuid references analysis_queue on delete set null,
  document_id uuid references documents on delete set null,
  analysis_id uuid references analysis_sessions on delete set null,
  citations jsonb not null default '[]',
  status text not null default 'complete',
  model text,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint chat_messages_role_check check (role in ('user', 'assistant', 'system')),
  constraint chat_messages_type_check check (type in ('quick', 'deep')),
  constraint chat_messages_confidence_check check (confidence between 0 and 1),
  constraint chat_messages_status_check check (status in ('complete', 'incomplete', 'failed'))
);
create index chat_messages_conversation_id_idx on chat_messages (conversation_id, timestamp);
create index chat_messages_escalated_to_task_id_idx on chat_messages (escalated_to_task_id);
create index chat_messages_document_id_idx on chat_messages (document_id);
create index chat_messages_analysis_id_idx on chat_messages (analysis_id);
comment on table chat_messages is 'Questions and answers.';
comment on column chat_messages.content is 'Encryption envelope in base64.';
comment on column chat_messages.confidence is '0 to 1';
comment on column chat_messages.analysis_id is 'The sitting in which the answer was found.';
comment on column chat_messages.citations is 'Resource, version, FHIRPath and value of each claim, and whether it was verified.';
comment on column chat_messages.status is 'incomplete where the model''s stream ended early.';
