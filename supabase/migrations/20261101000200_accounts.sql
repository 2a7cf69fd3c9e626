-- People, workspaces, agencies and memberships.

create table public.people (
  id uuid primary key references auth.users (id) on delete cascade,
  email text not null,
  full_name text not null check (length(full_name) between 1 and 200),
  position_title text not null default '' check (length(position_title) <= 200),
  locale text not null default 'vi' check (locale in ('vi', 'en')),
  theme text not null default 'system' check (theme in ('light', 'dark', 'system')),
  created_at timestamptz not null default now()
);
comment on table public.people is 'One row per account: the name, function and preferences that colleagues see.';

create table public.workspaces (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 200),
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  created_at timestamptz not null default now()
);
comment on table public.workspaces is 'The shared room of several agencies; everything else belongs to one workspace.';

create table public.agencies (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  name text not null check (length(name) between 1 and 200),
  short_name text not null check (length(short_name) between 1 and 40),
  code text not null check (length(code) between 1 and 30),
  colour text not null default '#0f5257' check (colour ~ '^#[0-9a-f]{6}$'),
  parent_id uuid,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, name),
  foreign key (workspace_id, parent_id) references public.agencies (workspace_id, id),
  check (parent_id is distinct from id)
);
comment on table public.agencies is 'A participating organisation; its code is used in document symbols, for example UBND.';
create index on public.agencies (workspace_id);

create table public.members (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  person_id uuid not null references public.people (id) on delete cascade,
  agency_id uuid not null,
  role text not null check (role in ('owner', 'secretary', 'member')),
  is_head boolean not null default false,
  joined_at timestamptz not null default now(),
  primary key (workspace_id, person_id),
  foreign key (workspace_id, agency_id) references public.agencies (workspace_id, id)
);
comment on table public.members is 'A person in a workspace, speaking for one agency there.';
create index on public.members (person_id);
create index on public.members (agency_id);

create function private.my_workspace_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$ select workspace_id from public.members where person_id = auth.uid() $$;
comment on function private.my_workspace_ids is 'Workspaces the signed-in person belongs to.';

create function private.my_workspace_ids_as(roles text[]) returns setof uuid
language sql stable security definer set search_path = ''
as $$ select workspace_id from public.members where person_id = auth.uid() and role = any (roles) $$;
comment on function private.my_workspace_ids_as is 'Workspaces in which the signed-in person has one of the roles.';

create function private.my_agency_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$ select agency_id from public.members where person_id = auth.uid() $$;
comment on function private.my_agency_ids is 'Agencies the signed-in person speaks for, over all workspaces.';

create function private.my_colleague_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select other.person_id from public.members mine
  join public.members other on other.workspace_id = mine.workspace_id
  where mine.person_id = auth.uid()
$$;
comment on function private.my_colleague_ids is 'People who share a workspace with the signed-in person.';

grant execute on function private.my_workspace_ids, private.my_workspace_ids_as, private.my_agency_ids, private.my_colleague_ids to authenticated, service_role;

alter table public.people enable row level security;
alter table public.workspaces enable row level security;
alter table public.agencies enable row level security;
alter table public.members enable row level security;
grant select on public.people, public.workspaces, public.agencies, public.members to authenticated;
grant update (full_name, position_title, locale, theme) on public.people to authenticated;
grant update (name) on public.workspaces to authenticated;
grant insert (id, workspace_id, name, short_name, code, colour, parent_id), update (name, short_name, code, colour, parent_id), delete on public.agencies to authenticated;
grant update (agency_id, role, is_head), delete on public.members to authenticated;

create policy "people see themselves and their colleagues" on public.people for select to authenticated
  using (id = (select auth.uid()) or id in (select private.my_colleague_ids()));
create policy "people change their own profile" on public.people for update to authenticated
  using (id = (select auth.uid())) with check (id = (select auth.uid()));

create policy "members see their workspaces" on public.workspaces for select to authenticated
  using (id in (select private.my_workspace_ids()));
create policy "owners rename their workspace" on public.workspaces for update to authenticated
  using (id in (select private.my_workspace_ids_as(array['owner']))) with check (id in (select private.my_workspace_ids_as(array['owner'])));

