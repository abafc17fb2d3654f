-- How often users ask is bounded by what they have asked, whatever became of the conversations.
create table chat_questions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  asked_at timestamptz not null,
  created_at timestamptz not null
);
create index chat_questions_user_id_idx on chat_questions (user_id, asked_at);
comment on table chat_questions is 'When users have asked in conversations in the last minute, and nothing of what.';
