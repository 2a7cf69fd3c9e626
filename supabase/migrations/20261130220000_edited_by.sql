-- Lists say who edited a text last, under the name of that day.

alter table public.documents
  add column edited_by uuid references public.people (id) on delete set null,
  add column edited_by_name text not null default '' check (length(edited_by_name) <= 500);
comment on column public.documents.edited_by_name is 'Of who edited the text last, as they were called then; empty when nobody has since it was made.';
create index on public.documents (edited_by);

create function private.note_edit(document uuid) returns void
language sql security definer set search_path = ''
as $$
  update public.documents d set edited_at = now(), edited_by = coalesce(e.id, d.edited_by), edited_by_name = coalesce(e.full_name, d.edited_by_name)
  from (values (1)) always
  left join lateral (select p.id, p.full_name from public.document_updates u join public.people p on p.id = u.person_id
    where u.document_id = document order by u.id desc limit 1) e on true
  where d.id = document
$$;
comment on function private.note_edit is 'Notes that a text was edited just now, and by whom the log has its last edit.';
revoke execute on function private.note_edit from public, anon, authenticated;

create or replace function private.guard_document_columns() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- Row level security cannot guard single columns, and an installation may grant more than this file does. Inside another
  -- trigger (a transition) and for the system the change is ours.
  if auth.uid() is null or pg_trigger_depth() > 1 then
    return new;
  end if;
  if (new.id, new.workspace_id, new.state, new.created_by, new.created_at, new.edited_at, new.edited_by, new.edited_by_name, new.epoch, new.schema_version, new.provision_count, new.word_count)
     is distinct from (old.id, old.workspace_id, old.state, old.created_by, old.created_at, old.edited_at, old.edited_by, old.edited_by_name, old.epoch, old.schema_version, old.provision_count, old.word_count) then
    raise exception 'title, kind, profile and lead agency are all that may be changed directly' using errcode = '42501';
  end if;
  if new.lead_agency_id <> old.lead_agency_id and coalesce(public.document_role(old.id, auth.uid()), '') <> 'manager' then
    raise exception 'only a manager of the document changes its lead agency' using errcode = '42501';
  end if;
  if new.profile <> old.profile then
    if coalesce(public.document_role(old.id, auth.uid()), '') <> 'manager' then
      raise exception 'only a manager of the document changes its layout' using errcode = '42501';
    end if;
    if old.state not in ('drafting', 'consulting') then
      raise exception 'the layout of a read-only text stays' using errcode = 'PL304';
    end if;
  end if;
  return new;
end
$$;

drop view public.trash_list;
create or replace view public.document_list with (security_invoker = true) as
  select d.id, d.workspace_id, d.title, d.folded_title, d.title_key, d.profile, d.kind, d.state, d.created_by, d.created_at, d.edited_at, d.epoch, d.schema_version,
    d.provision_count, d.word_count, d.lead_agency_id, a.name as lead_agency_name, a.short_name as lead_agency_short_name, a.colour as lead_agency_colour,
    (array['viewer', 'commenter', 'editor', 'manager'])[r.rank] as role,
    r.rank >= 3 and t.document_id is null as can_edit, r.rank = 4 and t.document_id is null as can_share, r.rank = 4 as can_trash,
    d.id in (select private.my_shared_document_ids()) as is_shared,
    (d.created_by = (select auth.uid()) or d.lead_agency_id in (select private.my_agency_ids())) is true as is_mine, v.visited_at,
    d.id in (select private.trashed_document_ids()) as is_trashed, t.trashed_at, t.trashed_by, d.revision,
    r.rank >= 3 and t.document_id is null and d.state in ('drafting', 'consulting') as can_write,
    d.edited_by, d.edited_by_name
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
