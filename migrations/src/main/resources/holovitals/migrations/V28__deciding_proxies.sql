-- A proxy whom a consent lets decide answers for the patient, also for one who has no account.
alter table consent_grants
  add column decided_by uuid references users,
  drop constraint consent_grants_patient_check;
create index consent_grants_decided_by_idx on consent_grants (decided_by);
comment on column consent_grants.decided_by is
  'Who approved, denied or revoked it last: the patient, a proxy, or an administrator for a record that nobody has claimed.';

create index users_fhir_user_idx on users (fhir_user);
