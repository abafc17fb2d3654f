-- A Binary that waits is hashed when it comes: its DocumentReference says so when it comes.
alter table document_attachments add sha1 bytea check (octet_length(sha1) = 20);
comment on column document_attachments.sha1 is 'Of the bytes, as attachment.hash has it; null for those of before.';
