-- The audit trail: written by triggers and by record_export, read by owners, changed by nobody.

create table public.audit_events (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  person_id uuid,
  person_name text not null default '',
  verb text not null,
  object_type text not null check (object_type in ('document', 'member', 'invitation', 'agency', 'workspace')),
  object_id uuid,
  object_label text not null default '',
  details jsonb not null default '{}',
  happened_at timestamptz not null default now()
);
comment on table public.audit_events is 'Who did what to which object and when: access, sharing, export, deletion. Names are kept as they were then, because the row outlives people and objects. Append-only.';
create index on public.audit_events (workspace_id, id desc);
alter table public.audit_events enable row level security;
grant select on public.audit_events to authenticated;
create policy "owners read the audit trail" on public.audit_events for select to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner'])));

create function private.refuse_change() returns trigger
language plpgsql set search_path = ''
as $$ begin raise exception 'the audit trail is append-only' using errcode = '42501'; end $$;
create trigger append_only before update or delete on public.audit_events for each row
  when (pg_trigger_depth() = 0) execute function private.refuse_change();

create function private.record_event(workspace uuid, verb text, object_type text, object_id uuid, object_label text, details jsonb default '{}') returns void
language sql security definer set search_path = ''
as $$
  insert into public.audit_events (workspace_id, person_id, person_name, verb, object_type, object_id, object_label, details)
  select workspace, auth.uid(), coalesce((select full_name from public.people where id = auth.uid()), ''), verb, object_type, object_id, coalesce(object_label, ''), details
  where exists (select 1 from public.workspaces where id = workspace)
$$;

create function private.audit_change() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  row_now jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  document public.documents;
  subject text;
begin
  case tg_table_name
  when 'documents' then
    perform private.record_event((row_now ->> 'workspace_id')::uuid, case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'lead_changed' else 'deleted' end,
      'document', (row_now ->> 'id')::uuid, row_now ->> 'title',
      jsonb_build_object('subject', (select name from public.agencies where id = (row_now ->> 'lead_agency_id')::uuid)));
  when 'document_trashings' then
    select * into document from public.documents where id = (row_now ->> 'document_id')::uuid;
    perform private.record_event(document.workspace_id, case tg_op when 'INSERT' then 'trashed' else 'restored' end, 'document', document.id, document.title);
  when 'document_transitions' then
    select * into document from public.documents where id = new.document_id;
    perform private.record_event(document.workspace_id, 'moved', 'document', document.id, document.title, jsonb_build_object('state', new.state));
  when 'document_access' then
    select * into document from public.documents where id = (row_now ->> 'document_id')::uuid;
    select coalesce((select name from public.agencies where id = (row_now ->> 'agency_id')::uuid), (select full_name from public.people where id = (row_now ->> 'person_id')::uuid)) into subject;
    perform private.record_event(document.workspace_id, case tg_op when 'INSERT' then 'shared' when 'UPDATE' then 'access_changed' else 'access_removed' end,
      'document', document.id, document.title, jsonb_build_object('subject', subject, 'role', row_now ->> 'role'));
  when 'members' then
    select name into subject from public.agencies where id = (row_now ->> 'agency_id')::uuid;
    perform private.record_event((row_now ->> 'workspace_id')::uuid, case tg_op when 'INSERT' then 'joined' when 'UPDATE' then 'member_changed' else 'member_removed' end,
      'member', (row_now ->> 'person_id')::uuid, (select full_name from public.people where id = (row_now ->> 'person_id')::uuid),
      jsonb_build_object('role', row_now ->> 'role', 'subject', subject, 'head', row_now -> 'is_head',
        'role_before', case when tg_op = 'UPDATE' and old.role <> new.role then old.role end));
  when 'invitations' then
    perform private.record_event(new.workspace_id, case when tg_op = 'INSERT' then 'invited' when new.revoked_at is null then 'invitation_restored' else 'invitation_revoked' end,
      'invitation', new.id, new.email, jsonb_build_object('role', new.role, 'subject', (select name from public.agencies where id = new.agency_id)));
  when 'agencies' then
    perform private.record_event((row_now ->> 'workspace_id')::uuid, case tg_op when 'INSERT' then 'agency_added' when 'UPDATE' then 'agency_changed' else 'agency_deleted' end,
      'agency', (row_now ->> 'id')::uuid, row_now ->> 'name',
      jsonb_build_object('name_before', case when tg_op = 'UPDATE' and old.name <> new.name then old.name end));
  when 'workspaces' then
    perform private.record_event(new.id, case tg_op when 'INSERT' then 'workspace_created' else 'workspace_renamed' end, 'workspace', new.id, new.name,
      jsonb_build_object('name_before', case when tg_op = 'UPDATE' then old.name end));
  when 'password_resets' then
    perform private.record_event(m.workspace_id, case tg_op when 'INSERT' then 'password_offered' else 'password_reset' end, 'member', new.person_id, p.full_name)
      from public.members m join public.people p on p.id = m.person_id where m.person_id = new.person_id;
  end case;
  return null;
end
$$;
create trigger audit_change after insert or delete on public.documents for each row execute function private.audit_change();
create trigger audit_lead_change after update on public.documents for each row
  when (old.lead_agency_id is distinct from new.lead_agency_id) execute function private.audit_change();
create trigger audit_change after insert or delete on public.document_trashings for each row execute function private.audit_change();
create trigger audit_change after insert on public.document_transitions for each row execute function private.audit_change();
create trigger audit_change after insert or update or delete on public.document_access for each row execute function private.audit_change();
create trigger audit_change after insert or delete on public.members for each row execute function private.audit_change();
create trigger audit_member_change after update on public.members for each row
  when ((old.role, old.agency_id, old.is_head) is distinct from (new.role, new.agency_id, new.is_head)) execute function private.audit_change();
create trigger audit_change after insert on public.invitations for each row execute function private.audit_change();
create trigger audit_revocation after update on public.invitations for each row
  when ((old.revoked_at is null) <> (new.revoked_at is null)) execute function private.audit_change();
create trigger audit_change after insert or delete on public.agencies for each row execute function private.audit_change();
create trigger audit_agency_change after update on public.agencies for each row
  when (old is distinct from new) execute function private.audit_change();
create trigger audit_change after insert on public.workspaces for each row execute function private.audit_change();
create trigger audit_rename after update on public.workspaces for each row
  when (old.name <> new.name) execute function private.audit_change();
-- A request is nobody's act yet; the link that answers it and its use are.
create trigger audit_offer after insert on public.password_resets for each row
  when (new.token_hash is not null and new.offered_by is not null) execute function private.audit_change();
create trigger audit_use after update on public.password_resets for each row
  when (old.used_at is null and new.used_at is not null) execute function private.audit_change();

create function public.record_export(document uuid, format text) returns void
language plpgsql security definer set search_path = ''
as $$
declare found public.documents;
begin
  select * into found from public.documents where id = document and id in (select private.my_document_ids(1));
  if found.id is null then
    raise exception 'no such document' using errcode = 'P0002';
  end if;
  perform private.record_event(found.workspace_id, 'exported', 'document', found.id, found.title, jsonb_build_object('format', left(format, 10)));
end
$$;
comment on function public.record_export is 'Notes an export in the audit trail before its bytes are sent; P0002 when the document is not visible.';
grant execute on function public.record_export to authenticated;
