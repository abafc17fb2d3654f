-- What a report says of when its values were, beside them.
alter table extracted_data add report_date text;
comment on column extracted_data.report_date is 'Encryption envelope in base64; within: JSON of the date that the report prints of its specimen or of itself; null where it prints none.';
