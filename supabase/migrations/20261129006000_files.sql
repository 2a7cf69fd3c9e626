-- Files: what is known of them, and their bytes where no folder or bucket holds these. Who may have one is said by the row that owns it.

create table public.files (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid references public.workspaces (id) on delete set null,
  name text not null default '' check (length(name) <= 255),
  content_type text not null check (length(content_type) between 3 and 100),
  size_bytes bigint not null check (size_bytes > 0),
  sha256 bytea not null check (octet_length(sha256) = 32),
  created_by uuid references public.people (id) on delete set null,
  created_at timestamptz not null default now()
);
comment on table public.files is 'A file that was stored whole. Rows of other tables own it by a foreign key; one that nobody owns goes after a day.';
create index on public.files (workspace_id);
create index on public.files (created_by);

create table public.file_pieces (
  file_id uuid not null,
  nth integer not null check (nth >= 0),
  bytes bytea not null check (octet_length(bytes) between 1 and 1048576),
  stored_at timestamptz not null default now(),
  primary key (file_id, nth)
);
comment on table public.file_pieces is 'The bytes of files on Postgres without a folder, in pieces of 1 MiB. They come before the row of their file.';
alter table public.file_pieces alter column bytes set storage external;

alter table public.workspaces add column file_quota_bytes bigint not null default 21474836480 check (file_quota_bytes >= 0);
comment on column public.workspaces.file_quota_bytes is 'How much the files of the workspace may hold in all; changed by the operator.';

alter table public.files enable row level security;
alter table public.file_pieces enable row level security;
revoke all on public.files, public.file_pieces from anon, authenticated;

-- Stores what is known of a file whose bytes are there; the workspace's row is the queue, so that two do not both find room.
create function private.keep_file(id uuid, workspace uuid, name text, content_type text, size_bytes bigint, sha256 bytea, person uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare quota bigint;
begin
  select w.file_quota_bytes into quota from public.workspaces w where w.id = workspace for no key update;
  if coalesce((select sum(f.size_bytes) from public.files f where f.workspace_id = workspace), 0) + size_bytes > quota then
    raise exception 'the files of the workspace take all the room they may' using errcode = '54000', constraint = 'files_quota';
  end if;
  insert into public.files (id, workspace_id, name, content_type, size_bytes, sha256, created_by)
    values (id, workspace, left(name, 255), content_type, size_bytes, sha256, person);
end
$$;
comment on function private.keep_file is 'Makes the row of a file; 54000 (files_quota) when its workspace has no room for it.';

-- Files that nothing refers to any more, whatever tables refer to files by now.
create function private.unowned_file_ids(older_than interval) returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$
declare
  owner record;
  owned text := '';
begin
  for owner in
    select c.conrelid::regclass as "table", a.attname as "column" from pg_catalog.pg_constraint c
    join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'public.files'::regclass
  loop
    owned := owned || format(' and not exists (select 1 from %s o where o.%I = f.id)', owner."table", owner."column");
  end loop;
  return query execute 'select f.id from public.files f where f.created_at < now() - $1' || owned using older_than;
end
$$;

-- A person may make their own fresh file the file of something, not one whose id they have heard of.
create function private.my_fresh_file_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$ select id from public.files where created_by = auth.uid() and created_at > now() - interval '1 day' $$;
grant execute on function private.my_fresh_file_ids to authenticated, service_role;

-- Images of documents. Rows of an earlier version carry their bytes until the server has moved them.
alter table public.document_files
  add column file_id uuid references public.files (id),
  alter column bytes drop not null,
  add constraint document_files_stored check ((file_id is null) <> (bytes is null));
create unique index on public.document_files (file_id);
revoke insert on public.document_files from authenticated;
grant insert (id, document_id, content_type, file_id) on public.document_files to authenticated;
drop policy "editors add images" on public.document_files;
create policy "editors add images" on public.document_files for insert to authenticated
  with check (created_by = (select auth.uid()) and file_id in (select private.my_fresh_file_ids())
    and exists (select 1 from private.document_rights r where r.document_id = document_files.document_id and r.person_id = (select auth.uid()) and r.rank >= 3));
