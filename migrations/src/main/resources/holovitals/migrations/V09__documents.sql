create table documents (
  id uuid primary key,
  user_id uuid not null references users,
  patient_id uuid not null references patients on delete cascade,
  res_id bigint not null unique references fhir.hfj_resource (res_id) on delete cascade deferrable initially deferred,
  file_path text not null unique,
  file_name text not null,
  file_size bigint not null,
  mime_type text not null,
  document_type text,
  upload_date timestamptz not null,
  document_date date,
  status text not null default 'pending',
  failure text,
  attempts integer not null default 0,
  claimed_until timestamptz,
  pages_read integer not null default 0,
  page_count integer,
  sha256 bytea not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint documents_file_size_check check (file_size >= 0),
  constraint documents_status_check
    check (status in ('pending', 'scanning', 'processing', 'review', 'complete', 'failed')),
  constraint documents_failure_check check ((failure is null) or (status = 'failed')),
  constraint documents_attempts_check check (attempts >= 0),
  constraint documents_claimed_until_check check ((claimed_until is null) or (status = 'processing')),
  constraint documents_pages_read_check check (pages_read between 0 and coalesce(page_count, 0)),
  constraint documents_sha256_check check (octet_length(sha256) = 32),
  unique (patient_id, sha256)
);
create index documents_user_id_idx on documents (user_id, upload_date desc);
create index documents_patient_id_idx on documents (patient_id, id desc);
create index documents_status_idx on documents (status, id) where status not in ('complete', 'failed');
comment on table documents is 'Files that patients and clinicians bring; the bytes lie encrypted in the blob store. The id is that of the DocumentReference and of the Binary, too.';
comment on column documents.res_id is 'Key of the stored DocumentReference in fhir.hfj_resource, with which the row ends.';
comment on column documents.file_path is 'Key in the blob store, never a path that a user chose.';
comment on column documents.file_size is 'B, before encryption';
comment on column documents.mime_type is 'What the bytes are, whatever the name says.';
comment on column documents.document_type is 'In the words of whoever brought it.';
comment on column documents.document_date is 'When it was written, as whoever brought it says.';
comment on column documents.status is 'How far the reading of its text is.';
comment on column documents.failure is 'Why no text could be read, as a code.';
comment on column documents.attempts is 'How often the reading was begun.';
comment on column documents.claimed_until is 'Until then whoever reads it is taken to be alive.';
comment on column documents.pages_read is 'How many pages this attempt has read.';
comment on column documents.page_count is 'How many pages the file has; null until the first is read.';
comment on column documents.sha256 is 'SHA-256 of the bytes before encryption.';

create table ocr_results (
  id uuid primary key,
  document_id uuid not null references documents on delete cascade,
  page integer not null,
  raw_text text not null,
  confidence_score numeric(5, 4),
  method text not null,
  words jsonb,
  processed_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint ocr_results_page_check check (page >= 1),
  constraint ocr_results_confidence_score_check check (confidence_score between 0 and 1),
  constraint ocr_results_method_check check (method in ('text_layer', 'tesseract')),
  unique (document_id, page)
);
comment on table ocr_results is 'Text of one page of a document.';
comment on column ocr_results.page is 'From 1.';
comment on column ocr_results.raw_text is 'Encryption envelope in base64.';
comment on column ocr_results.confidence_score is '0 to 1; null for a text layer';
comment on column ocr_results.words is 'Text, confidence and box of each word; as a JSON string, an encryption envelope in base64.';

