-- The owner's page of open documents: who may see it, and the note that somebody closed all connections of a document.

create or replace view public.workspace_list with (security_invoker = true) as
  select w.id, w.name, w.slug, m.role, m.is_head, m.agency_id, a.name as agency_name, a.short_name as agency_short_name, a.colour, m.joined_at,
    m.role = 'owner' as can_rename, m.role = 'owner' as can_read_audit, m.role in ('owner', 'secretary') as can_invite, m.role = 'owner' as can_invite_any_role,
    m.role in ('owner', 'secretary') as can_add_agency, m.role = 'owner' as can_watch_rooms
  from public.workspaces w
  join public.members m on m.workspace_id = w.id and m.person_id = (select auth.uid())
  join public.agencies a on a.id = m.agency_id;

create function public.record_disconnection(document uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare found public.documents;
begin
  select * into found from public.documents
    where id = document and workspace_id in (select private.my_workspace_ids_as(array['owner']));
  if found.id is null then
    raise exception 'no such document' using errcode = 'P0002';
  end if;
  perform private.record_event(found.workspace_id, 'disconnected', 'document', found.id, found.title);
end
$$;
comment on function public.record_disconnection is 'Notes in the audit trail that an owner closes all connections of a document, before it happens; P0002 for everybody else.';
revoke execute on function public.record_disconnection from public, anon;
grant execute on function public.record_disconnection to authenticated;
