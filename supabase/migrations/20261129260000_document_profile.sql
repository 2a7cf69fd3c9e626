-- The layout of a document can be changed later: by who manages it, while its text is open.

create or replace function private.guard_document_columns() returns trigger
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

create function private.audit_document_profile() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.record_event(new.workspace_id, 'profile_changed', 'document', new.id, new.title,
    jsonb_build_object('profile', new.profile, 'profile_before', old.profile));
  return null;
end
$$;
create trigger audit_profile_change after update on public.documents for each row
  when (old.profile is distinct from new.profile) execute function private.audit_document_profile();

create or replace trigger count_revision before update on public.documents for each row
  when ((old.title, old.state, old.lead_agency_id, old.profile) is distinct from (new.title, new.state, new.lead_agency_id, new.profile))
  execute function private.count_revision();
comment on column public.documents.revision is 'Counts changes of title, state, lead agency and layout.';

drop function public.change_document(uuid, integer, public.document_title, public.short_text, public.short_text, uuid);
create function public.change_document(document uuid, revision integer, title public.document_title default null, state public.short_text default null,
  reason public.short_text default null, lead_agency uuid default null, profile public.short_text default null)
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
  if (state is not null or profile is not null) and not exists (select 1 from public.document_list l where l.id = document and l.can_trash) then
    raise exception 'managers move a document on and choose its layout' using errcode = '42501';
  end if;
  if (state <> present.state or profile is not null) and document in (select private.trashed_document_ids()) then
    raise exception 'a document in the trash keeps its state and layout' using errcode = '55000';
  end if;
  -- Before the state, which may close the text.
  if profile is not null then
    update public.documents d set profile = change_document.profile where d.id = document;
  end if;
  if state <> present.state then
    insert into public.document_transitions (document_id, state, reason) values (document, change_document.state, coalesce(change_document.reason, ''));
  end if;
  if lead_agency is not null then
    perform public.hand_over_document(document, lead_agency);
  end if;
end
$$;
comment on function public.change_document is 'Changes title, state, layout and lead agency of a document together, for who has seen this revision of it: PL301 when it was changed since; PL302 and PL303 when a read-only text goes back without a reason or elsewhere than to drafting; PL304 for the layout of a read-only text; P0002, 42501, 55000 (in the trash) and 23503 (an agency elsewhere) as for each alone.';
revoke execute on function public.change_document from public, anon;
grant execute on function public.change_document to authenticated;
