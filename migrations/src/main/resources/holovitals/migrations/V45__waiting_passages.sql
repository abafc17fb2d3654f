-- Whether a document waits for its passages was worked out from all documents, each time that one was looked for.
alter table document_indexing
  alter column space drop not null,
  drop constraint document_indexing_status_check,
  drop constraint document_indexing_attempts_check,
  add constraint document_indexing_status_check check (status in ('waiting', 'working', 'done', 'failed')),
  add constraint document_indexing_attempts_check check (attempts >= 0),
  add constraint document_indexing_space_check check (status = 'waiting' or space is not null);
create index document_indexing_waiting_idx on document_indexing (id) where status = 'waiting';
create index document_indexing_claimed_until_idx on document_indexing (claimed_until) where status = 'working';
create index document_indexing_space_idx on document_indexing (space);

insert into document_indexing (id, status, attempts, created_at, updated_at)
select d.id, 'waiting', 0, now(), now() from documents d
where d.status in ('review', 'complete') and not exists (select 1 from document_indexing i where i.id = d.id);
