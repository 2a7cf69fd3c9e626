-- Two rules that the library had copied: who chooses which agency leads a new document, and who manages one already.

create or replace view public.workspace_list with (security_invoker = true) as
  select w.id, w.name, w.slug, m.role, m.is_head, m.agency_id, a.name as agency_name, a.short_name as agency_short_name, a.colour, m.joined_at,
    m.role = 'owner' as can_rename, m.role = 'owner' as can_read_audit, m.role in ('owner', 'secretary') as can_invite, m.role = 'owner' as can_invite_any_role,
    m.role in ('owner', 'secretary') as can_add_agency, m.role = 'owner' as can_watch_rooms, m.role in ('owner', 'secretary') as can_choose_lead
  from public.workspaces w
  join public.members m on m.workspace_id = w.id and m.person_id = (select auth.uid())
  join public.agencies a on a.id = m.agency_id;

create view public.document_managers with (security_invoker = true) as
  select d.id as document_id, m.person_id
  from public.documents d
  join public.members m on m.workspace_id = d.workspace_id
  where exists (select 1 from private.document_rights r where r.document_id = d.id and r.person_id = m.person_id and r.rank = 4);
comment on view public.document_managers is 'Members who manage a document, of those that the signed-in person sees; there is nothing to share with them.';
revoke all on public.document_managers from anon, authenticated;
grant select on public.document_managers to authenticated;
