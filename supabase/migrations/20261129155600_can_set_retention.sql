-- Says for itself who decides for how long documents are kept, as the policies of retention_periods do.
create or replace view public.workspace_list with (security_invoker = true) as
  select w.id, w.name, w.slug, m.role, m.is_head, m.agency_id, a.name as agency_name, a.short_name as agency_short_name, a.colour, m.joined_at,
    m.role = 'owner' as can_rename, m.role = 'owner' as can_read_audit, m.role in ('owner', 'secretary') as can_invite, m.role = 'owner' as can_invite_any_role,
    m.role in ('owner', 'secretary') as can_add_agency, m.role = 'owner' as can_watch_rooms, m.role in ('owner', 'secretary') as can_choose_lead,
    m.role = 'owner' as can_set_retention
  from public.workspaces w
  join public.members m on m.workspace_id = w.id and m.person_id = (select auth.uid())
  join public.agencies a on a.id = m.agency_id;
