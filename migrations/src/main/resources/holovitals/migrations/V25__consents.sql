-- A grant is about a record, whether or not its patient has an account; it is given to a clinician, to a proxy such as a
-- parent, or taken by a clinician in an emergency.
alter table consent_grants
  add column kind text not null default 'clinician',
  add column patient_fhir_id text not null,
  alter column patient_id drop not null,
  alter column requested_duration drop not null,
  drop constraint consent_grants_requested_duration_check,
  add constraint consent_grants_kind_check check (kind in ('clinician', 'proxy', 'break-glass')),
  add constraint consent_grants_requested_duration_check check (requested_duration between 1 and 72),
  add constraint consent_grants_hours_check check ((kind = 'proxy') = (requested_duration is null)),
  add constraint consent_grants_patient_check check (patient_id is not null or kind <> 'clinician'),
  add constraint consent_grants_dates_check
    check ((status <> 'approved' or granted_at is not null) and (status <> 'revoked' or revoked_at is not null));
create index consent_grants_record_idx on consent_grants (patient_fhir_id, status);
create index consent_grants_requested_idx on consent_grants (created_at) where status = 'requested';
comment on column consent_grants.kind is 'Whom it is given to: a clinician, a proxy (no end unless one is set), or a clinician in an emergency, by himself.';
comment on column consent_grants.patient_fhir_id is 'The record: id of a FHIR Patient.';
comment on column consent_grants.patient_id is 'The user whose record it is; null while nobody has claimed it.';
comment on column consent_grants.requested_duration is 'h; null for a proxy.';
comment on column consent_grants.permissions is 'Array of {"resource", "action"}.';
comment on column consent_grants.status is
  'A request that is taken back is revoked without having been granted; one that nobody answers within 7 days is expired.';
comment on column consent_grants.restrictions is '{"addresses": networks, "clients": apps, "viewOnly": boolean}, each may be absent.';

create table consent_denials (
  id uuid primary key,
  patient_fhir_id text not null,
  patient_id uuid references users,
  specialist_id uuid references users,
  resources text[] not null,
  reason text,
  fhir_id text unique,
  withdrawn_at timestamptz,
  created_at timestamptz not null,
  constraint consent_denials_resources_check check (cardinality(resources) > 0)
);
create index consent_denials_record_idx on consent_denials (patient_fhir_id) where withdrawn_at is null;
create index consent_denials_patient_id_idx on consent_denials (patient_id);
create index consent_denials_specialist_id_idx on consent_denials (specialist_id);
comment on table consent_denials is 'What a patient shows to nobody, or not to one person. It wins over every grant, an emergency''s too.';
comment on column consent_denials.specialist_id is 'The user to whom it is not shown; null is everybody but the patient.';
comment on column consent_denials.resources is 'Parts of the record as in the permissions of a grant; all_phi is all of it.';

-- Whoever remembers what consents say asks this table whether it still holds: a row by its key, on each request.
create table consent_versions (
  id uuid primary key,
  version bigint not null,
  created_at timestamptz not null default now()
);
revoke insert, update, delete on consent_versions from holovitals_application;
comment on table consent_versions is
  'How often what is granted to a user, or denied to everyone, has changed. A number is written in the transaction of its change.';
comment on column consent_versions.id is 'The user who receives; the nil UUID for what is shown to nobody.';

create function count_consent_changes() returns trigger
  language plpgsql
  security definer
  set search_path = holovitals, pg_temp
as $$
declare
  everyone constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  -- In one order, so that two transactions wait for each other and no more.
  insert into consent_versions (id, version)
  select id, 1 from (
      select coalesce(old.specialist_id, everyone) where tg_op <> 'INSERT'
      union
      select coalesce(new.specialist_id, everyone) where tg_op <> 'DELETE'
    ) as changed (id)
  order by id
  on conflict (id) do update set version = consent_versions.version + 1;
  return null;
end
$$;
comment on function count_consent_changes() is 'Says in consent_versions that what holds for somebody has changed.';
revoke all on function count_consent_changes() from public;
create trigger consent_grants_counted after insert or update or delete on consent_grants
  for each row execute function count_consent_changes();
create trigger consent_denials_counted after insert or update or delete on consent_denials
  for each row execute function count_consent_changes();
