-- What the application role may do with every table and sequence that the owner makes from here on.
-- Append-only tables take UPDATE and DELETE back where they are made.
grant usage on schema fhir, holovitals to holovitals_application;

alter default privileges in schema fhir, holovitals
  grant select, insert, update, delete on tables to holovitals_application;

alter default privileges in schema fhir, holovitals
  grant usage, select on sequences to holovitals_application;

comment on schema fhir is 'Tables of HAPI FHIR JPA; made and upgraded by its own migrator.';
comment on schema holovitals is 'Typed tables of the record, access, documents, chat, queue, costs and audit.';
