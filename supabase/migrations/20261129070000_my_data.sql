-- All about me: also what came since: files asked for, notices, tokens of programs and mails.

create or replace function public.my_data() returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'person', (select to_jsonb(p) from public.people p where p.id = auth.uid()),
    'memberships', (select coalesce(jsonb_agg(jsonb_build_object('workspace', w.name, 'agency', a.name, 'role', m.role, 'isHead', m.is_head, 'joinedAt', m.joined_at)), '[]')
      from public.members m join public.workspaces w on w.id = m.workspace_id join public.agencies a on a.id = m.agency_id where m.person_id = auth.uid()),
    'guest', (select coalesce(jsonb_agg(jsonb_build_object('workspace', w.name, 'organisation', g.organisation, 'joinedAt', g.joined_at)), '[]')
      from public.guests g join public.workspaces w on w.id = g.workspace_id where g.person_id = auth.uid()),
    'access', (select coalesce(jsonb_agg(jsonb_build_object('documentId', a.document_id, 'role', a.role, 'grantedAt', a.granted_at)), '[]')
      from public.document_access a where auth.uid() in (a.person_id, a.guest_id)),
    'documentsBegun', (select coalesce(jsonb_agg(jsonb_build_object('documentId', d.id, 'title', d.title, 'createdAt', d.created_at)), '[]')
      from public.documents d where d.created_by = auth.uid()),
    'visits', (select coalesce(jsonb_agg(jsonb_build_object('documentId', v.document_id, 'visitedAt', v.visited_at)), '[]')
      from public.document_visits v where v.person_id = auth.uid()),
    'edits', (select coalesce(jsonb_agg(jsonb_build_object('documentId', e.document_id, 'updates', e.updates, 'firstAt', e.first_at, 'lastAt', e.last_at)), '[]')
      from (select document_id, count(*) as updates, min(created_at) as first_at, max(created_at) as last_at
        from public.document_updates where person_id = auth.uid() group by document_id) e),
    'decisions', (select coalesce(jsonb_agg(jsonb_build_object('documentId', t.document_id, 'state', t.state, 'decidedAt', t.decided_at,
        'name', t.decided_by_name, 'function', t.decided_by_title, 'agency', t.decided_by_agency)), '[]')
      from public.document_transitions t where t.decided_by = auth.uid()),
    'invitations', (select coalesce(jsonb_agg(jsonb_build_object('role', i.role, 'email', i.email, 'made', i.created_by is not distinct from auth.uid(), 'createdAt', i.created_at, 'acceptedAt', i.accepted_at)), '[]')
      from public.invitations i where auth.uid() in (i.created_by, i.accepted_by)),
    'sessions', (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from public.my_sessions() s),
    'trail', (select coalesce(jsonb_agg(jsonb_build_object('verb', e.verb, 'object', e.object_type, 'label', e.object_label, 'details', e.details, 'happenedAt', e.happened_at) order by e.id), '[]')
      from public.audit_events e where e.person_id = auth.uid() or e.object_id = auth.uid()),
    'lateWork', (select coalesce(jsonb_agg(jsonb_build_object('documentId', l.document_id, 'begunAt', l.begun_at)), '[]')
      from public.document_late_work l where l.person_id = auth.uid()),
    'trashed', (select coalesce(jsonb_agg(jsonb_build_object('documentId', t.document_id, 'trashedAt', t.trashed_at)), '[]')
      from public.document_trashings t where t.trashed_by = auth.uid()),
    'files', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'bytes', f.size_bytes, 'createdAt', f.created_at)), '[]')
      from public.files f where f.created_by = auth.uid()),
    'images', (select coalesce(jsonb_agg(jsonb_build_object('documentId', i.document_id, 'createdAt', i.created_at)), '[]')
      from public.document_files i where i.created_by = auth.uid()),
    'passwordResets', (select coalesce(jsonb_agg(jsonb_build_object('requestedAt', r.requested_at, 'usedAt', r.used_at, 'offered', r.offered_by is not distinct from auth.uid())), '[]')
      from public.password_resets r where auth.uid() in (r.person_id, r.offered_by)),
    'exports', (select coalesce(jsonb_agg(jsonb_build_object('documentId', x.document_id, 'format', x.format, 'askedAt', x.asked_at, 'fetchedAt', x.fetched_at)), '[]')
      from public.exports x where x.asked_by = auth.uid()),
    'notices', (select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'documentId', n.document_id, 'madeAt', n.made_at, 'readAt', n.read_at)), '[]')
      from public.notices n where n.person_id = auth.uid()),
    'noticeChoices', (select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'channel', c.channel)), '[]')
      from public.notice_choices c where c.person_id = auth.uid()),
    'accessTokens', (select coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'scope', k.scope, 'createdAt', k.created_at, 'expiresAt', k.expires_at,
        'lastUsedAt', k.last_used_at, 'revokedAt', k.revoked_at)), '[]')
      from public.access_tokens k where k.person_id = auth.uid()),
    'mails', (select coalesce(jsonb_agg(jsonb_build_object('template', o.template, 'state', o.state, 'address', o.address, 'createdAt', o.created_at, 'endedAt', o.ended_at)), '[]')
      from public.outbox o where o.person_id = auth.uid() or lower(o.address) = (select lower(p.email) from public.people p where p.id = auth.uid()))
  ) where auth.uid() is not null
$$;
