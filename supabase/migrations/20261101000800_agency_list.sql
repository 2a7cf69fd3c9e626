-- Agencies with what depends on them; comes after documents because an agency that leads or shares one is in use.

create view public.agency_list with (security_invoker = true) as
  select a.id, a.workspace_id, a.name, a.short_name, a.code, a.colour, a.parent_id, a.created_at, coalesce(m.members, 0)::integer as member_count,
    a.workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])) as can_edit,
    a.workspace_id in (select private.my_workspace_ids_as(array['owner'])) and coalesce(m.members, 0) = 0
      and not exists (select 1 from public.agencies c where c.parent_id = a.id)
      and not exists (select 1 from public.documents d where d.lead_agency_id = a.id)
      and not exists (select 1 from public.document_access g where g.agency_id = a.id)
      and not exists (select 1 from public.invitations i where i.agency_id = a.id and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()) as can_delete
  from public.agencies a
  left join (select agency_id, count(*) as members from public.members group by agency_id) m on m.agency_id = a.id;
comment on view public.agency_list is 'Agencies with their number of members and what the signed-in person may do; only an unused one can be deleted.';
grant select on public.agency_list to authenticated;
