create table notifications (
  id uuid primary key,
  patient_id uuid not null references users on delete cascade,
  type text not null,
  message text not null,
  requires_action boolean not null default false,
  read boolean not null default false,
  read_at timestamptz,
  link text,
  created_at timestamptz not null default now()
);
create index notifications_patient_id_idx on notifications (patient_id, created_at desc);
create index notifications_unread_idx on notifications (patient_id) where not read;
comment on table notifications is 'What a user is told.';
comment on column notifications.patient_id is 'The user who is told.';
comment on column notifications.link is 'Path in the app; it carries no health information.';

create table security_alerts (
  id uuid primary key,
  user_id uuid references users,
  action text not null,
  details jsonb not null default '{}',
  severity text not null,
  acknowledged boolean not null default false,
  acknowledged_by uuid references users,
  acknowledged_at timestamptz,
  created_at timestamptz not null default now(),
  constraint security_alerts_severity_check check (severity in ('low', 'medium', 'high', 'critical'))
);
create index security_alerts_user_id_idx on security_alerts (user_id, created_at desc);
create index security_alerts_acknowledged_by_idx on security_alerts (acknowledged_by);
create index security_alerts_open_idx on security_alerts (created_at) where not acknowledged;
comment on table security_alerts is 'Events that an administrator has to look at.';

create table ai_interactions (
  id uuid primary key,
  session_id uuid not null references analysis_sessions on delete cascade,
  query text not null,
  response text,
  context_documents text[] not null default '{}',
  model text,
  citations jsonb not null default '[]',
  created_at timestamptz not null default now()
);
create index ai_interactions_session_id_idx on ai_interactions (session_id, created_at);
comment on table ai_interactions is 'What a model or a finder was asked, what it was shown and what it said.';
comment on column ai_interactions.context_documents is 'Ids of the documents and resources that it was shown.';
comment on column ai_interactions.citations is 'Resource, version, FHIRPath and value of each claim, and whether it was verified.';
