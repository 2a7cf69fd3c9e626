-- Documents, who may do what with them, and the library around them.

create function public.search_words(input text) returns text
language sql immutable parallel safe strict set search_path = ''
as $$ select trim(regexp_replace(public.fold_text(input), '[^a-z0-9]+', ' ', 'g')) $$;
comment on function public.search_words is 'Folded words and numbers between single spaces, so that 05/NQ-HĐND is found by its pieces.';

create function public.sort_key(input text) returns text
language sql immutable parallel safe strict set search_path = ''
as $$
  with plain as (
    -- Numbers compare by value: each is padded to ten digits.
    select regexp_replace(regexp_replace(normalize(lower(replace(replace(input, 'Đ', 'd{'), 'đ', 'd{')), NFD), '(\d+)', '0000000000\1', 'g'), '\d*(\d{10})(?!\d)', '\1', 'g') as text
  )
  -- a < ă < â, d < đ, o < ô < ơ are letters of their own; the five tones decide only between words that are otherwise equal.
  select translate(translate(text, U&'\0300\0309\0303\0301\0323', ''), U&'\0306\0302\031B', '{|}')
    || chr(1) || translate(text, U&'\0306\0302\031B\0300\0309\0303\0301\0323', U&'{|}\00A1\00A2\00A3\00A4\00A5')
  from plain
$$;
comment on function public.sort_key is 'Puts titles in the order of the Vietnamese alphabet when compared byte by byte, on databases with or without ICU.';
grant execute on function public.search_words, public.sort_key to authenticated, service_role;

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
  title_key text collate "C" generated always as (public.sort_key(title)) stored,
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
  opening jsonb not null default '{}',
  refreshed_at timestamptz not null default now(),
  folded text generated always as (public.fold_text(text)) stored,
  search tsvector generated always as (to_tsvector('simple', left(public.search_words(text), 400000))) stored
);
comment on table public.document_texts is 'Plain text of each document for search, and its opening lines for cards; refreshed after edits.';
create index on public.document_texts using gin (search);

-- Ranks: viewer 1, commenter 2, editor 3, manager 4 (owner, secretary, and members of the lead agency).
create function private.role_rank(role text) returns integer
language sql immutable set search_path = ''
as $$ select case role when 'viewer' then 1 when 'commenter' then 2 when 'editor' then 3 when 'manager' then 4 else 0 end $$;

create function private.document_ranks(person uuid) returns table (document_id uuid, rank integer, is_shared boolean)
language sql stable security definer set search_path = ''
as $$
  select document_id, max(rank)::integer, bool_or(shared) from (
    select d.id as document_id, 4 as rank, false as shared
      from public.members m join public.documents d on d.workspace_id = m.workspace_id
      where m.person_id = person and (m.role in ('owner', 'secretary') or m.agency_id = d.lead_agency_id)
    union all
    select a.document_id, private.role_rank(a.role), true
      from public.members m join public.document_access a on a.workspace_id = m.workspace_id
        and (a.agency_id = m.agency_id or a.person_id = m.person_id)
      where m.person_id = person
  ) grants group by document_id
$$;
comment on function private.document_ranks is 'Every document a person may open, with the rank of their best right on it and whether it was shared with them or their agency.';

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

create function public.my_document_roles() returns table (document_id uuid, role text, is_shared boolean)
language sql stable security invoker set search_path = ''
as $$ select r.document_id, (array['viewer', 'commenter', 'editor', 'manager'])[r.rank], r.is_shared from private.document_ranks(auth.uid()) r $$;
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
  -- Row level security cannot guard single columns, and an installation may grant more than this file does. Inside another
  -- trigger (a transition) and for the system the change is ours.
  if auth.uid() is null or pg_trigger_depth() > 1 then
    return new;
  end if;
  if (new.id, new.workspace_id, new.state, new.created_by, new.created_at, new.edited_at, new.epoch, new.schema_version, new.provision_count, new.word_count)
     is distinct from (old.id, old.workspace_id, old.state, old.created_by, old.created_at, old.edited_at, old.epoch, old.schema_version, old.provision_count, old.word_count) then
    raise exception 'title, kind, profile and lead agency are all that may be changed directly' using errcode = '42501';
  end if;
  if new.lead_agency_id <> old.lead_agency_id and coalesce(public.document_role(old.id, auth.uid()), '') <> 'manager' then
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
  select d.id, d.workspace_id, d.title, d.folded_title, d.title_key, d.profile, d.kind, d.state, d.created_by, d.created_at, d.edited_at, d.epoch, d.schema_version,
    d.provision_count, d.word_count, d.lead_agency_id, a.name as lead_agency_name, a.short_name as lead_agency_short_name, a.colour as lead_agency_colour,
    r.role, r.role in ('manager', 'editor') and t.document_id is null as can_edit, r.role = 'manager' and t.document_id is null as can_share,
    r.role = 'manager' as can_trash, r.is_shared,
    (d.created_by = (select auth.uid()) or d.lead_agency_id in (select private.my_agency_ids())) is true as is_mine, v.visited_at, t.trashed_at, t.trashed_by
  from public.documents d
  join public.agencies a on a.id = d.lead_agency_id
  join public.my_document_roles() r on r.document_id = d.id
  left join public.document_visits v on v.document_id = d.id and v.person_id = (select auth.uid())
  left join public.document_trashings t on t.document_id = d.id;
