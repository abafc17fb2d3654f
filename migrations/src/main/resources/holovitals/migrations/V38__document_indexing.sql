create table document_indexing (
  id uuid primary key references documents on delete cascade,
  status text not null,
  space text not null,
  attempts integer not null,
  claimed_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint document_indexing_status_check check (status in ('working', 'done', 'failed')),
  constraint document_indexing_attempts_check check (attempts >= 1),
  constraint document_indexing_claimed_until_check check ((status = 'working') = (claimed_until is not null))
);
comment on table document_indexing is 'How far the passages of a document are: cut, with vectors, and by which model. The id is the document''s.';
comment on column document_indexing.space is 'Model, its hash and its runtime; another one makes the passages anew.';
comment on column document_indexing.attempts is 'How often it was begun for this space.';
comment on column document_indexing.claimed_until is 'Until then whoever works on it is taken to be alive.';