create table extracted_data (
  id uuid primary key,
  document_id uuid not null references documents on delete cascade,
  data_type text not null,
  field_name text not null,
  printed_name text not null,
  field_value text not null,
  unit text,
  reference_range text,
  is_abnormal boolean,
  confidence numeric(5, 4),
  page integer,
  box jsonb,
  status text not null,
  failed_gates text[] not null default '{}',
  reviewed_by uuid references users,
  reviewed_at timestamptz,
  decision text,
  fhir_id text,
  extracted_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint extracted_data_data_type_check check (data_type in ('lab', 'medication', 'allergy')),
  constraint extracted_data_confidence_check check (confidence between 0 and 1),
  constraint extracted_data_page_check check (page >= 1),
  constraint extracted_data_status_check
    check (status in ('auto', 'needs_review', 'confirmed', 'corrected', 'rejected')),
  constraint extracted_data_reviewed_check check (
    (status in ('confirmed', 'corrected', 'rejected')) = (num_nulls(reviewed_by, reviewed_at, decision) = 0)
    and (num_nulls(reviewed_by, reviewed_at, decision) in (0, 3))),
  constraint extracted_data_fhir_id_check check (fhir_id is null or status in ('confirmed', 'corrected'))
);
create index extracted_data_document_id_idx on extracted_data (document_id, page);
create index extracted_data_reviewed_by_idx on extracted_data (reviewed_by);
create index extracted_data_status_idx on extracted_data (extracted_at) where status = 'needs_review';
create index extracted_data_fhir_id_idx on extracted_data (fhir_id);
comment on table extracted_data is 'Values read from documents; one becomes a resource of the record only when a person says so.';
comment on column extracted_data.field_name is 'What was measured, by its usual name; of a line of a list what the list is of.';
comment on column extracted_data.printed_name is 'Encryption envelope in base64; within: the name as printed, or the line of a list.';
comment on column extracted_data.field_value is 'Encryption envelope in base64; within: as printed.';
comment on column extracted_data.reference_range is 'Encryption envelope in base64; within: as printed.';
comment on column extracted_data.failed_gates is 'Why a person has to look at it; nothing where it passed all of them.';
comment on column extracted_data.unit is 'As printed; its UCUM code stands in the Observation.';
comment on column extracted_data.confidence is '0 to 1';
comment on column extracted_data.page is 'From 1.';
comment on column extracted_data.box is 'Place on the page, as fractions of its width and height.';
comment on column extracted_data.status is 'auto passed every gate; confirmed, corrected and rejected are what a person said.';
comment on column extracted_data.decision is 'Encryption envelope in base64; within: JSON of what a person said of it.';
comment on column extracted_data.fhir_id is 'Id of what was made of it: an Observation, MedicationStatement or AllergyIntolerance, by data_type.';

create table document_links (
  id uuid primary key,
  source_document_id uuid not null references documents on delete cascade,
  target_document_id uuid not null references documents on delete cascade,
  relationship_type text not null,
  created_at timestamptz not null default now(),
  constraint document_links_target_document_id_check check (source_document_id <> target_document_id),
  unique (source_document_id, target_document_id)
);
create index document_links_target_document_id_idx on document_links (target_document_id);
comment on table document_links is 'How two documents belong together.';

create table document_embeddings (
  id uuid primary key,
  document_id uuid not null references documents on delete cascade,
  chunk_index integer not null,
  chunk_text text not null,
  embedding bytea,
  dimension integer,
  model text,
  model_sha256 bytea,
  runtime text,
  page integer not null,
  created_at timestamptz not null default now(),
  constraint document_embeddings_chunk_index_check check (chunk_index >= 0),
  constraint document_embeddings_dimension_check check (dimension > 0),
  constraint document_embeddings_model_sha256_check check (octet_length(model_sha256) = 32),
  constraint document_embeddings_page_check check (page >= 1),
  constraint document_embeddings_vector_check
    check (num_nonnulls(embedding, dimension, model, model_sha256, runtime) in (0, 5)),
  unique (document_id, chunk_index)
);
comment on table document_embeddings is 'Chunks of a document and their vectors. Vectors of different models are never compared.';
comment on column document_embeddings.chunk_index is 'From 0.';
comment on column document_embeddings.chunk_text is 'Encryption envelope in base64.';
comment on column document_embeddings.embedding is 'Encrypted; within: little-endian float32, as many as dimension says; null where there is no model.';
comment on column document_embeddings.runtime is 'What computed the vector; another one computes other numbers.';
comment on column document_embeddings.model_sha256 is 'SHA-256 of the model''s file; another hash means another space.';
comment on column document_embeddings.page is 'From 1.';

create table analysis_sessions (
  id uuid primary key,
  user_id uuid not null references users,
  patient_id uuid references patients on delete set null,
  session_type text not null,
  created_at timestamptz not null default now()
);
create index analysis_sessions_user_id_idx on analysis_sessions (user_id, created_at desc);
create index analysis_sessions_patient_id_idx on analysis_sessions (patient_id, created_at desc);
comment on table analysis_sessions is 'One sitting in which a model or a finder read a record.';
