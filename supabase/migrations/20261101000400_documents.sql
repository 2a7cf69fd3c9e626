-- Documents, who may do what with them, and the library around them.

create table public.documents (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  title text not null check (length(title) between 1 and 1000),
  profile text not null check (profile in ('nd30', 'vbqppl-187', 'party-2026', 'party-2018')),
  kind text not null check (kind in ('resolution', 'action-programme', 'plan', 'decision', 'report', 'conclusion-notice', 'other')),
  state text not null default 'drafting' check (state in ('drafting', 'consulting', 'appraisal', 'issued')),
  lead_agency_id uuid not null,
  created_by uuid default auth.uid() references public.people (id) on delete set null,
  created_at timestamptz not null default now(),
  edited_at timestamptz not null default now(),
  epoch integer not null default 1,
  schema_version integer not null default 1,
  provision_count integer not null default 0,
  word_count integer not null default 0,
  folded_title text generated always as (public.fold_text(title)) stored,
  unique (workspace_id, id),
  foreign key (workspace_id, lead_agency_id) references public.agencies (workspace_id, id)
);
comment on table public.documents is 'One draft; its text is in document_updates, its metadata here.';
create index on public.documents (workspace_id, edited_at desc);
create index on public.documents (lead_agency_id);

create table public.document_access (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  document_id uuid not null,
  agency_id uuid,
  person_id uuid,
  role text not null check (role in ('editor', 'commenter', 'viewer')),
  granted_by uuid default auth.uid() references public.people (id) on delete set null,
  granted_at timestamptz not null default now(),
  check (num_nonnulls(agency_id, person_id) = 1),
  unique (document_id, agency_id),
  unique (document_id, person_id),
  foreign key (workspace_id, document_id) references public.documents (workspace_id, id) on delete cascade,
  foreign key (workspace_id, agency_id) references public.agencies (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references public.members (workspace_id, person_id) on delete cascade
);
comment on table public.document_access is 'What an agency or a person of the same workspace may do with a document; an agency with editor is a co-drafting agency.';
create index on public.document_access (agency_id);
create index on public.document_access (person_id);

create table public.document_trashings (
  document_id uuid primary key references public.documents (id) on delete cascade,
  trashed_by uuid default auth.uid() references public.people (id) on delete set null,
  trashed_at timestamptz not null default now()
);
comment on table public.document_trashings is 'A document in the trash: who put it there and when; deleting the row restores the document.';

create table public.document_tombstones (
  document_id uuid primary key,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  deleted_by uuid,
  deleted_at timestamptz not null default now()
);
comment on table public.document_tombstones is 'Documents deleted for good; an old offline copy can never bring one back.';

create table public.document_transitions (
  id bigint generated always as identity primary key,
  document_id uuid not null references public.documents (id) on delete cascade,
  state text not null check (state in ('drafting', 'consulting', 'appraisal', 'issued')),
  decided_by uuid default auth.uid() references public.people (id) on delete set null,
  decided_at timestamptz not null default now()
);
comment on table public.document_transitions is 'Each move of a document to another state: who decided it and when.';
create index on public.document_transitions (document_id);

create table public.document_visits (
  document_id uuid not null references public.documents (id) on delete cascade,
  person_id uuid not null default auth.uid() references public.people (id) on delete cascade,
  visited_at timestamptz not null default now(),
  primary key (document_id, person_id)
);
comment on table public.document_visits is 'When a person last opened a document: their recent documents.';
create index on public.document_visits (person_id, visited_at desc);

create table public.document_texts (
  document_id uuid primary key references public.documents (id) on delete cascade,
  text text not null,
  refreshed_at timestamptz not null default now(),
  folded text generated always as (public.fold_text(text)) stored,
  search tsvector generated always as (to_tsvector('simple', left(public.fold_text(text), 400000))) stored
);
comment on table public.document_texts is 'Plain text of each document for search, refreshed by the sync engine after edits.';
create index on public.document_texts using gin (search);

-- Ranks: viewer 1, commenter 2, editor 3, manager 4 (owner, secretary, and members of the lead agency).
create function private.role_rank(role text) returns integer
language sql immutable set search_path = ''
as $$ select case role when 'viewer' then 1 when 'commenter' then 2 when 'editor' then 3 when 'manager' then 4 else 0 end $$;

create function private.document_ranks(person uuid) returns table (document_id uuid, rank integer)
language sql stable security definer set search_path = ''
as $$
  select document_id, max(rank)::integer from (
    select d.id as document_id, 4 as rank
      from public.members m join public.documents d on d.workspace_id = m.workspace_id
      where m.person_id = person and (m.role in ('owner', 'secretary') or m.agency_id = d.lead_agency_id)
    union all
    select a.document_id, private.role_rank(a.role)
      from public.members m join public.document_access a on a.workspace_id = m.workspace_id
        and (a.agency_id = m.agency_id or a.person_id = m.person_id)
      where m.person_id = person
  ) grants group by document_id
$$;
comment on function private.document_ranks is 'Every document a person may open, with the rank of their best right on it.';

create function private.my_document_ids(minimum integer) returns setof uuid
language sql stable security definer set search_path = ''
as $$ select document_id from private.document_ranks(auth.uid()) where rank >= minimum $$;
comment on function private.my_document_ids is 'Documents on which the signed-in person has at least this rank.';

create function private.trashed_document_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$ select t.document_id from public.document_trashings t $$;

create function public.document_role(document uuid, person uuid) returns text
language sql stable security definer set search_path = ''
as $$
  select (array['viewer', 'commenter', 'editor', 'manager'])[max(r.rank)]
  from (
    select 4 as rank from public.documents d join public.members m on m.workspace_id = d.workspace_id
      where d.id = document and m.person_id = person and (m.role in ('owner', 'secretary') or m.agency_id = d.lead_agency_id)
    union all
    select private.role_rank(a.role) from public.document_access a join public.members m on m.workspace_id = a.workspace_id
      and (a.agency_id = m.agency_id or a.person_id = m.person_id)
      where a.document_id = document and m.person_id = person
  ) r
$$;
comment on function public.document_role is 'A person''s role on one document: manager, editor, commenter, viewer or null. For the sync engine.';
revoke execute on function public.document_role from public, anon, authenticated;
grant execute on function public.document_role to service_role;

create function public.my_document_roles() returns table (document_id uuid, role text)
language sql stable security invoker set search_path = ''
as $$ select r.document_id, (array['viewer', 'commenter', 'editor', 'manager'])[r.rank] from private.document_ranks(auth.uid()) r $$;
comment on function public.my_document_roles is 'Every document the signed-in person may open, with their role on it.';

revoke execute on function private.document_ranks from public, anon;
grant execute on function private.role_rank, private.document_ranks, private.my_document_ids, private.trashed_document_ids to authenticated, service_role;
grant execute on function public.my_document_roles to authenticated, service_role;

alter table public.documents enable row level security;
alter table public.document_access enable row level security;
alter table public.document_trashings enable row level security;
alter table public.document_tombstones enable row level security;
alter table public.document_transitions enable row level security;
alter table public.document_visits enable row level security;
alter table public.document_texts enable row level security;
grant select, delete on public.documents to authenticated;
grant insert (id, workspace_id, title, profile, kind, lead_agency_id) on public.documents to authenticated;
grant update (title, kind, profile, lead_agency_id) on public.documents to authenticated;
grant select, delete on public.document_access to authenticated;
grant insert (workspace_id, document_id, agency_id, person_id, role), update (role) on public.document_access to authenticated;
grant select, delete on public.document_trashings to authenticated;
grant insert (document_id) on public.document_trashings to authenticated;
grant select on public.document_transitions to authenticated;
grant insert (document_id, state) on public.document_transitions to authenticated;
grant select on public.document_visits to authenticated;
grant insert (document_id, visited_at), update (visited_at) on public.document_visits to authenticated;
grant select on public.document_texts to authenticated;

create policy "people see documents they have a role on, managers also in the trash" on public.documents for select to authenticated
  using (lead_agency_id in (select private.my_agency_ids())
    or workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary']))
    or (id in (select private.my_document_ids(1)) and id not in (select private.trashed_document_ids())));
create policy "members create documents led by their agency, secretaries for any agency" on public.documents for insert to authenticated
  with check (created_by = (select auth.uid())
    and ((workspace_id in (select private.my_workspace_ids()) and lead_agency_id in (select private.my_agency_ids()))
      or workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary']))));
create policy "editors change a document's metadata" on public.documents for update to authenticated
  using (id in (select private.my_document_ids(3)) and id not in (select private.trashed_document_ids()))
  with check (id in (select private.my_document_ids(3)));
create policy "managers delete trashed documents for good" on public.documents for delete to authenticated
  using (id in (select private.my_document_ids(4)) and id in (select private.trashed_document_ids()));

create policy "readers see who has access" on public.document_access for select to authenticated
  using (document_id in (select private.my_document_ids(1)));
create policy "managers share" on public.document_access for insert to authenticated
  with check (document_id in (select private.my_document_ids(4)) and granted_by = (select auth.uid()));
create policy "managers change access" on public.document_access for update to authenticated
  using (document_id in (select private.my_document_ids(4))) with check (document_id in (select private.my_document_ids(4)));
create policy "managers take access back" on public.document_access for delete to authenticated
  using (document_id in (select private.my_document_ids(4)));

create policy "managers see the trash" on public.document_trashings for select to authenticated
  using (document_id in (select private.my_document_ids(4)));
create policy "managers put documents in the trash" on public.document_trashings for insert to authenticated
  with check (document_id in (select private.my_document_ids(4)) and trashed_by = (select auth.uid()));
create policy "managers restore documents" on public.document_trashings for delete to authenticated
  using (document_id in (select private.my_document_ids(4)));

create policy "readers see a document's history of states" on public.document_transitions for select to authenticated
  using (document_id in (select private.my_document_ids(1)));
create policy "managers move documents on" on public.document_transitions for insert to authenticated
  with check (document_id in (select private.my_document_ids(4)) and decided_by = (select auth.uid()));

create policy "people see their own visits" on public.document_visits for select to authenticated
  using (person_id = (select auth.uid()));
create policy "people record their own visits" on public.document_visits for insert to authenticated
  with check (person_id = (select auth.uid()) and document_id in (select private.my_document_ids(1)));
create policy "people refresh their own visits" on public.document_visits for update to authenticated
  using (person_id = (select auth.uid())) with check (person_id = (select auth.uid()));

create policy "readers search the text" on public.document_texts for select to authenticated
  using (document_id in (select private.my_document_ids(1)) and document_id not in (select private.trashed_document_ids()));

create function private.guard_document_columns() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- Row level security cannot guard single columns: an editor may retitle, only a manager may hand over the lead.
  if new.lead_agency_id <> old.lead_agency_id and auth.uid() is not null
     and coalesce(public.document_role(old.id, auth.uid()), '') <> 'manager' then
    raise exception 'only a manager of the document changes its lead agency' using errcode = '42501';
  end if;
  return new;
end
$$;
create trigger guard_document_columns before update on public.documents for each row execute function private.guard_document_columns();

create function private.apply_transition() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.documents set state = new.state where id = new.document_id;
  return new;
end
$$;
create trigger apply_transition after insert on public.document_transitions for each row execute function private.apply_transition();

create function private.leave_tombstone() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.document_tombstones (document_id, workspace_id, deleted_by)
    select old.id, old.workspace_id, auth.uid() where exists (select 1 from public.workspaces where id = old.workspace_id)
    on conflict do nothing;
  return old;
end
$$;
create trigger leave_tombstone after delete on public.documents for each row execute function private.leave_tombstone();

create view public.document_list with (security_invoker = true) as
  select d.id, d.workspace_id, d.title, d.folded_title, d.profile, d.kind, d.state, d.created_by, d.created_at, d.edited_at, d.epoch, d.schema_version,
    d.provision_count, d.word_count, d.lead_agency_id, a.name as lead_agency_name, a.short_name as lead_agency_short_name, a.colour as lead_agency_colour,
    r.role, r.role in ('manager', 'editor') and t.document_id is null as can_edit, r.role = 'manager' and t.document_id is null as can_share,
    r.role = 'manager' as can_trash, v.visited_at, t.trashed_at, t.trashed_by
  from public.documents d
  join public.agencies a on a.id = d.lead_agency_id
  join public.my_document_roles() r on r.document_id = d.id
  left join public.document_visits v on v.document_id = d.id and v.person_id = (select auth.uid())
  left join public.document_trashings t on t.document_id = d.id;
comment on view public.document_list is 'Documents as the signed-in person sees them: with their role and what it lets them do.';
grant select on public.document_list to authenticated;

create function public.search_documents(workspace uuid, query text)
returns table (document_id uuid, in_title boolean, snippet text)
language sql stable security invoker set search_path = ''
as $$
  with terms as (
    select public.fold_text(trim(query)) as phrase,
      (select string_agg(word || ':*', ' & ') from regexp_split_to_table(regexp_replace(public.fold_text(trim(query)), '[^a-z0-9]+', ' ', 'g'), '\s+') word where word <> '') as prefixes
  ), hits as (
    select d.id, position(terms.phrase in d.folded_title) > 0 as in_title, t.text, position(terms.phrase in t.folded) as place, d.edited_at
    from terms, public.documents d left join public.document_texts t on t.document_id = d.id
    where d.workspace_id = workspace and terms.prefixes is not null
      and (position(terms.phrase in d.folded_title) > 0
        or to_tsvector('simple', d.folded_title) @@ to_tsquery('simple', terms.prefixes)
        or t.search @@ to_tsquery('simple', terms.prefixes))
  )
  select id, in_title, case when place > 0 then substring(text from greatest(place - 60, 1) for 180) end
  from hits order by in_title desc, (place > 0) desc, edited_at desc limit 200
$$;
comment on function public.search_documents is 'Documents whose title or text holds every word of the query, diacritics folded; exact phrases first. The snippet is the text around the phrase.';
grant execute on function public.search_documents to authenticated;
