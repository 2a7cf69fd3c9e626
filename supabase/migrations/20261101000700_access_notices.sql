-- Every change of who may do what is announced after commit, so that live connections follow within two seconds whoever made the change.

create function private.announce_access() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  row_now jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
begin
  perform pg_notify('plenum_access', case tg_table_name
    when 'members' then jsonb_build_object('workspaceId', row_now -> 'workspace_id', 'personId', row_now -> 'person_id')
    when 'agencies' then jsonb_build_object('workspaceId', row_now -> 'workspace_id')
    when 'people' then jsonb_build_object('personId', row_now -> 'id')
    when 'documents' then jsonb_build_object('documentId', row_now -> 'id')
    else jsonb_build_object('documentId', row_now -> 'document_id') end::text);
  return null;
end
$$;
create trigger announce_access after insert or update or delete on public.document_access for each row execute function private.announce_access();
create trigger announce_access after insert or delete on public.document_trashings for each row execute function private.announce_access();
create trigger announce_access after update or delete on public.members for each row execute function private.announce_access();
create trigger announce_access after update of name, short_name, colour on public.agencies for each row execute function private.announce_access();
create trigger announce_access after update of full_name or delete on public.people for each row execute function private.announce_access();
create trigger announce_access after update of lead_agency_id, epoch or delete on public.documents for each row execute function private.announce_access();
