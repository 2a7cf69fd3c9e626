-- Files that take long to make: asked for by a person, made by a job, kept for a day. Only who asked sees one, and only
-- while they may read what it was made of.

create table public.exports (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  document_id uuid not null references public.documents (id) on delete cascade,
  format text not null check (format in ('docx', 'txt', 'html', 'json')),
  asked_by uuid not null references public.people (id) on delete cascade,
  asked_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '1 day',
  job_id uuid unique references public.jobs (id) on delete cascade,
  file_id uuid unique references public.files (id),
  fetched_at timestamptz
);
comment on table public.exports is 'A file that somebody asked for and a job makes. Its state is that of the job.';
comment on column public.exports.fetched_at is 'When it was first handed over, which the audit trail notes once.';
create index on public.exports (workspace_id);
create index on public.exports (document_id);
create index on public.exports (asked_by, asked_at desc);

alter table public.exports enable row level security;
revoke all on public.exports from anon, authenticated;
grant select (id, workspace_id, document_id, format, asked_by, asked_at, expires_at, job_id), delete on public.exports to authenticated;
create policy "people see their own exports of what they may read" on public.exports for select to authenticated
  using (asked_by = (select auth.uid()) and expires_at > now() and exists (select 1 from public.documents d where d.id = document_id));
create policy "people give up their own exports" on public.exports for delete to authenticated
  using (asked_by = (select auth.uid()));
create policy "people see the jobs of their own exports" on public.jobs for select to authenticated
  using (id in (select e.job_id from public.exports e where e.asked_by = (select auth.uid())));

create view public.export_list with (security_invoker = true) as
  select e.id, e.document_id, e.format, e.asked_at, e.expires_at, j.state, j.progress
  from public.exports e join public.jobs j on j.id = e.job_id;
comment on view public.export_list is 'The exports of the signed-in person, with how far they are.';
revoke all on public.export_list from anon, authenticated;
grant select on public.export_list to authenticated;

create function public.request_export(document uuid, format public.short_text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  me uuid := auth.uid();
  my_role text := public.document_role(document, me);
  workspace uuid := (select d.workspace_id from public.documents d where d.id = document);
  open_ones integer;
  kept_ones integer;
  export uuid;
begin
  if my_role is null or (my_role <> 'manager' and document in (select private.trashed_document_ids())) then
    raise exception 'no such document' using errcode = 'P0002';
  end if;
  -- The person's row is the queue, so that two requests do not both find room.
  perform 1 from public.people p where p.id = me for no key update;
  select e.id into export from public.exports e join public.jobs j on j.id = e.job_id
    where e.asked_by = me and e.document_id = document and e.format = request_export.format and e.expires_at > now() and j.state = 'waiting';
  if export is not null then return export; end if;
  select count(*) filter (where j.state in ('waiting', 'running')), count(*) into open_ones, kept_ones
    from public.exports e join public.jobs j on j.id = e.job_id where e.asked_by = me and e.expires_at > now();
  if open_ones >= 5 or kept_ones >= 100 then
    raise exception 'too many exports at once' using errcode = '54000', constraint = 'exports_at_once';
  end if;
  insert into public.exports (workspace_id, document_id, format, asked_by) values (workspace, document, format, me) returning id into export;
  update public.exports set job_id = private.queue_job('make-export', export::text, jsonb_build_object('export', export), workspace) where id = export;
  return export;
end
$$;
comment on function public.request_export is 'Asks for a document as a file, made later; the one that waits already when the same was asked for. P0002 when the document is not visible, 54000 (exports_at_once) with five open or a hundred kept.';
revoke execute on function public.request_export from public, anon;
grant execute on function public.request_export to authenticated;

create function private.give_export_up() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.jobs set state = 'discarded', ended_at = now(), leased_by = null, leased_until = null
    where id = old.job_id and state in ('waiting', 'running');
  return null;
end
$$;
create trigger give_export_up after delete on public.exports for each row execute function private.give_export_up();

create function private.announce_export() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_table_name = 'exports' then
    perform private.announce_live('person:' || old.asked_by, 'export', old.id);
  else
    perform private.announce_live('person:' || e.asked_by, 'export', e.id) from public.exports e where e.job_id = new.id;
  end if;
  return null;
end
$$;
create trigger announce_live after delete on public.exports for each row execute function private.announce_export();
create trigger announce_export after update of state, progress on public.jobs for each row
  when (new.kind = 'make-export' and (new.state, new.progress) is distinct from (old.state, old.progress)) execute function private.announce_export();
