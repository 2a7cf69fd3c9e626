-- Texts are kept in the model of src/lib/text/SPEC.md (version 2). The server brings older ones over
-- when it starts or opens one. The default of documents.schema_version stays 1: a node of an older build may still make one.

create table public.document_past_bodies (
  document_id uuid not null references public.documents (id) on delete cascade,
  epoch integer not null,
  schema_version integer not null,
  bytes bytea not null,
  replaced_at timestamptz not null default now(),
  primary key (document_id, epoch)
);
comment on table public.document_past_bodies is 'The text of a document as it was before a new epoch replaced its history; kept for 90 days.';
alter table public.document_past_bodies enable row level security;
revoke all on public.document_past_bodies from anon, authenticated;
