-- Who may do what with a document is stated once, in private.grants. Policies ask it in two ways that stay quick in a
-- workspace of 20,000 documents: lists compare with a small set of grounds, single rows look up their document's rights.
-- Views of schema private read with their owner's rights, as the functions there do; the data API does not reach them.

create view private.grants as
  select person_id, workspace_id as ground, private.role_rank('manager') as rank, false as is_shared from public.members where role in ('owner', 'secretary')
  union all
  select person_id, agency_id, private.role_rank('manager'), false from public.members
  union all
  select m.person_id, a.document_id, private.role_rank(a.role), true from public.document_access a
    join public.members m on m.workspace_id = a.workspace_id and m.agency_id = a.agency_id
  union all
  select person_id, document_id, private.role_rank(role), true from public.document_access where person_id is not null;
comment on view private.grants is 'What opens documents to a person, and with which rank: a workspace (all of its documents), an agency (those that it leads), or one document that is shared with the person or their agency.';

create view private.document_rights as
  select d.id as document_id, g.person_id, g.rank from public.documents d join private.grants g on g.ground = d.workspace_id
  union all
  select d.id, g.person_id, g.rank from public.documents d join private.grants g on g.ground = d.lead_agency_id
  union all
  select ground, person_id, rank from private.grants where is_shared;
comment on view private.document_rights is 'The ranks that a person has on a document; the best one counts.';
grant select on private.grants, private.document_rights to authenticated, service_role;

-- In plpgsql, whose plans are kept for the session: these run several times in each statement of a page.
create function private.my_grounds() returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$ begin return query select g.ground from private.grants g where g.person_id = auth.uid(); end $$;
comment on function private.my_grounds is 'Workspaces, agencies and documents that open documents to the signed-in person.';

create function private.my_shared_document_ids() returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$ begin return query select g.ground from private.grants g where g.person_id = auth.uid() and g.is_shared; end $$;
comment on function private.my_shared_document_ids is 'Documents that are shared with the signed-in person or their agency.';

create function private.my_trashed_document_ids() returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  return query select t.document_id from public.document_trashings t
    where exists (select 1 from private.document_rights r where r.document_id = t.document_id and r.person_id = auth.uid() and r.rank = 4);
end
$$;
comment on function private.my_trashed_document_ids is 'Documents in the trash that the signed-in person manages.';
grant execute on function private.my_grounds, private.my_shared_document_ids, private.my_trashed_document_ids to authenticated, service_role;

create or replace function public.document_role(document uuid, person uuid) returns text
language sql stable security definer set search_path = ''
as $$ select (array['viewer', 'commenter', 'editor', 'manager'])[max(rank)] from private.document_rights where document_id = document and person_id = person $$;

-- What follows says nothing new about who may what; it asks in the ways above.

drop policy "people see documents they have a role on, managers also in the trash" on public.documents;
drop policy "editors change a document's metadata" on public.documents;
drop policy "managers delete trashed documents for good" on public.documents;
-- A workspace and an agency open their documents to managers only, who also see those in the trash.
create policy "people see documents they have a role on, managers also in the trash" on public.documents for select to authenticated
  using (workspace_id in (select private.my_grounds()) or lead_agency_id in (select private.my_grounds())
    or (id in (select private.my_grounds()) and id not in (select private.trashed_document_ids())));
create policy "editors change a document's metadata" on public.documents for update to authenticated
  using (exists (select 1 from private.document_rights r where r.document_id = id and r.person_id = (select auth.uid()) and r.rank >= 3)
    and id not in (select private.trashed_document_ids()))
  with check (exists (select 1 from private.document_rights r where r.document_id = id and r.person_id = (select auth.uid()) and r.rank >= 3));
create policy "managers delete trashed documents for good" on public.documents for delete to authenticated
  using (id in (select private.my_trashed_document_ids()));

