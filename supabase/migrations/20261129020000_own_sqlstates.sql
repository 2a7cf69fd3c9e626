-- Rules that a function or trigger enforces have SQLSTATEs of their own, so that whoever explains a refusal need not read its English
-- (src/lib/server/edge/sqlstate.ts has the table). Class PL: 0 accounts, 1 documents, 2 files.

create or replace function private.keep_an_owner() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if old.role = 'owner' and (tg_op = 'DELETE' or new.role <> 'owner') then
    -- Two owners who step down at once must not both find the other still there: the workspace row is the queue.
    perform 1 from public.workspaces where id = old.workspace_id for no key update;
    -- A workspace being deleted takes its members with it; only a living one must keep an owner.
    if found and not exists (select 1 from public.members where workspace_id = old.workspace_id and role = 'owner' and person_id <> old.person_id) then
      raise exception 'a workspace keeps at least one owner' using errcode = 'PL001';
    end if;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;

create or replace function private.refuse_agency_cycle() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (
    with recursive above as (
      select id, parent_id from public.agencies where id = new.parent_id
      union select a.id, a.parent_id from public.agencies a join above on a.id = above.parent_id
    ) select 1 from above where id = new.id) then
    raise exception 'an agency cannot be its own parent' using errcode = 'PL002';
  end if;
  return new;
end
$$;

create or replace function private.refuse_closed_agency() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (select 1 from public.agencies where id = (to_jsonb(new) ->> tg_argv[0])::uuid and closed_on is not null) then
    raise exception 'this agency is closed' using errcode = 'PL003';
  end if;
  return new;
end
$$;

create or replace function public.close_agency(agency uuid, successor uuid default null) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  closing public.agencies;
begin
  select * into closing from public.agencies where id = agency and workspace_id in (select private.my_workspace_ids()) for update;
  if closing.id is null then
    raise exception 'no such agency' using errcode = 'P0002';
  end if;
  if closing.workspace_id not in (select private.my_workspace_ids_as(array['owner'])) then
    raise exception 'only owners close an agency' using errcode = '42501';
  end if;
  if closing.closed_on is not null then
    raise exception 'this agency is closed' using errcode = 'PL003';
  end if;
  if successor is null then
    if exists (select 1 from public.members where agency_id = agency) or exists (select 1 from public.documents where lead_agency_id = agency) then
      raise exception 'an agency with members or documents needs a successor' using errcode = 'PL004';
    end if;
  else
    update public.members set agency_id = successor where agency_id = agency;
    update public.documents set lead_agency_id = successor where lead_agency_id = agency;
    -- Of two rights on one document the better one goes over; who leads it needs none.
    update public.document_access theirs set role = ours.role from public.document_access ours
      where ours.agency_id = agency and theirs.document_id = ours.document_id and theirs.agency_id = successor
        and private.role_rank(ours.role) > private.role_rank(theirs.role);
    update public.document_access ours set agency_id = successor
      where ours.agency_id = agency and not exists (select 1 from public.document_access theirs where theirs.document_id = ours.document_id and theirs.agency_id = successor);
    delete from public.document_access a using public.documents d where d.id = a.document_id and a.agency_id = successor and d.lead_agency_id = successor;
  end if;
  delete from public.document_access where agency_id = agency;
  update public.agencies set parent_id = coalesce(successor, closing.parent_id) where parent_id = agency and id is distinct from successor;
  update public.agencies set parent_id = closing.parent_id where parent_id = agency;
  update public.invitations set revoked_at = now() where agency_id = agency and accepted_at is null and revoked_at is null;
  update public.agencies set closed_on = (now() at time zone 'Asia/Ho_Chi_Minh')::date, successor_id = successor where id = agency;
end
$$;

comment on function public.close_agency is 'Closes an agency; a successor takes over its members, documents and rights. P0002 when it is not visible, 42501 for everybody but owners, PL004 without a successor while it has members or documents, PL003 when either is closed.';

create function private.keep_agency_in_use() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- A workspace being deleted takes its agencies with it.
  if exists (select 1 from public.workspaces where id = old.workspace_id) and (private.agency_has_history(old.id)
      or exists (select 1 from public.members where agency_id = old.id) or exists (select 1 from public.documents where lead_agency_id = old.id)
      or exists (select 1 from public.agencies where parent_id = old.id or successor_id = old.id)) then
    raise exception 'an agency with a history or in use is closed, not deleted' using errcode = 'PL005';
  end if;
  return old;
end
$$;
drop trigger keep_agency_with_history on public.agencies;
drop function private.keep_agency_with_history;
create trigger keep_agency_in_use before delete on public.agencies for each row execute function private.keep_agency_in_use();

create or replace function public.delete_document(document uuid, reason public.short_text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  doomed public.documents;
begin
  if coalesce(trim(reason), '') = '' then
    raise exception 'a deletion needs a reason' using errcode = '23514';
  end if;
  select * into doomed from public.documents where id = document and public.document_role(document, auth.uid()) is not null for update;
  if doomed.id is null then
    raise exception 'no such document' using errcode = 'P0002';
  end if;
  if not (doomed.workspace_id in (select private.my_workspace_ids_as(array['owner'])) or doomed.lead_agency_id in (select private.my_headed_agency_ids())) then
    raise exception 'only owners and the head of the lead agency delete a document for good' using errcode = '42501';
  end if;
  if document not in (select private.trashed_document_ids()) then
    raise exception 'only what lies in the trash is deleted for good' using errcode = 'PL101';
  end if;
  if private.kept_until(document) > now() then
    raise exception 'a document with an official history is kept for as long as the workspace says' using errcode = 'PL102';
  end if;
  insert into public.document_tombstones (document_id, workspace_id, deleted_by, reason, deleted_by_name, kind, provision_count, word_count, text_sha256)
    select doomed.id, doomed.workspace_id, auth.uid(), trim(reason), (select full_name from public.people where id = auth.uid()), doomed.kind, doomed.provision_count, doomed.word_count,
      (select sha256(convert_to(t.text, 'UTF8')) from public.document_texts t where t.document_id = doomed.id);
  delete from public.documents where id = document;
end
$$;

comment on function public.delete_document is 'Deletes a document for good and says why. P0002 when it is not visible, 42501 for everybody but owners and the head of the lead agency, PL101 outside the trash, PL102 while its official history is kept.';

create or replace function private.keep_file(id uuid, workspace uuid, name text, content_type text, size_bytes bigint, sha256 bytea, person uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare quota bigint;
begin
  select w.file_quota_bytes into quota from public.workspaces w where w.id = workspace for no key update;
  if coalesce((select sum(f.size_bytes) from public.files f where f.workspace_id = workspace), 0) + size_bytes > quota then
    raise exception 'the files of the workspace take all the room they may' using errcode = 'PL201';
  end if;
  insert into public.files (id, workspace_id, name, content_type, size_bytes, sha256, created_by)
    values (id, workspace, left(name, 255), content_type, size_bytes, sha256, person);
end
$$;

comment on function private.keep_file is 'Makes the row of a file; PL201 when its workspace has no room for it.';
