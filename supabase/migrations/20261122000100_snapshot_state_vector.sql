-- What a snapshot holds, in Yjs terms. Reading it off the bytes takes longer than sending them, and whoever opens a
-- document waits for it. Null where a snapshot was made before.
alter table public.document_snapshots add column if not exists state_vector bytea;
comment on column public.document_snapshots.state_vector is 'Yjs state vector of bytes.';
