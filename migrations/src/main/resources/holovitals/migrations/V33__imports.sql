-- What patients bring as files: looked at first, then taken into the record, and taken back when they say so.
create table imports (
  id uuid primary key,
  user_id uuid references users on delete cascade,
  patient_id uuid not null references patients on delete cascade,
  kind text not null,
  sha256 text not null,
  bytes bigint not null,
  status text not null,
  name text,
  report text,
  expires_at timestamptz not null,
  committed_at timestamptz,
  undone_at timestamptz,
  created_at timestamptz not null,
  constraint imports_kind_check check (kind in ('fhir', 'ccda', 'health_cards', 'apple_health', 'archive')),
  constraint imports_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint imports_bytes_check check (bytes > 0),
  constraint imports_status_check check (
    status in ('needs_confirmation', 'refused', 'preview', 'committing', 'committed', 'undoing', 'undone', 'expired')),
  constraint imports_committed_at_check check (
    (committed_at is not null) = (status in ('committed', 'undoing', 'undone'))),
  constraint imports_undone_at_check check ((undone_at is not null) = (status = 'undone'))
);
create index imports_user_id_idx on imports (user_id);
create index imports_patient_id_idx on imports (patient_id, id);
create index imports_expires_at_idx on imports (expires_at) where status in ('needs_confirmation', 'preview');
comment on table imports is 'A file that somebody brought for a record. A state is left by statements that name it.';
comment on column imports.user_id is 'Who brought it: the patient or a proxy; null for an operator by the command.';
comment on column imports.sha256 is 'Of the file as it came, in hexadecimal.';
comment on column imports.bytes is 'Of the file as it came.';
comment on column imports.name is 'Encryption envelope in base64.';
comment on column imports.report is
  'Encryption envelope in base64, within it JSON: in what the file''s patient differs, and what of the file is left out.';
comment on column imports.expires_at is 'When what is not committed by then is dropped.';

create table import_entries (
  id uuid primary key,
  import_id uuid not null references imports on delete cascade,
  ordinal integer not null,
  resource_type text not null,
  finding text,
  reason text,
  state text not null,
  content text,
  source_key text,
  turn integer not null default 0,
  fhir_id text,
  version_before bigint,
  version_after bigint,
  provenance_id text,
  created_at timestamptz not null,
  unique (import_id, ordinal),
  constraint import_entries_ordinal_check check (ordinal >= 0),
  constraint import_entries_finding_check check (finding in ('new', 'changed', 'duplicate', 'conflict', 'refused')),
  constraint import_entries_state_check check (state in ('read', 'waiting', 'left', 'written', 'failed', 'undone', 'kept')),
  constraint import_entries_written_check check (
    state not in ('written', 'undone', 'kept')
    or num_nulls(fhir_id, version_before, version_after, provenance_id) = 0),
  constraint import_entries_source_key_check check (source_key ~ '^[0-9a-f]{64}$')
);
create index import_entries_turn_idx on import_entries (import_id, state, turn, ordinal);
create index import_entries_source_key_idx on import_entries (source_key) where state in ('written', 'kept');
create index import_entries_fhir_id_idx on import_entries (fhir_id) where state in ('written', 'kept');
comment on table import_entries is
  'One resource of an imported file: what it is to the record, and what became of it. The journal by which an import goes on and is undone.';
comment on column import_entries.ordinal is 'Its place in the file, from 0.';
comment on column import_entries.finding is 'What it is to the record as it was when it was looked at; null until then.';
comment on column import_entries.reason is 'Why, in words without health information.';
comment on column import_entries.content is
  'Encryption envelope in base64, within it JSON: address and resource; null once it is written or dropped.';
comment on column import_entries.source_key is
  'SHA-256 of type and address in the file, by which it is known again, in hexadecimal; null where the address means nothing elsewhere.';
comment on column import_entries.turn is 'Those of one turn are written together; what is referred to has an earlier one or the same.';
comment on column import_entries.fhir_id is 'Of the resource that it is, or was written as.';
comment on column import_entries.version_before is 'Of the record''s resource when it was looked at; 0 where there was none.';
comment on column import_entries.version_after is 'That the import wrote.';
comment on column import_entries.provenance_id is 'FHIR id of the Provenance that names the import.';