create policy "members see the agencies of their workspaces" on public.agencies for select to authenticated
  using (workspace_id in (select private.my_workspace_ids()));
create policy "owners and secretaries add agencies" on public.agencies for insert to authenticated
  with check (workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])));
create policy "owners and secretaries change agencies" on public.agencies for update to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])))
  with check (workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])));
create policy "owners delete agencies" on public.agencies for delete to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner'])));

create policy "members see the members of their workspaces" on public.members for select to authenticated
  using (workspace_id in (select private.my_workspace_ids()));
create policy "owners change memberships" on public.members for update to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner'])))
  with check (workspace_id in (select private.my_workspace_ids_as(array['owner'])));
create policy "owners remove members" on public.members for delete to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner'])));

create function private.keep_an_owner() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if old.role = 'owner' and (tg_op = 'DELETE' or new.role <> 'owner') then
    -- Two owners who step down at once must not both find the other still there: the workspace row is the queue.
    perform 1 from public.workspaces where id = old.workspace_id for no key update;
    -- A workspace being deleted takes its members with it; only a living one must keep an owner.
    if found and not exists (select 1 from public.members where workspace_id = old.workspace_id and role = 'owner' and person_id <> old.person_id) then
      raise exception 'a workspace keeps at least one owner' using errcode = '23514', constraint = 'members_keep_an_owner';
    end if;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger keep_an_owner before update or delete on public.members for each row execute function private.keep_an_owner();

create function private.refuse_agency_cycle() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (
    with recursive above as (
      select id, parent_id from public.agencies where id = new.parent_id
      union select a.id, a.parent_id from public.agencies a join above on a.id = above.parent_id
    ) select 1 from above where id = new.id) then
    raise exception 'an agency cannot be its own parent' using errcode = '23514', constraint = 'agencies_no_cycle';
  end if;
  return new;
end
$$;
create trigger refuse_agency_cycle before update of parent_id on public.agencies for each row execute function private.refuse_agency_cycle();

-- Persons who belong to no workspace but mine: an owner elsewhere must not get into an account through one shared room.
create function private.resettable_person_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select m.person_id from public.members m
  where m.person_id <> auth.uid()
  group by m.person_id
  having bool_and(m.workspace_id in (select private.my_workspace_ids_as(array['owner'])))
$$;
comment on function private.resettable_person_ids is 'People to whom the signed-in owner may hand a link for a new password.';
grant execute on function private.resettable_person_ids to authenticated, service_role;

create view public.member_list with (security_invoker = true) as
  select m.workspace_id, m.person_id, p.full_name, p.position_title, p.email, m.role, m.is_head, m.joined_at,
    m.agency_id, a.name as agency_name, a.short_name as agency_short_name, a.colour,
    m.workspace_id in (select private.my_workspace_ids_as(array['owner'])) as can_change,
    m.workspace_id in (select private.my_workspace_ids_as(array['owner']))
      and (m.role <> 'owner' or exists (select 1 from public.members o where o.workspace_id = m.workspace_id and o.role = 'owner' and o.person_id <> m.person_id)) as can_remove,
    m.person_id in (select private.resettable_person_ids()) as can_reset_password
  from public.members m
  join public.people p on p.id = m.person_id
  join public.agencies a on a.id = m.agency_id;
comment on view public.member_list is 'Members with their agency, and what the signed-in person may do with each.';
grant select on public.member_list to authenticated;

create view public.workspace_list with (security_invoker = true) as
  select w.id, w.name, w.slug, m.role, m.is_head, m.agency_id, a.name as agency_name, a.short_name as agency_short_name, a.colour, m.joined_at,
    m.role = 'owner' as can_rename, m.role = 'owner' as can_read_audit, m.role in ('owner', 'secretary') as can_invite, m.role = 'owner' as can_invite_any_role,
    m.role in ('owner', 'secretary') as can_add_agency
  from public.workspaces w
  join public.members m on m.workspace_id = w.id and m.person_id = (select auth.uid())
  join public.agencies a on a.id = m.agency_id;
comment on view public.workspace_list is 'Workspaces of the signed-in person, with the place they have in each and what it lets them do.';
grant select on public.workspace_list to authenticated;
