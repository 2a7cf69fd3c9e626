-- From appraisal on a text is read-only, until it is returned: moved back to drafting, with a reason.

alter table public.documents drop constraint documents_state_check,
  add constraint documents_state_check check (state in ('drafting', 'consulting', 'appraisal', 'submitted', 'adopted', 'issued'));
alter table public.document_transitions drop constraint document_transitions_state_check,
  add constraint document_transitions_state_check check (state in ('drafting', 'consulting', 'appraisal', 'submitted', 'adopted', 'issued')),
  add column reason text not null default '' check (length(reason) <= 200);
comment on column public.document_transitions.reason is 'Why a text that was read-only went back; the others need none.';
grant insert (reason) on public.document_transitions to authenticated;

create function private.check_transition() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  steps constant text[] := array['drafting', 'consulting', 'appraisal', 'submitted', 'adopted', 'issued'];
  present text;
begin
  -- Whom the policy refuses learns nothing of the document here; the system writes what it found elsewhere.
  if auth.uid() is null or public.document_role(new.document_id, auth.uid()) is distinct from 'manager' then
    return new;
  end if;
  select state into present from public.documents where id = new.document_id for no key update;
  if present in ('drafting', 'consulting') or array_position(steps, new.state) >= array_position(steps, present) then
    return new;
  end if;
  if new.state = 'consulting' then
    raise exception 'a text is returned to drafting' using errcode = 'PL303';
  end if;
  if trim(new.reason) = '' then
    raise exception 'who takes a document back says why' using errcode = 'PL302';
  end if;
  return new;
end
$$;
create trigger check_transition before insert on public.document_transitions for each row execute function private.check_transition();

create or replace function private.audit_transition() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.record_event(d.workspace_id, 'moved', 'document', d.id, d.title, jsonb_build_object('state', new.state, 'reason', nullif(new.reason, '')))
    from public.documents d where d.id = new.document_id;
  return null;
end
$$;

drop function public.change_document(uuid, integer, public.document_title, public.short_text, uuid);
create function public.change_document(document uuid, revision integer, title public.document_title default null, state public.short_text default null,
  reason public.short_text default null, lead_agency uuid default null)
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
    insert into public.document_transitions (document_id, state, reason) values (document, change_document.state, coalesce(change_document.reason, ''));
  end if;
  if lead_agency is not null then
    perform public.hand_over_document(document, lead_agency);
  end if;
end
$$;
comment on function public.change_document is 'Changes title, state and lead agency of a document together, for who has seen this revision of it: PL301 when it was changed since; PL302 and PL303 when a read-only text goes back without a reason or elsewhere than to drafting; P0002, 42501, 55000 (in the trash) and 23503 (an agency elsewhere) as for each alone.';
revoke execute on function public.change_document from public, anon;
grant execute on function public.change_document to authenticated;

create function private.text_role(document uuid, person uuid) returns text
language sql stable set search_path = ''
as $$
  select case when d.state not in ('drafting', 'consulting') and r.role in ('editor', 'manager') then 'commenter' else r.role end
  from public.documents d cross join lateral (select public.document_role(d.id, person) as role) r where d.id = document
$$;
comment on function private.text_role is 'What a person may do with the text itself: their role on the document, but nobody writes in a text that is read-only.';

-- Live connections hear of it as of any change of who may do what.
create or replace trigger announce_access after update of lead_agency_id, epoch, schema_version, state or delete on public.documents for each row execute function private.announce_access();

drop policy "editors add images" on public.document_files;
create policy "editors add images" on public.document_files for insert to authenticated
  with check (created_by = (select auth.uid()) and file_id in (select private.my_fresh_file_ids())
    and exists (select 1 from public.documents d where d.id = document_files.document_id and d.state in ('drafting', 'consulting'))
    and exists (select 1 from private.document_rights r where r.document_id = document_files.document_id and r.person_id = (select auth.uid()) and r.rank >= 3));

drop view public.trash_list;
create or replace view public.document_list with (security_invoker = true) as
  select d.id, d.workspace_id, d.title, d.folded_title, d.title_key, d.profile, d.kind, d.state, d.created_by, d.created_at, d.edited_at, d.epoch, d.schema_version,
    d.provision_count, d.word_count, d.lead_agency_id, a.name as lead_agency_name, a.short_name as lead_agency_short_name, a.colour as lead_agency_colour,
    (array['viewer', 'commenter', 'editor', 'manager'])[r.rank] as role,
    r.rank >= 3 and t.document_id is null as can_edit, r.rank = 4 and t.document_id is null as can_share, r.rank = 4 as can_trash,
    d.id in (select private.my_shared_document_ids()) as is_shared,
    (d.created_by = (select auth.uid()) or d.lead_agency_id in (select private.my_agency_ids())) is true as is_mine, v.visited_at,
    d.id in (select private.trashed_document_ids()) as is_trashed, t.trashed_at, t.trashed_by, d.revision,
    r.rank >= 3 and t.document_id is null and d.state in ('drafting', 'consulting') as can_write
  from public.documents d
  join public.agencies a on a.id = d.lead_agency_id
  -- Beside document_rights, because a page asks for fifty ranks and counting asks for none.
  left join lateral (select max(g.rank) as rank from private.grants g where g.person_id = (select auth.uid()) and g.ground in (d.workspace_id, d.lead_agency_id, d.id)) r on true
  left join public.document_visits v on v.document_id = d.id and v.person_id = (select auth.uid())
  left join public.document_trashings t on t.document_id = d.id;
create view public.trash_list with (security_invoker = true) as
  select d.*, d.workspace_id in (select private.my_workspace_ids_as(array['owner'])) or d.lead_agency_id in (select private.my_headed_agency_ids()) as can_delete,
    nullif(private.kept_until(d.id), 'infinity') as kept_until, private.kept_until(d.id) = 'infinity' is true as is_kept_for_ever
  from public.document_list d where d.is_trashed;
comment on view public.trash_list is 'The trash as a manager sees it. What is kept cannot be deleted for good yet; kept_until is null for what may go and for what is kept for ever.';
grant select on public.trash_list to authenticated;

drop function public.count_documents(uuid);
create function public.count_documents(workspace uuid)
returns table (total integer, mine integer, shared integer, drafting integer, consulting integer, appraisal integer, submitted integer, adopted integer, issued integer, trashed integer)
language sql stable security invoker set search_path = ''
as $$
  select count(*) filter (where kept), count(*) filter (where kept and is_mine), count(*) filter (where kept and is_shared),
    count(*) filter (where kept and state = 'drafting'), count(*) filter (where kept and state = 'consulting'),
    count(*) filter (where kept and state = 'appraisal'), count(*) filter (where kept and state = 'submitted'),
    count(*) filter (where kept and state = 'adopted'), count(*) filter (where kept and state = 'issued'), count(*) filter (where not kept)
  from (select state, is_mine, is_shared, not is_trashed as kept from public.document_list where workspace_id = workspace and workspace_id in (select private.my_workspace_ids())) listed
$$;
comment on function public.count_documents is 'How many documents each filter of the library would show the signed-in person.';
revoke execute on function public.count_documents from public, anon;
grant execute on function public.count_documents to authenticated;
