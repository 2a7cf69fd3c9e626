-- What the audit trail says of a table stands in a function of that table's domain, as private.audit_access_token does; a new
-- domain brings its own and touches no other.

create function private.audit_document() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.record_event(new.workspace_id, case tg_op when 'INSERT' then 'created' else 'lead_changed' end, 'document', new.id, new.title,
    jsonb_build_object('subject', (select name from public.agencies where id = new.lead_agency_id)));
  return null;
end
$$;

create function private.audit_trashing() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed public.document_trashings := case tg_op when 'DELETE' then old else new end;
begin
  perform private.record_event(d.workspace_id, case tg_op when 'INSERT' then 'trashed' else 'restored' end, 'document', d.id, d.title)
    from public.documents d where d.id = changed.document_id;
  return null;
end
$$;

create function private.audit_transition() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.record_event(d.workspace_id, 'moved', 'document', d.id, d.title, jsonb_build_object('state', new.state))
    from public.documents d where d.id = new.document_id;
  return null;
end
$$;

create function private.audit_access() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed public.document_access := case tg_op when 'DELETE' then old else new end;
begin
  perform private.record_event(d.workspace_id,
      case tg_op when 'INSERT' then case when changed.guest_id is null then 'shared' else 'guest_joined' end when 'UPDATE' then 'access_changed' else 'access_removed' end,
      'document', d.id, d.title, jsonb_build_object('role', changed.role, 'subject', coalesce(
        (select name from public.agencies where id = changed.agency_id),
        (select full_name from public.people where id in (changed.person_id, changed.guest_id)))))
    from public.documents d where d.id = changed.document_id;
  return null;
end
$$;

create function private.audit_member() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed public.members := case tg_op when 'DELETE' then old else new end;
begin
  perform private.record_event(changed.workspace_id, case tg_op when 'INSERT' then 'joined' when 'UPDATE' then 'member_changed' else 'member_removed' end,
    'member', changed.person_id, (select full_name from public.people where id = changed.person_id),
    jsonb_build_object('role', changed.role, 'subject', (select name from public.agencies where id = changed.agency_id), 'head', changed.is_head,
      'role_before', case when tg_op = 'UPDATE' and old.role <> new.role then old.role end));
  return null;
end
$$;

create function private.audit_invitation() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.record_event(new.workspace_id, case when tg_op = 'INSERT' then 'invited' when new.revoked_at is null then 'invitation_restored' else 'invitation_revoked' end,
    'invitation', new.id, new.email,
    jsonb_build_object('role', new.role, 'subject', coalesce((select name from public.agencies where id = new.agency_id), new.organisation)));
  return null;
end
$$;

create function private.audit_agency() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed public.agencies := case tg_op when 'DELETE' then old else new end;
begin
  perform private.record_event(changed.workspace_id, case tg_op when 'INSERT' then 'agency_added' when 'UPDATE' then 'agency_changed' else 'agency_deleted' end,
    'agency', changed.id, changed.name,
    jsonb_build_object('name_before', case when tg_op = 'UPDATE' and old.name <> new.name then old.name end));
  return null;
end
$$;

create function private.audit_workspace() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.record_event(new.id, case tg_op when 'INSERT' then 'workspace_created' else 'workspace_renamed' end, 'workspace', new.id, new.name,
    jsonb_build_object('name_before', case when tg_op = 'UPDATE' then old.name end));
  return null;
end
$$;

create function private.audit_password_reset() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.record_event(m.workspace_id, case tg_op when 'INSERT' then 'password_offered' else 'password_reset' end, 'member', new.person_id, p.full_name)
    from public.members m join public.people p on p.id = m.person_id where m.person_id = new.person_id;
  return null;
end
$$;

create or replace trigger audit_change after insert on public.documents for each row execute function private.audit_document();
create or replace trigger audit_lead_change after update on public.documents for each row
  when (old.lead_agency_id is distinct from new.lead_agency_id) execute function private.audit_document();
create or replace trigger audit_change after insert or delete on public.document_trashings for each row execute function private.audit_trashing();
create or replace trigger audit_change after insert on public.document_transitions for each row execute function private.audit_transition();
create or replace trigger audit_change after insert or update or delete on public.document_access for each row execute function private.audit_access();
create or replace trigger audit_change after insert or delete on public.members for each row execute function private.audit_member();
create or replace trigger audit_member_change after update on public.members for each row
  when ((old.role, old.agency_id, old.is_head) is distinct from (new.role, new.agency_id, new.is_head)) execute function private.audit_member();
create or replace trigger audit_change after insert on public.invitations for each row execute function private.audit_invitation();
create or replace trigger audit_revocation after update on public.invitations for each row
  when ((old.revoked_at is null) <> (new.revoked_at is null)) execute function private.audit_invitation();
create or replace trigger audit_change after insert or delete on public.agencies for each row execute function private.audit_agency();
create or replace trigger audit_agency_change after update on public.agencies for each row
  when (old is distinct from new) execute function private.audit_agency();
create or replace trigger audit_change after insert on public.workspaces for each row execute function private.audit_workspace();
create or replace trigger audit_rename after update on public.workspaces for each row
  when (old.name <> new.name) execute function private.audit_workspace();
create or replace trigger audit_offer after insert on public.password_resets for each row
  when (new.token_hash is not null and new.offered_by is not null) execute function private.audit_password_reset();
create or replace trigger audit_use after update on public.password_resets for each row
  when (old.used_at is null and new.used_at is not null) execute function private.audit_password_reset();

-- Fails while any trigger still calls it.
drop function private.audit_change;