comment on view public.document_list is 'Documents as the signed-in person sees them: with their role and what it lets them do.';
grant select on public.document_list to authenticated;

create function public.count_documents(workspace uuid)
returns table (total integer, mine integer, shared integer, drafting integer, consulting integer, appraisal integer, issued integer, trashed integer)
language sql stable security invoker set search_path = ''
as $$
  select count(*) filter (where kept), count(*) filter (where kept and is_mine), count(*) filter (where kept and is_shared),
    count(*) filter (where kept and state = 'drafting'), count(*) filter (where kept and state = 'consulting'),
    count(*) filter (where kept and state = 'appraisal'), count(*) filter (where kept and state = 'issued'), count(*) filter (where not kept)
  from (select state, is_mine, is_shared, trashed_at is null as kept from public.document_list where workspace_id = workspace) listed
$$;
comment on function public.count_documents is 'How many documents each filter of the library would show the signed-in person.';
grant execute on function public.count_documents to authenticated;

create function public.visit_document(document uuid) returns void
language sql security invoker set search_path = ''
as $$
  insert into public.document_visits (document_id, visited_at) values (document, now())
  on conflict (document_id, person_id) do update set visited_at = excluded.visited_at
$$;
comment on function public.visit_document is 'Notes that the signed-in person opened a document; refused for one they may not open.';
grant execute on function public.visit_document to authenticated;

create function public.search_documents(workspace uuid, query text)
returns table (document_id uuid, in_title boolean, snippet text)
language sql stable security definer set search_path = ''
as $$
  -- Definer, because row level security would keep the planner from the text index; "mine" states what the reader may open.
  with terms as (
    select public.fold_text(trim(query)) as phrase, split_part(public.search_words(query), ' ', 1) as first_word,
      (select string_agg(word || ':*', ' & ') from regexp_split_to_table(public.search_words(query), ' ') word where word <> '') as prefixes
  ), mine as (
    select r.document_id from private.document_ranks(auth.uid()) r
    where r.document_id not in (select private.trashed_document_ids())
  ), hits as (
    select t.document_id as id from public.document_texts t, terms
      where terms.prefixes is not null and t.search @@ to_tsquery('simple', terms.prefixes)
    union
    select d.id from public.documents d, terms
      where d.workspace_id = workspace and terms.prefixes is not null
        and to_tsvector('simple', public.search_words(d.title)) @@ to_tsquery('simple', terms.prefixes)
  ), found as (
    select d.id, d.edited_at, t.text, to_tsvector('simple', public.search_words(d.title)) @@ to_tsquery('simple', terms.prefixes) as in_title,
      position(terms.phrase in t.folded) as phrase_at,
      position(' ' || terms.first_word in ' ' || translate(t.folded, E'\n\t', '  ')) as word_at
    from hits join public.documents d on d.id = hits.id left join public.document_texts t on t.document_id = d.id, terms
    where d.workspace_id = workspace and d.id in (select document_id from mine)
  )
  select id, in_title, (
    select case when starts > 1 then '…' else '' end || substring(text from starts for 200) || case when length(text) >= starts + 200 then '…' else '' end
    from (select greatest(coalesce(nullif(phrase_at, 0), word_at) - 60, 1) as starts) place
    where phrase_at > 0 or word_at > 0)
  from found order by in_title desc, (phrase_at > 0) desc nulls last, edited_at desc limit 200
$$;
comment on function public.search_documents is 'Documents outside the trash whose title or text holds every word of the query (or its beginning), diacritics folded; titles first, then exact phrases. The snippet is the text around the phrase or its first word, with … where it was cut; null when only the title has them.';
grant execute on function public.search_documents to authenticated;
