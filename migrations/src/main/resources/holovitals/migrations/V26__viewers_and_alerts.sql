-- What the ledger says of a person who looked.
alter table users
  add column display_name text,
  add column fhir_user text;
comment on column users.display_name is 'Claim name of the last token that had one.';
comment on column users.fhir_user is 'Claim fhirUser of the last token that had one.';

alter table notifications add column notification_key text unique;
comment on column notifications.notification_key is 'What makes the notification one of a kind, so that it is not sent twice; null for one that may come again.';

alter table security_alerts
  add column alert_key text unique,
  add column occurrences integer not null default 1,
  add column last_seen_at timestamptz,
  add column acknowledgement text,
  add constraint security_alerts_occurrences_check check (occurrences > 0),
  add constraint security_alerts_acknowledged_check check (acknowledged = (acknowledged_at is not null));
comment on column security_alerts.alert_key is 'What makes the alert one of a kind, such as rule, user and window; what happens again in it is counted.';
comment on column security_alerts.acknowledgement is 'What whoever acknowledged it wrote.';

alter table audit_reviews
  add column finding text not null,
  add constraint audit_reviews_finding_check check (finding in ('appropriate', 'inappropriate', 'unclear'));
comment on column audit_reviews.finding is 'What the reviewer holds of the access.';

create table record_viewers (
  id uuid primary key,
  patient_fhir_id text not null,
  viewer text not null,
  first_seen_at timestamptz not null,
  created_at timestamptz not null default now(),
  unique (patient_fhir_id, viewer)
);
comment on table record_viewers is 'Who has looked at a record before, so that a patient is told of each new one.';
comment on column record_viewers.viewer is '"user:" and the row of users, or "client:" and the app where no user looked.';

create table alert_cursors (
  id uuid primary key,
  name text not null unique,
  position timestamptz not null,
  created_at timestamptz not null default now()
);
comment on table alert_cursors is 'How far each rule has read the audit log.';

-- A link to a further page holds the search, sealed for the one who made it, so that any server answers it.
create table link_keys (
  id uuid primary key,
  name text not null unique,
  secret bytea not null,
  created_at timestamptz not null default now(),
  constraint link_keys_secret_check check (octet_length(secret) = 32)
);
revoke update, delete on link_keys from holovitals_application;
comment on table link_keys is 'Random keys with which links to further pages are sealed; whoever has one can make links, which show no more than their caller may see.';
comment on column link_keys.secret is 'AES-256.';
