-- Several DocumentReferences of a patient may have the same bytes, and one may have several files.
create table document_attachments (
  id uuid primary key,
  document_id uuid not null references documents on delete cascade,
  res_id bigint references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
  is_current boolean not null,
  created_at timestamptz not null
);
create index document_attachments_document_id_idx on document_attachments (document_id, id);
create index document_attachments_res_id_idx on document_attachments (res_id);
comment on table document_attachments is 'Which files a DocumentReference has, or had in a former version. The id is that of the Binary.';
comment on column document_attachments.res_id is 'Key of the stored DocumentReference in fhir.hfj_resource, with which the row ends; null while none names the Binary that was brought for it.';
comment on column document_attachments.is_current is 'Whether the current version names the Binary, and is not entered in error.';

insert into document_attachments (id, document_id, res_id, is_current, created_at)
select id, id, res_id, true, created_at from documents;

alter table documents drop column res_id, alter column user_id drop not null;
comment on table documents is 'Files of patients, which they, clinicians and other systems bring; the bytes lie encrypted in the blob store. A file that no DocumentReference has is swept.';
comment on column documents.user_id is 'Who brought it; null where no person did.';
