-- What is said in a conversation is encrypted, and so is what quotes it: titles, citations with their values, and what is
-- kept of the finder's work.
alter table chat_messages
  alter column citations drop default,
  alter column citations drop not null,
  alter column citations type text using nullif(citations::text, '[]');
comment on column chat_messages.citations is
  'Encryption envelope in base64, within it JSON: sentence, resource, version, FHIRPath and value of each claim, and whether it was verified.';

alter table ai_interactions
  alter column citations drop default,
  alter column citations drop not null,
  alter column citations type text using nullif(citations::text, '[]');
comment on column ai_interactions.query is 'Encryption envelope in base64.';
comment on column ai_interactions.response is 'Encryption envelope in base64.';
comment on column ai_interactions.citations is 'Encryption envelope in base64, as chat_messages.citations.';
comment on column ai_interactions.context_documents is 'References to the documents and resources that it was shown.';

comment on column chat_conversations.title is 'Encryption envelope in base64; null until the first question.';
comment on table analysis_sessions is
  'One sitting in which a model or a finder read a record; that of a conversation has its id.';
