-- Who may not hand over a document hears so also where it would change nothing.
create or replace function public.hand_over_document(document uuid, agency uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  role text := public.document_role(document, auth.uid());
begin
  if role is null then
    raise exception 'no such document' using errcode = 'P0002';
  end if;
  if role <> 'manager' then
    raise exception 'only managers hand over a document' using errcode = '42501';
  end if;
  if document in (select private.trashed_document_ids()) then
    raise exception 'a document in the trash keeps its lead agency' using errcode = '42501';
  end if;
  update public.documents set lead_agency_id = agency where id = document;
end
$$;

create view public.guest_list with (security_invoker = true) as
  select g.workspace_id, g.person_id, p.full_name, g.organisation, address.email, g.joined_at,
    g.workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])) as can_remove
  from public.guests g
  join public.people p on p.id = g.person_id
  left join private.addresses address on address.person_id = g.person_id
  where g.workspace_id in (select private.my_workspace_ids());
comment on view public.guest_list is 'Guests of the workspaces of which the signed-in person is a member, as far as they share a document with them.';
revoke all on public.guest_list from anon, authenticated;
grant select on public.guest_list to authenticated;