-- Who hands over the lead of their agency may lose sight of the row, which a policy would take for a refusal.
revoke update (lead_agency_id) on public.documents from authenticated;
create function public.hand_over_document(document uuid, agency uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if public.document_role(document, auth.uid()) is null then
    raise exception 'no such document' using errcode = 'P0002';
  end if;
  if document in (select private.trashed_document_ids()) then
    raise exception 'a document in the trash keeps its lead agency' using errcode = '42501';
  end if;
  update public.documents set lead_agency_id = agency where id = document;
end
$$;
comment on function public.hand_over_document is 'Gives a document another lead agency; P0002 when it is not visible, 42501 for everybody but its managers and in the trash, 23503 for an agency elsewhere.';
revoke execute on function public.hand_over_document from public, anon;
grant execute on function public.hand_over_document to authenticated;

drop policy "readers see who has access" on public.document_access;
drop policy "managers share" on public.document_access;
drop policy "managers change access" on public.document_access;
drop policy "managers take access back" on public.document_access;
create policy "readers see who has access" on public.document_access for select to authenticated
  using (exists (select 1 from private.document_rights r where r.document_id = document_access.document_id and r.person_id = (select auth.uid())));
create policy "managers share" on public.document_access for insert to authenticated
  with check (granted_by = (select auth.uid())
    and exists (select 1 from private.document_rights r where r.document_id = document_access.document_id and r.person_id = (select auth.uid()) and r.rank = 4));
create policy "managers change access" on public.document_access for update to authenticated
  using (exists (select 1 from private.document_rights r where r.document_id = document_access.document_id and r.person_id = (select auth.uid()) and r.rank = 4))
  with check (exists (select 1 from private.document_rights r where r.document_id = document_access.document_id and r.person_id = (select auth.uid()) and r.rank = 4));
create policy "managers take access back" on public.document_access for delete to authenticated
  using (exists (select 1 from private.document_rights r where r.document_id = document_access.document_id and r.person_id = (select auth.uid()) and r.rank = 4));

drop policy "managers see the trash" on public.document_trashings;
drop policy "managers put documents in the trash" on public.document_trashings;
drop policy "managers restore documents" on public.document_trashings;
create policy "managers see the trash" on public.document_trashings for select to authenticated
  using (document_id in (select private.my_trashed_document_ids()));
create policy "managers put documents in the trash" on public.document_trashings for insert to authenticated
  with check (trashed_by = (select auth.uid())
    and exists (select 1 from private.document_rights r where r.document_id = document_trashings.document_id and r.person_id = (select auth.uid()) and r.rank = 4));
create policy "managers restore documents" on public.document_trashings for delete to authenticated
  using (document_id in (select private.my_trashed_document_ids()));

drop policy "readers see a document's history of states" on public.document_transitions;
drop policy "managers move documents on" on public.document_transitions;
create policy "readers see a document's history of states" on public.document_transitions for select to authenticated
  using (exists (select 1 from private.document_rights r where r.document_id = document_transitions.document_id and r.person_id = (select auth.uid())));
create policy "managers move documents on" on public.document_transitions for insert to authenticated
  with check (decided_by = (select auth.uid())
    and exists (select 1 from private.document_rights r where r.document_id = document_transitions.document_id and r.person_id = (select auth.uid()) and r.rank = 4));

drop policy "people record their own visits" on public.document_visits;
create policy "people record their own visits" on public.document_visits for insert to authenticated
  with check (person_id = (select auth.uid())
    and exists (select 1 from private.document_rights r where r.document_id = document_visits.document_id and r.person_id = (select auth.uid())));

drop policy "readers search the text" on public.document_texts;
create policy "readers search the text" on public.document_texts for select to authenticated
  using (document_id not in (select private.trashed_document_ids())
    and exists (select 1 from private.document_rights r where r.document_id = document_texts.document_id and r.person_id = (select auth.uid())));

drop policy "readers see a document's images" on public.document_files;
drop policy "editors add images" on public.document_files;
create policy "readers see a document's images" on public.document_files for select to authenticated
  using (exists (select 1 from private.document_rights r where r.document_id = document_files.document_id and r.person_id = (select auth.uid())));
create policy "editors add images" on public.document_files for insert to authenticated
  with check (created_by = (select auth.uid())
    and exists (select 1 from private.document_rights r where r.document_id = document_files.document_id and r.person_id = (select auth.uid()) and r.rank >= 3));

-- The library in each of its orders, from an index, so that a page of fifty reads fifty.
create index on public.documents (workspace_id, title_key);
create index on public.documents (workspace_id, created_at);

drop view public.document_list;
create view public.document_list with (security_invoker = true) as
  select d.id, d.workspace_id, d.title, d.folded_title, d.title_key, d.profile, d.kind, d.state, d.created_by, d.created_at, d.edited_at, d.epoch, d.schema_version,
    d.provision_count, d.word_count, d.lead_agency_id, a.name as lead_agency_name, a.short_name as lead_agency_short_name, a.colour as lead_agency_colour,
    (array['viewer', 'commenter', 'editor', 'manager'])[r.rank] as role,
    r.rank >= 3 and t.document_id is null as can_edit, r.rank = 4 and t.document_id is null as can_share, r.rank = 4 as can_trash,
    d.id in (select private.my_shared_document_ids()) as is_shared,
    (d.created_by = (select auth.uid()) or d.lead_agency_id in (select private.my_agency_ids())) is true as is_mine, v.visited_at,
    d.id in (select private.trashed_document_ids()) as is_trashed, t.trashed_at, t.trashed_by
  from public.documents d
  join public.agencies a on a.id = d.lead_agency_id
  -- Beside document_rights, because a page asks for fifty ranks and counting asks for none.
  left join lateral (select max(g.rank) as rank from private.grants g where g.person_id = (select auth.uid()) and g.ground in (d.workspace_id, d.lead_agency_id, d.id)) r on true
  left join public.document_visits v on v.document_id = d.id and v.person_id = (select auth.uid())
  left join public.document_trashings t on t.document_id = d.id;
comment on view public.document_list is 'Documents as the signed-in person sees them: with their role and what it lets them do. is_trashed is for filters: the planner thinks that nearly no row lacks trashed_at.';
grant select on public.document_list to authenticated;
drop function public.my_document_roles();

create or replace function public.count_documents(workspace uuid)
returns table (total integer, mine integer, shared integer, drafting integer, consulting integer, appraisal integer, issued integer, trashed integer)
language sql stable security invoker set search_path = ''
as $$
  select count(*) filter (where kept), count(*) filter (where kept and is_mine), count(*) filter (where kept and is_shared),
    count(*) filter (where kept and state = 'drafting'), count(*) filter (where kept and state = 'consulting'),
    count(*) filter (where kept and state = 'appraisal'), count(*) filter (where kept and state = 'issued'), count(*) filter (where not kept)
  from (select state, is_mine, is_shared, not is_trashed as kept from public.document_list where workspace_id = workspace) listed
$$;

create or replace function public.search_documents(workspace uuid, query public.short_text)
returns table (document_id uuid, in_title boolean, snippet text)
language sql stable security definer set search_path = ''
as $$
  -- Definer, because row level security would keep the planner from the text index; the last condition says what the reader may open.
  with words as (
    select word, ordinality from regexp_split_to_table(private.search_words(query), ' ') with ordinality as split (word, ordinality) where word <> '' limit 16
  ), terms as (
    select private.fold_text(trim(query)) as phrase, (select word from words order by ordinality limit 1) as first_word,
      (select string_agg(word || ':*', ' & ') from words) as prefixes
  ), hits as (
    select t.document_id as id from public.document_texts t, terms
      where terms.prefixes is not null and t.search @@ to_tsquery('simple', terms.prefixes)
    union
    select d.id from public.documents d, terms
      where d.workspace_id = workspace and terms.prefixes is not null
        and to_tsvector('simple', private.search_words(d.title)) @@ to_tsquery('simple', terms.prefixes)
  ), found as (
    select d.id, d.edited_at, t.text, to_tsvector('simple', private.search_words(d.title)) @@ to_tsquery('simple', terms.prefixes) as in_title,
      position(terms.phrase in t.folded) as phrase_at,
      position(' ' || terms.first_word in ' ' || translate(t.folded, E'\n\t', '  ')) as word_at
    from hits join public.documents d on d.id = hits.id left join public.document_texts t on t.document_id = d.id, terms
    where d.workspace_id = workspace and d.id not in (select private.trashed_document_ids())
      and exists (select 1 from private.document_rights r where r.document_id = d.id and r.person_id = auth.uid())
  )
  select id, in_title, (
    select case when starts > 1 then '…' else '' end || substring(text from starts for 200) || case when length(text) >= starts + 200 then '…' else '' end
    from (select greatest(coalesce(nullif(phrase_at, 0), word_at) - 60, 1) as starts) place
    where phrase_at > 0 or word_at > 0)
  from found order by in_title desc, (phrase_at > 0) desc nulls last, edited_at desc limit 200
$$;

create or replace function public.record_export(document uuid, format public.short_text) returns void
language plpgsql security definer set search_path = ''
as $$
declare found public.documents;
begin
  select * into found from public.documents where id = document and public.document_role(document, auth.uid()) is not null;
  if found.id is null then
    raise exception 'no such document' using errcode = 'P0002';
  end if;
  perform private.record_event(found.workspace_id, 'exported', 'document', found.id, found.title, jsonb_build_object('format', left(format, 10)));
end
$$;

drop function private.my_document_ids(integer);
drop function private.document_ranks(uuid);
