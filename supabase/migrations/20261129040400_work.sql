-- "My work": each domain has a view work_* of one shape, of what waits for the signed-in person; work_list unites them.
-- kind, workspace_id, object_type and object_id (what it is about), title, note (from whom, for whom), state, since, due_at.

create view public.work_documents with (security_invoker = true) as
  select case when v.document_id is null and not own.is_mine then 'shared-unopened' when own.is_mine then 'lead-draft' else 'co-draft' end as kind,
    d.workspace_id, 'document'::text as object_type, d.id as object_id, d.title, a.short_name as note, d.state, d.edited_at as since, null::timestamptz as due_at
  from public.documents d
  join public.agencies a on a.id = d.lead_agency_id
  cross join lateral (select (d.created_by = (select auth.uid()) or d.lead_agency_id in (select private.my_agency_ids())) is true as is_mine) own
  left join public.document_visits v on v.document_id = d.id and v.person_id = (select auth.uid())
  where d.id not in (select private.trashed_document_ids())
    and (own.is_mine and d.state in ('drafting', 'consulting')
      or not own.is_mine and d.id in (select private.my_shared_document_ids())
        and (v.document_id is null or d.state in ('drafting', 'consulting') and exists (
          select 1 from private.document_rights r where r.document_id = d.id and r.person_id = (select auth.uid()) and r.rank = 3)));
comment on view public.work_documents is 'Documents that the person leads or was asked to edit, while their text may change, and shared ones that they have not opened.';

create view public.work_invitations with (security_invoker = true) as
  select 'invitation-waiting'::text as kind, i.workspace_id, 'invitation'::text as object_type, i.id as object_id,
    coalesce(nullif(i.email, ''), nullif(i.organisation, ''), a.name, '') as title, coalesce(a.short_name, i.organisation, '') as note, 'open'::text as state, i.created_at as since, i.expires_at as due_at
  from public.invitations i left join public.agencies a on a.id = i.agency_id
  where i.created_by = (select auth.uid()) and i.accepted_at is null and i.revoked_at is null and i.expires_at > now() and i.document_id is null;
comment on view public.work_invitations is 'Invitations into the workspace that the person made and nobody has used yet.';

create view public.work_list with (security_invoker = true) as
  select * from public.work_documents union all select * from public.work_invitations;
comment on view public.work_list is 'All that waits for the signed-in person.';
revoke all on public.work_documents, public.work_invitations, public.work_list from anon, authenticated;
grant select on public.work_documents, public.work_invitations, public.work_list to authenticated;
