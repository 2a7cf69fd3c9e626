-- The sync engine's log. System only: no role of the data API has a policy here.

create table public.document_updates (
  id bigint generated always as identity primary key,
  document_id uuid not null references public.documents (id) on delete cascade,
  epoch integer not null,
  bytes bytea not null,
  person_id uuid,
  created_at timestamptz not null default now()
);
comment on table public.document_updates is 'Append-only log of Yjs updates, the truth of every text; rows are removed only by compaction, by explicit id.';
create index on public.document_updates (document_id, id);

create table public.document_snapshots (
  document_id uuid primary key references public.documents (id) on delete cascade,
  epoch integer not null,
  bytes bytea not null,
  version bigint not null default 1,
  created_at timestamptz not null default now()
);
comment on table public.document_snapshots is 'A compacted state that replaces the log rows it was made from.';

alter table public.document_updates enable row level security;
alter table public.document_snapshots enable row level security;
revoke all on public.document_updates, public.document_snapshots from anon, authenticated;

-- Images of a document, kept beside its text so that one backup and one policy cover both.
create table public.document_files (
  id uuid primary key default gen_random_uuid(),
  document_id uuid not null references public.documents (id) on delete cascade,
  content_type text not null check (content_type in ('image/png', 'image/jpeg', 'image/gif', 'image/webp')),
  bytes bytea not null check (octet_length(bytes) between 1 and 10485760),
  created_by uuid default auth.uid() references public.people (id) on delete set null,
  created_at timestamptz not null default now()
);
comment on table public.document_files is 'Images placed in a document; at most 10 MiB each.';
create index on public.document_files (document_id);
alter table public.document_files enable row level security;
grant select on public.document_files to authenticated;
grant insert (id, document_id, content_type, bytes) on public.document_files to authenticated;
create policy "readers see a document's images" on public.document_files for select to authenticated
  using (document_id in (select private.my_document_ids(1)));
create policy "editors add images" on public.document_files for insert to authenticated
  with check (document_id in (select private.my_document_ids(3)) and created_by = (select auth.uid()));
