-- Work that is done later, once, by whichever node comes first: a row each.

create table public.jobs (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid references public.workspaces (id) on delete cascade,
  kind text not null check (kind ~ '^[a-z][a-z0-9-]{0,49}$'),
  key text not null check (length(key) between 1 and 200),
  once boolean not null default false,
  payload jsonb not null default '{}' check (octet_length(payload::text) <= 20000),
  run_at timestamptz not null default now(),
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'discarded')),
  attempts integer not null default 0,
  progress real not null default 0 check (progress between 0 and 1),
  leased_by text,
  leased_until timestamptz,
  reason text check (length(reason) <= 500),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((state = 'running') = (leased_until is not null)),
  check ((state in ('done', 'failed', 'discarded')) = (ended_at is not null))
);
comment on table public.jobs is 'Work to be done later. Of one kind and key one is open at a time; with "once" there is never another.';
comment on column public.jobs.reason is 'Why the last attempt failed, without personal text.';
create unique index jobs_open on public.jobs (kind, key) where state in ('waiting', 'running');
create unique index jobs_once on public.jobs (kind, key) where once;
create index jobs_due on public.jobs (run_at) where state = 'waiting';
create index jobs_leased on public.jobs (leased_until) where state = 'running';
create index on public.jobs (workspace_id, created_at desc);

-- After a restore nothing goes out by itself until an owner has looked: mails and reminders may have been sent long ago.
create table public.work_holds (
  workspace_id uuid primary key references public.workspaces (id) on delete cascade,
  held_at timestamptz not null default now()
);
comment on table public.work_holds is 'Workspaces whose jobs and mails wait since a restore; the row goes when an owner releases them.';

alter table public.jobs enable row level security;
alter table public.work_holds enable row level security;
revoke all on public.jobs, public.work_holds from anon, authenticated;
grant select (id, workspace_id, kind, run_at, state, attempts, progress, reason, created_at, ended_at) on public.jobs to authenticated;
grant select, delete on public.work_holds to authenticated;
create policy "owners see the jobs of their workspaces" on public.jobs for select to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner'])));
create policy "owners see that work is held" on public.work_holds for select to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner'])));
create policy "owners release held work" on public.work_holds for delete to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner'])));

create function private.announce_jobs() returns trigger
language plpgsql security definer set search_path = ''
as $$ begin perform pg_notify('plenum_jobs', ''); return null; end $$;
create trigger announce_jobs after insert on public.jobs for each statement execute function private.announce_jobs();
create trigger announce_jobs_again after update on public.jobs for each row
  when (new.state = 'waiting' and old.state <> 'waiting' or new.state = 'discarded') execute function private.announce_jobs();
create trigger announce_release after delete on public.work_holds for each statement execute function private.announce_jobs();

create function private.queue_job(kind text, key text, payload jsonb default '{}', workspace uuid default null, run_at timestamptz default now(), once boolean default false) returns uuid
language sql security definer set search_path = ''
as $$
  insert into public.jobs (kind, key, payload, workspace_id, run_at, once) values (kind, key, payload, workspace, run_at, once)
  on conflict do nothing returning id
$$;
comment on function private.queue_job is 'Queues work in the transaction of what it follows from; null when the same is open already, or was done and may be only once.';

create function public.retry_job(job uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  update public.jobs set state = 'waiting', run_at = now(), attempts = 0, ended_at = null, progress = 0
    where id = job and state in ('failed', 'discarded') and workspace_id in (select private.my_workspace_ids_as(array['owner']));
  if not found then raise exception 'no such job' using errcode = 'P0002'; end if;
end
$$;
comment on function public.retry_job is 'An owner has a failed or discarded job tried again; P0002 for everybody else.';

create function public.discard_job(job uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  update public.jobs set state = 'discarded', ended_at = now(), leased_by = null, leased_until = null
    where id = job and state in ('waiting', 'running', 'failed') and workspace_id in (select private.my_workspace_ids_as(array['owner']));
  if not found then raise exception 'no such job' using errcode = 'P0002'; end if;
end
$$;
comment on function public.discard_job is 'An owner gives a job up, also one that runs; P0002 for everybody else.';
revoke execute on function public.retry_job, public.discard_job from public, anon;
grant execute on function public.retry_job, public.discard_job to authenticated;
