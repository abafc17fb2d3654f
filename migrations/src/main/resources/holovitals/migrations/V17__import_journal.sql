create table import_journal (
  id uuid primary key,
  sha256 text not null unique,
  name text not null,
  part_of text,
  entries jsonb,
  resources bigint not null,
  created_at timestamptz not null default now(),
  constraint import_journal_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint import_journal_part_of_check check (part_of ~ '^[0-9a-f]{64}$'),
  constraint import_journal_entries_check check ((part_of is null) = (entries is null))
);
create index import_journal_part_of_idx on import_journal (part_of) where part_of is not null;
comment on table import_journal is 'What was imported; a row commits with the resources that it stands for, so that an import resumes exactly.';
comment on column import_journal.sha256 is 'Of the source''s inflated content; for a part, of the part''s name.';
comment on column import_journal.part_of is 'The source of which the row is a part; such rows give way to one for the source once it is imported whole.';
comment on column import_journal.entries is 'Array of the entries or lines of the source that the part holds, counted from 0.';
