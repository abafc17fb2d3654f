-- The keys of what is encrypted for one patient. A key outlives the row in patients: what was sealed under it can be opened,
-- and its key shredded, also after the FHIR Patient was deleted. So there is no foreign key.
create table data_keys (
  id uuid primary key,
  patient_id uuid not null unique,
  patient_fhir_id text not null,
  wrapped_key bytea,
  master_key_id text not null,
  shredded_at timestamptz,
  created_at timestamptz not null,
  constraint data_keys_shredded_check check ((wrapped_key is null) = (shredded_at is not null)),
  constraint data_keys_wrapped_key_check check (octet_length(wrapped_key) = 60)
);
create index data_keys_patient_fhir_id_idx on data_keys (patient_fhir_id);
create index data_keys_master_key_id_idx on data_keys (master_key_id, id) where shredded_at is null;
revoke delete on data_keys from holovitals_application;
comment on table data_keys is
  'One AES-256 key a patient, wrapped by a master key that is not in the database. A shredded row keeps no key.';
comment on column data_keys.patient_id is 'patients.id, also of one that is gone.';
comment on column data_keys.patient_fhir_id is 'By which an operator names the patient.';
comment on column data_keys.wrapped_key is 'AES-256-GCM under the master key: nonce of 12 B, key of 32 B, tag of 16 B; null once shredded';
comment on column data_keys.master_key_id is 'First half of SHA-256 of a fixed text and the master key, in hexadecimal.';
comment on column data_keys.shredded_at is 'From then on nothing that was sealed under it can be opened.';
