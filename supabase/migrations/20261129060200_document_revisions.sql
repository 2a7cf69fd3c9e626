-- Title, state and lead agency of a document are changed by several people: who changes them says which revision they have seen.

alter table public.documents add column revision integer not null default 1;
comment on column public.documents.revision is 'Counts changes of title, state and lead agency.';

create function private.count_revision() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.revision := old.revision + 1;
  return new;
end
$$;
create trigger count_revision before update on public.documents for each row
  when ((old.title, old.state, old.lead_agency_id) is distinct from (new.title, new.state, new.lead_agency_id)) execute function private.count_revision();

create or replace view public.document_list with (security_invoker = true) as
  select d.id, d.workspace_id, d.title, d.folded_title, d.title_key, d.profile, d.kind, d.state, d.created_by, d.created_at, d.edited_at, d.epoch, d.schema_version,
    d.provision_count, d.word_count, d.lead_agency_id, a.name as lead_agency_name, a.short_name as lead_agency_short_name, a.colour as lead_agency_colour,
    (array['viewer', 'commenter', 'editor', 'manager'])[r.rank] as role,
    r.rank >= 3 and t.document_id is null as can_edit, r.rank = 4 and t.document_id is null as can_share, r.rank = 4 as can_trash,
    d.id in (select private.my_shared_document_ids()) as is_shared,
    (d.created_by = (select auth.uid()) or d.lead_agency_id in (select private.my_agency_ids())) is true as is_mine, v.visited_at,
    d.id in (select private.trashed_document_ids()) as is_trashed, t.trashed_at, t.trashed_by, d.revision
  from public.documents d
  join public.agencies a on a.id = d.lead_agency_id
  -- Beside document_rights, because a page asks for fifty ranks and counting asks for none.
  left join lateral (select max(g.rank) as rank from private.grants g where g.person_id = (select auth.uid()) and g.ground in (d.workspace_id, d.lead_agency_id, d.id)) r on true
  left join public.document_visits v on v.document_id = d.id and v.person_id = (select auth.uid())
  left join public.document_trashings t on t.document_id = d.id;

drop view public.trash_list;
create view public.trash_list with (security_invoker = true) as
  select d.*, d.workspace_id in (select private.my_workspace_ids_as(array['owner'])) or d.lead_agency_id in (select private.my_headed_agency_ids()) as can_delete,
    nullif(private.kept_until(d.id), 'infinity') as kept_until, private.kept_until(d.id) = 'infinity' is true as is_kept_for_ever
  from public.document_list d where d.is_trashed;
comment on view public.trash_list is 'The trash as a manager sees it. What is kept cannot be deleted for good yet; kept_until is null for what may go and for what is kept for ever.';
grant select on public.trash_list to authenticated;

create domain public.document_title as text check (length(value) <= 1000);
comment on domain public.document_title is 'A title as a function of the data API takes it: at most 1000 characters.';

create function public.change_document(document uuid, revision integer, title public.document_title default null, state public.short_text default null, lead_agency uuid default null)
returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  present record;
begin
  -- Of two who have seen the same revision, the second waits here and then sees that it is an old one.
  perform pg_advisory_xact_lock(hashtextextended('change_document ' || document, 0));
  select d.revision, d.state into present from public.documents d where d.id = document;
  if not found then
    raise exception 'no such document' using errcode = 'P0002';
  end if;
  if present.revision <> change_document.revision then
    raise exception 'the document was changed meanwhile' using errcode = 'PL301';
  end if;
  if title is not null then
    update public.documents d set title = change_document.title where d.id = document;
    if not found then
      raise exception 'only who may edit a document renames it' using errcode = '42501';
    end if;
  end if;
  if state is not null and not exists (select 1 from public.document_list l where l.id = document and l.can_trash) then
    raise exception 'managers move a document on' using errcode = '42501';
  end if;
  if state <> present.state then
    if document in (select private.trashed_document_ids()) then
      raise exception 'a document in the trash keeps its state' using errcode = '55000';
    end if;
    insert into public.document_transitions (document_id, state) values (document, change_document.state);
  end if;
  if lead_agency is not null then
    perform public.hand_over_document(document, lead_agency);
  end if;
end
$$;
comment on function public.change_document is 'Changes title, state and lead agency of a document together, for who has seen this revision of it: PL301 when it was changed since; P0002, 42501, 55000 (in the trash) and 23503 (an agency elsewhere) as for each alone.';
revoke execute on function public.change_document from public, anon;
grant execute on function public.change_document to authenticated;
