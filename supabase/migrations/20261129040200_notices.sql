-- Notices: what happened that concerns somebody, told once, in the way that they choose for its kind.

create table public.notices (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  person_id uuid not null references public.people (id) on delete cascade,
  kind text not null check (kind in ('document-shared')),
  document_id uuid references public.documents (id) on delete cascade,
  access_id uuid references public.document_access (id) on delete cascade,
  role text check (role in ('editor', 'commenter', 'viewer')),
  actor_id uuid references public.people (id) on delete set null,
  actor_name text not null default '',
  actor_agency text not null default '',
  actor_colour text,
  channel text not null check (channel in ('application', 'mail', 'digest')),
  made_at timestamptz not null default clock_timestamp(),
  read_at timestamptz
);
comment on table public.notices is 'What one person is told. It goes with what it is about; the actor stands in it under the name and agency of that day.';
comment on column public.notices.channel is 'What the person had chosen for this kind when it happened; with "never" there is no notice.';
create index on public.notices (person_id, workspace_id, made_at desc);
create index notices_unread on public.notices (person_id, workspace_id) where read_at is null;
create index on public.notices (workspace_id);
create index on public.notices (document_id, person_id);
create index on public.notices (access_id);
create index on public.notices (actor_id);
create index on public.notices (made_at);

create table public.notice_choices (
  person_id uuid not null default auth.uid() references public.people (id) on delete cascade,
  kind text not null check (kind in ('document-shared')),
  channel text not null check (channel in ('application', 'mail', 'digest', 'never')),
  primary key (person_id, kind)
);
comment on table public.notice_choices is 'How a person wants to hear of a kind of thing, where that is not the usual way.';

alter table public.notices enable row level security;
alter table public.notice_choices enable row level security;
revoke all on public.notices, public.notice_choices from anon, authenticated;
grant select (id, workspace_id, person_id, kind, document_id, role, actor_name, actor_agency, actor_colour, made_at, read_at) on public.notices to authenticated;
grant update (read_at) on public.notices to authenticated;
grant select on public.notice_choices to authenticated;
grant insert (kind, channel), update (kind, channel) on public.notice_choices to authenticated;
create policy "people see their notices of what they may see" on public.notices for select to authenticated
  using (person_id = (select auth.uid()) and (document_id is null or exists (select 1 from public.documents d where d.id = document_id)));
create policy "people mark their notices" on public.notices for update to authenticated
  using (person_id = (select auth.uid())) with check (person_id = (select auth.uid()));
create policy "people see their choices" on public.notice_choices for select to authenticated using (person_id = (select auth.uid()));
create policy "people choose how they hear" on public.notice_choices for insert to authenticated with check (person_id = (select auth.uid()));
create policy "people choose again" on public.notice_choices for update to authenticated
  using (person_id = (select auth.uid())) with check (person_id = (select auth.uid()));

create view public.notice_list with (security_invoker = true) as
  select n.id, n.workspace_id, n.kind, n.role, n.actor_name, n.actor_agency, n.actor_colour, n.made_at, n.read_at, n.document_id, d.title as document_title
  from public.notices n left join public.documents d on d.id = n.document_id;
comment on view public.notice_list is 'The notices of the signed-in person, with what they are about.';
revoke all on public.notice_list from anon, authenticated;
grant select on public.notice_list to authenticated;

create function private.usual_channel(kind text) returns text
language sql immutable set search_path = ''
as $$ select case kind when 'document-shared' then 'application' end $$;
comment on function private.usual_channel is 'How people hear of a kind of thing who have chosen nothing.';

create function private.announce_notices() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare person uuid := case when tg_op = 'DELETE' then old.person_id else new.person_id end;
begin
  perform private.announce_live('person:' || person, 'notices', person);
  return null;
end
$$;
create trigger announce_live after insert or update of read_at or delete on public.notices for each row execute function private.announce_notices();

-- A document is shared
create function private.notice_sharing() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.notices (workspace_id, person_id, kind, document_id, access_id, role, actor_id, actor_name, actor_agency, actor_colour, channel)
    select new.workspace_id, told.id, 'document-shared', new.document_id, new.id, new.role, new.granted_by, coalesce(actor.full_name, ''), coalesce(agency.short_name, ''), agency.colour,
      coalesce(choice.channel, private.usual_channel('document-shared'))
    from (
      select m.person_id as id from public.members m where m.workspace_id = new.workspace_id and m.agency_id = new.agency_id
      union select new.person_id union select new.guest_id
    ) told
    left join public.notice_choices choice on choice.person_id = told.id and choice.kind = 'document-shared'
    left join public.people actor on actor.id = new.granted_by
    left join public.members place on place.person_id = new.granted_by and place.workspace_id = new.workspace_id
    left join public.agencies agency on agency.id = place.agency_id
    where told.id is not null and told.id is distinct from new.granted_by and told.id is distinct from auth.uid()
      and coalesce(choice.channel, '') <> 'never'
      -- Who has as much by another way learns nothing.
      and not exists (select 1 from private.grants g join public.documents d on d.id = new.document_id and g.ground in (d.workspace_id, d.lead_agency_id)
        where g.person_id = told.id)
      and not exists (select 1 from public.document_access other
        left join public.members m on m.agency_id = other.agency_id and m.workspace_id = other.workspace_id
        where other.document_id = new.document_id and other.id <> new.id and told.id in (other.person_id, other.guest_id, m.person_id)
          and private.role_rank(other.role) >= private.role_rank(new.role));
  return null;
end
$$;
comment on function private.notice_sharing is 'Tells everybody whom a new right on a document reaches, but who gave it and who had as much before.';
create trigger notice_sharing after insert on public.document_access for each row execute function private.notice_sharing();

create function private.read_notices_of_visit() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.notices set read_at = now() where person_id = new.person_id and document_id = new.document_id and read_at is null;
  return null;
end
$$;
create trigger read_notices after insert or update on public.document_visits for each row execute function private.read_notices_of_visit();
