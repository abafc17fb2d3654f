-- The result of an analysis stands once in the conversation that asked for it.
alter table chat_messages
  add column delivered_task_id uuid unique references analysis_queue on delete set null;
comment on column chat_messages.escalated_to_task_id is 'The analysis that the user asked for because this answer did not suffice.';
comment on column chat_messages.delivered_task_id is 'The analysis whose end this message tells of.';

alter table analysis_queue
  add column claimed_at timestamptz,
  add column machine_cost numeric(18, 8) not null default 0,
  add constraint analysis_queue_machine_cost_check check (machine_cost >= 0);
comment on column analysis_queue.claimed_at is 'Since when its present worker has it; null while it waits and when it has ended.';
comment on column analysis_queue.machine_cost is
  'currency; what machines have cost for attempts that are over, until it stands in analysis_costs';
comment on column analysis_queue.instance_id is 'The machine that was started for tasks and has it or had it last; null in the server.';

alter table prompt_splits add column is_settled boolean not null default false;
comment on column prompt_splits.is_settled is 'Whether what the part used stands in analysis_costs.';

alter table cloud_instances
  add column tag text not null default '',
  add column token_hash bytea,
  add column heartbeat_at timestamptz,
  add column idle_since timestamptz,
  add constraint cloud_instances_token_hash_check check (octet_length(token_hash) = 32);
create index cloud_instances_open_idx on cloud_instances (created_at) where status not in ('terminated', 'failed');
alter table cloud_instances alter column tag drop default;
comment on column cloud_instances.tag is 'Marks what one server, or all servers of a cluster, have started.';
comment on column cloud_instances.token_hash is 'SHA-256 of the token by which its worker registers; null once it has.';
comment on column cloud_instances.heartbeat_at is 'When its worker was last heard of.';
comment on column cloud_instances.idle_since is 'Since when its worker has no task; null while it has one.';
