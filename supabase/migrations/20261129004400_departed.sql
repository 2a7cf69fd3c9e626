-- What somebody decided stays under the name, function and agency of that day; the account behind it may go. Who has left every
-- workspace is forgotten after a while, and everybody can have all that is kept about them.

alter table public.document_transitions
  add column decided_by_name text not null default '',
  add column decided_by_title text not null default '',
  add column decided_by_agency text not null default '';
comment on table public.document_transitions is 'Each move of a document to another state: who decided it and when, under the name, function and agency of that day.';

create function private.sign_transition() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  select p.full_name, p.position_title, coalesce(a.name, '') into new.decided_by_name, new.decided_by_title, new.decided_by_agency
    from public.people p
    left join public.members m on m.person_id = p.id and m.workspace_id = (select workspace_id from public.documents where id = new.document_id)
    left join public.agencies a on a.id = m.agency_id
    where p.id = new.decided_by;
  new.decided_by_name := coalesce(new.decided_by_name, '');
  new.decided_by_title := coalesce(new.decided_by_title, '');
  new.decided_by_agency := coalesce(new.decided_by_agency, '');
  return new;
end
$$;
create trigger sign_transition before insert on public.document_transitions for each row execute function private.sign_transition();
update public.document_transitions t set decided_by_name = p.full_name, decided_by_title = p.position_title
  from public.people p where p.id = t.decided_by;
update public.document_transitions t set decided_by_agency = a.name
  from public.documents d, public.members m, public.agencies a
  where d.id = t.document_id and m.workspace_id = d.workspace_id and m.person_id = t.decided_by and a.id = m.agency_id;

-- A used link is the record of how somebody came in; it outlives its maker, an open one does not.
alter table public.invitations
  alter column created_by drop not null,
  drop constraint invitations_created_by_fkey,
  add foreign key (created_by) references public.people (id) on delete set null;
create function private.revoke_orphaned_invitation() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.revoked_at := coalesce(new.revoked_at, now());
  return new;
end
$$;
create trigger revoke_orphaned_invitation before update of created_by on public.invitations for each row
  when (new.created_by is null and new.accepted_at is null) execute function private.revoke_orphaned_invitation();

alter table public.people add column left_at timestamptz;
comment on column public.people.left_at is 'Since when the person belongs to no workspace, not even as a guest; null while they do.';
update public.people p set left_at = now()
  where not exists (select 1 from public.members m where m.person_id = p.id) and not exists (select 1 from public.guests g where g.person_id = p.id);

create function private.note_coming() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.people set left_at = null where id = new.person_id and left_at is not null;
  return null;
end
$$;
create trigger note_coming after insert on public.members for each row execute function private.note_coming();
create trigger note_coming after insert on public.guests for each row execute function private.note_coming();

create or replace function private.end_sessions_of_the_departed() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if not exists (select 1 from public.members where person_id = old.person_id) and not exists (select 1 from public.guests where person_id = old.person_id) then
    delete from auth.sessions where user_id = old.person_id;
    update public.people set left_at = now() where id = old.person_id;
  end if;
  return null;
end
$$;
comment on function private.end_sessions_of_the_departed is 'Who belongs to no workspace any more, not even as a guest, is signed out, and forgotten some time later.';

create function private.forget_departed(after interval) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  forgotten uuid[];
begin
  select array_agg(id) into forgotten from public.people where left_at < now() - after;
  update public.invitations set email = null where accepted_by = any (forgotten);
  delete from auth.users where id = any (forgotten);
  return coalesce(cardinality(forgotten), 0);
end
$$;
comment on function private.forget_departed is 'Deletes the accounts, addresses, visits and preferences of people who left every workspace that long ago; answers how many. What they decided keeps the name of that day.';

create function public.my_data() returns jsonb
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
      from public.audit_events e where e.person_id = auth.uid() or e.object_id = auth.uid())
  ) where auth.uid() is not null
$$;
comment on function public.my_data is 'All that is kept about the signed-in person, as one JSON object; null for an account that nobody is signed in to.';
revoke execute on function public.my_data from public, anon;
grant execute on function public.my_data to authenticated;
