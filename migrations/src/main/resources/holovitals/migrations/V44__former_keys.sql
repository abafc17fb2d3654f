-- A key that leaked is followed by another; the former one stays until nothing is sealed under it any more.
alter table data_keys add retired_at timestamptz;
alter table data_keys drop constraint data_keys_patient_id_key;
create unique index data_keys_current_idx on data_keys (patient_id) where retired_at is null;
create index data_keys_former_idx on data_keys (id) where retired_at is not null and shredded_at is null;
comment on table data_keys is
  'One AES-256 key a patient and former ones, wrapped by a master key that is not in the database. A shredded row keeps no key.';
comment on column data_keys.retired_at is 'From then on nothing more is sealed under it; null of the current key.';
