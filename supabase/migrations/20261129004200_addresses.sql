-- Members see one another's names and functions. Addresses are for owners, secretaries and those who share a document.

create function private.my_contact_ids() returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  return query
    with mine as (
      select d.id, d.workspace_id, d.lead_agency_id from public.documents d
      where d.workspace_id in (select private.my_workspace_ids()) and d.workspace_id not in (select private.my_workspace_ids_as(array['owner', 'secretary']))
        and (d.lead_agency_id in (select private.my_grounds()) or d.id in (select private.my_grounds()))
    )
    select auth.uid()
    union
    select m.person_id from public.members m where m.workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary']))
    union
    select g.person_id from public.guests g where g.workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary']))
    union
    select g.person_id from private.grants g
      where g.ground in (select id from mine union all select workspace_id from mine union all select lead_agency_id from mine);
end
$$;
comment on function private.my_contact_ids is 'People whose address the signed-in person may see: one''s own; for owners and secretaries everybody''s; for members those of whoever may open a document that they may open. A guest sees no other.';
grant execute on function private.my_contact_ids to authenticated, service_role;

create view private.addresses as select id as person_id, email from public.people where id in (select private.my_contact_ids());
comment on view private.addresses is 'The addresses that the signed-in person may see.';
grant select on private.addresses to authenticated, service_role;

revoke select on public.people from authenticated;
grant select (id, full_name, position_title, locale, theme, created_at) on public.people to authenticated;

create or replace view public.member_list with (security_invoker = true) as
  select m.workspace_id, m.person_id, p.full_name, p.position_title, address.email, m.role, m.is_head, m.joined_at,
    m.agency_id, a.name as agency_name, a.short_name as agency_short_name, a.colour,
    m.workspace_id in (select private.my_workspace_ids_as(array['owner'])) as can_change,
    m.workspace_id in (select private.my_workspace_ids_as(array['owner']))
      and (m.role <> 'owner' or exists (select 1 from public.members o where o.workspace_id = m.workspace_id and o.role = 'owner' and o.person_id <> m.person_id)) as can_remove,
    m.person_id in (select private.resettable_person_ids()) as can_reset_password
  from public.members m
  join public.people p on p.id = m.person_id
  join public.agencies a on a.id = m.agency_id
  left join private.addresses address on address.person_id = m.person_id;
comment on view public.member_list is 'Members with their agency, and what the signed-in person may do with each; the address is null for whom it is not.';
