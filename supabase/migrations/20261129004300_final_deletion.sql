-- What is deleted for good is gone for everybody, so it takes an owner or the head of the lead agency, and a reason; and what
-- has acted officially is kept for as long as the workspace says for documents of its kind.

create table public.retention_periods (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  kind text not null check (kind in ('resolution', 'action-programme', 'plan', 'decision', 'report', 'conclusion-notice', 'other')),
  years integer not null check (years between 1 and 100),
  primary key (workspace_id, kind)
);
comment on table public.retention_periods is 'For how many years after its last official act a document of a kind is kept; without a row, for ever.';
alter table public.retention_periods enable row level security;
revoke all on public.retention_periods from anon, authenticated;
grant select, delete, insert, update (years) on public.retention_periods to authenticated;
create policy "members see how long documents are kept" on public.retention_periods for select to authenticated
  using (workspace_id in (select private.my_workspace_ids()));
create policy "owners say how long documents are kept" on public.retention_periods for insert to authenticated
  with check (workspace_id in (select private.my_workspace_ids_as(array['owner'])));
create policy "owners change how long documents are kept" on public.retention_periods for update to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner'])));
create policy "owners have documents kept for ever again" on public.retention_periods for delete to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner'])));

create function private.last_official_act(document uuid) returns timestamptz
language sql stable security definer set search_path = ''
as $$ select max(decided_at) from public.document_transitions where document_id = document and state in ('submitted', 'adopted', 'issued') $$;
comment on function private.last_official_act is 'When a document last acted officially; null when it never did. Whoever adds an official act, such as a frozen version, adds it here.';

create function private.kept_until(document uuid) returns timestamptz
language sql stable security definer set search_path = ''
as $$
  select case when act.at is not null then coalesce(act.at + p.years * interval '1 year', 'infinity') end
  from public.documents d
  cross join lateral (select private.last_official_act(d.id) as at) act
  left join public.retention_periods p on p.workspace_id = d.workspace_id and p.kind = d.kind
  where d.id = document
$$;
comment on function private.kept_until is 'Until when a document with an official history is kept, "infinity" for ever; null for one without.';

create function private.my_headed_agency_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$ select agency_id from public.members where person_id = auth.uid() and is_head $$;
comment on function private.my_headed_agency_ids is 'Agencies that the signed-in person heads.';
grant execute on function private.kept_until, private.my_headed_agency_ids to authenticated, service_role;

alter table public.document_tombstones
  add column reason text check (length(reason) between 1 and 200),
  add column deleted_by_name text not null default '',
  add column kind text,
  add column provision_count integer,
  add column word_count integer,
  add column text_sha256 bytea;
comment on table public.document_tombstones is 'Documents deleted for good, by whom and why, and what proves which text it was: its size and the SHA-256 of its plain text. An old offline copy can never bring one back.';

create or replace function private.leave_tombstone() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.document_tombstones (document_id, workspace_id, deleted_by)
    select old.id, old.workspace_id, auth.uid() where exists (select 1 from public.workspaces where id = old.workspace_id)
    on conflict do nothing;
  perform private.record_event(old.workspace_id, 'deleted', 'document', old.id, old.title, jsonb_build_object(
    'subject', (select name from public.agencies where id = old.lead_agency_id),
    'reason', (select reason from public.document_tombstones where document_id = old.id)));
  return old;
end
$$;
drop trigger audit_change on public.documents;
create trigger audit_change after insert on public.documents for each row execute function private.audit_change();

drop policy "managers delete trashed documents for good" on public.documents;
revoke delete on public.documents from authenticated;

create function public.delete_document(document uuid, reason public.short_text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  doomed public.documents;
begin
  if coalesce(trim(reason), '') = '' then
    raise exception 'a deletion needs a reason' using errcode = '23514', constraint = 'document_tombstones_reason_check';
  end if;
  select * into doomed from public.documents where id = document and public.document_role(document, auth.uid()) is not null for update;
  if doomed.id is null then
    raise exception 'no such document' using errcode = 'P0002';
  end if;
  if not (doomed.workspace_id in (select private.my_workspace_ids_as(array['owner'])) or doomed.lead_agency_id in (select private.my_headed_agency_ids())) then
    raise exception 'only owners and the head of the lead agency delete a document for good' using errcode = '42501';
  end if;
  if document not in (select private.trashed_document_ids()) then
    raise exception 'only what lies in the trash is deleted for good' using errcode = '55000';
  end if;
  if private.kept_until(document) > now() then
    raise exception 'a document with an official history is kept for as long as the workspace says' using errcode = '55006';
  end if;
  insert into public.document_tombstones (document_id, workspace_id, deleted_by, reason, deleted_by_name, kind, provision_count, word_count, text_sha256)
    select doomed.id, doomed.workspace_id, auth.uid(), trim(reason), (select full_name from public.people where id = auth.uid()), doomed.kind, doomed.provision_count, doomed.word_count,
      (select sha256(convert_to(t.text, 'UTF8')) from public.document_texts t where t.document_id = doomed.id);
  delete from public.documents where id = document;
end
$$;
comment on function public.delete_document is 'Deletes a document for good and says why. P0002 when it is not visible, 42501 for everybody but owners and the head of the lead agency, 55000 outside the trash, 55006 while its official history is kept.';
revoke execute on function public.delete_document from public, anon;
grant execute on function public.delete_document to authenticated;

create view public.trash_list with (security_invoker = true) as
  select d.*, d.workspace_id in (select private.my_workspace_ids_as(array['owner'])) or d.lead_agency_id in (select private.my_headed_agency_ids()) as can_delete,
    nullif(private.kept_until(d.id), 'infinity') as kept_until, private.kept_until(d.id) = 'infinity' is true as is_kept_for_ever
  from public.document_list d where d.is_trashed;
comment on view public.trash_list is 'The trash as a manager sees it. What is kept cannot be deleted for good yet; kept_until is null for what may go and for what is kept for ever.';
grant select on public.trash_list to authenticated;
