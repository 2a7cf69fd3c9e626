-- Proposals: wording that somebody proposes for one provision, which an editor takes with one click or declines with a reason. They
-- never stand in the text. Each has a thread, so it is answered, assigned and found as what is said of a passage is.

create table public.proposals (
  id uuid primary key default gen_random_uuid(),
  thread_id uuid not null unique references public.threads (id) on delete cascade,
  document_id uuid not null references public.documents (id) on delete cascade,
  uid text not null check (length(uid) between 1 and 200),
  number_then text not null default '' check (length(number_then) <= 200),
  kind text not null check (kind in ('replace', 'insert-after', 'delete', 'move')),
  was jsonb not null check (length(was::text) <= 1000000),
  content jsonb check (length(content::text) <= 400000),
  after_uid text check (length(after_uid) between 1 and 200),
  after_number text not null default '' check (length(after_number) <= 200),
  reason text not null default '' check (length(reason) <= 20000),
  proposed_by uuid default auth.uid() references public.people (id) on delete set null,
  proposed_by_name text not null default '',
  proposed_by_title text not null default '',
  proposed_by_agency text not null default '',
  proposed_by_colour text,
  proposed_at timestamptz not null default clock_timestamp(),
  check ((content is not null) = (kind in ('replace', 'insert-after')))
);
comment on table public.proposals is 'Wording proposed for one provision of a live text, or that one comes, goes or moves; what became of it is in proposal_decisions.';
comment on column public.proposals.uid is 'Of the provision that it is about; of another block, or of a field of the header or signature (BLOCK:FIELD).';
comment on column public.proposals.was is 'What stood there then: content of a block, of a deletion the blocks that belong together.';
comment on column public.proposals.content is 'What is to stand there: content of a block, or the blocks that come behind it.';
comment on column public.proposals.after_uid is 'Where it is moved: behind this block and what belongs to it; null in front of all.';
create index on public.proposals (document_id, proposed_at desc);
create index on public.proposals (proposed_by);

create table public.proposal_decisions (
  proposal_id uuid primary key references public.proposals (id) on delete cascade,
  kind text not null check (kind in ('accepted', 'declined', 'withdrawn')),
  reason text not null default '' check (length(reason) <= 2000),
  is_changed boolean not null default false,
  decided_by uuid references public.people (id) on delete set null,
  decided_by_name text not null default '',
  decided_by_title text not null default '',
  decided_by_agency text not null default '',
  decided_at timestamptz not null default clock_timestamp(),
  check (kind <> 'declined' or reason <> ''),
  check (kind = 'accepted' or not is_changed)
);
comment on table public.proposal_decisions is 'What became of a proposal, once: an editor took it (with other words: is_changed) or declined it with a reason, or who made it withdrew it.';
create index on public.proposal_decisions (decided_by);

-- Who sees the comments of a thread sees its proposal; who comments proposes. A decision is written by the server alone, since the text
-- is changed with it.

alter table public.proposals enable row level security;
alter table public.proposal_decisions enable row level security;
revoke all on public.proposals, public.proposal_decisions from anon, authenticated;
grant select on public.proposals, public.proposal_decisions to authenticated;
grant insert (thread_id, document_id, uid, number_then, kind, was, content, after_uid, after_number, reason) on public.proposals to authenticated;

create policy "readers see proposals, of hidden threads managers and authors" on public.proposals for select to authenticated
  using (exists (select 1 from public.threads t where t.id = thread_id
    and (not t.is_hidden or proposed_by = (select auth.uid())
      or exists (select 1 from private.document_rights r where r.document_id = t.document_id and r.person_id = (select auth.uid()) and r.rank = 4))));
create policy "commenters propose in threads of their own" on public.proposals for insert to authenticated
  with check (proposed_by = (select auth.uid())
    and exists (select 1 from public.threads t join private.document_rights r on r.document_id = t.document_id and r.person_id = (select auth.uid())
      where t.id = thread_id and t.document_id = proposals.document_id and t.opened_by = (select auth.uid()) and r.rank >= 2));
create policy "who sees a proposal sees what became of it" on public.proposal_decisions for select to authenticated
  using (exists (select 1 from public.proposals p where p.id = proposal_id));

create function private.sign_proposal() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  select w.name, w.title, w.agency, w.colour into new.proposed_by_name, new.proposed_by_title, new.proposed_by_agency, new.proposed_by_colour
    from private.words_of_day(new.proposed_by, new.document_id) w;
  return new;
end
$$;
create trigger sign_proposal before insert on public.proposals for each row execute function private.sign_proposal();

-- A thread with a proposal is settled by deciding about the proposal.
create function private.hold_proposed_thread() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (select 1 from public.proposals p where p.thread_id = new.thread_id and not exists (select 1 from public.proposal_decisions d where d.proposal_id = p.id)) then
    raise exception 'its proposal is not decided yet' using errcode = 'PL402';
  end if;
  return new;
end
$$;
create trigger hold_proposed_thread before insert on public.thread_decisions for each row when (new.kind = 'resolved') execute function private.hold_proposed_thread();

create function private.may_decide_proposal(proposal uuid, kind text, person uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (select 1 from public.proposals p join public.documents d on d.id = p.document_id
    where p.id = may_decide_proposal.proposal and d.id not in (select private.trashed_document_ids())
      and case may_decide_proposal.kind
        when 'withdrawn' then p.proposed_by = person and public.document_role(d.id, person) is not null
        when 'declined' then coalesce(private.role_rank(public.document_role(d.id, person)), 0) >= 3
        else coalesce(private.role_rank(public.document_role(d.id, person)), 0) >= 3 and d.state in ('drafting', 'consulting')
      end)
$$;
comment on function private.may_decide_proposal is 'Editors accept, while the text may be edited, and decline; who made a proposal withdraws it.';
revoke execute on function private.may_decide_proposal from public, anon, authenticated;

-- For the server alone, which has done to the text what was accepted.
create function private.decide_proposal(proposal uuid, kind text, reason text, changed boolean, person uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  made public.proposals;
begin
  select * into made from public.proposals p where p.id = proposal for update;
  if made.id is null then
    raise exception 'no such proposal' using errcode = 'P0002';
  end if;
  if not private.may_decide_proposal(proposal, decide_proposal.kind, person) then
    raise exception 'this person does not decide this' using errcode = '42501';
  end if;
  if exists (select 1 from public.proposal_decisions d where d.proposal_id = made.id) then
    raise exception 'it was decided already' using errcode = 'PL403';
  end if;
  insert into public.proposal_decisions (proposal_id, kind, reason, is_changed, decided_by, decided_by_name, decided_by_title, decided_by_agency)
    select made.id, decide_proposal.kind, decide_proposal.reason, changed, person, w.name, w.title, w.agency from private.words_of_day(person, made.document_id) w;
  if not (select t.is_resolved from public.threads t where t.id = made.thread_id) then
    insert into public.thread_decisions (thread_id, kind, sentence, decided_by) values (made.thread_id, 'resolved', decide_proposal.reason, person);
  end if;
  perform private.record_event(d.workspace_id, 'proposal_' || decide_proposal.kind, 'document', d.id, d.title, jsonb_build_object('subject', made.number_then))
    from public.documents d where d.id = made.document_id;
end
$$;
comment on function private.decide_proposal is 'Writes down what became of a proposal, and settles its thread. P0002, 42501 for who may not, PL403 when it was decided already.';
revoke execute on function private.decide_proposal from public, anon, authenticated;

-- As the signed-in person sees them

create view public.proposal_list with (security_invoker = true) as
  select p.id, p.thread_id, p.document_id, p.uid, p.number_then, p.kind, p.was, p.content, p.after_uid, p.after_number, p.reason, p.proposed_by,
    p.proposed_by_name, p.proposed_by_title, p.proposed_by_agency, p.proposed_by_colour, p.proposed_at,
    coalesce(x.kind, 'open') as state, x.reason as decision_reason, x.is_changed, x.decided_by_name, x.decided_by_title, x.decided_by_agency, x.decided_at,
    d.profile as document_profile, d.state as document_state,
    x.kind is null and r.rank >= 3 as can_decide,
    x.kind is null and p.proposed_by = (select auth.uid()) is true as can_withdraw
  from public.proposals p
  join public.documents d on d.id = p.document_id
  left join public.proposal_decisions x on x.proposal_id = p.id
  left join lateral (select max(q.rank) as rank from private.document_rights q where q.document_id = p.document_id and q.person_id = (select auth.uid())) r on true;
comment on view public.proposal_list is 'Proposals as the signed-in person sees them, with what became of them and what they may do.';
revoke all on public.proposal_list from anon, authenticated;
grant select on public.proposal_list to authenticated;

-- A proposal is announced as its thread is: the page that shows the one shows the other.
create trigger announce_live after insert on public.proposals for each row execute function private.announce_thread('thread');

create or replace function private.words_of_thread(thread public.threads) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  me uuid := auth.uid();
  rank integer := (select max(r.rank) from private.document_rights r where r.document_id = thread.document_id and r.person_id = me);
begin
  -- Who does not see the document is told nothing, whoever calls this.
  if rank is null then
    return null;
  end if;
  return jsonb_build_object(
    'rank', rank,
    'assigneeName', (select p.full_name from public.people p where p.id = thread.assignee_id),
    'profile', (select d.profile from public.documents d where d.id = thread.document_id),
    'state', (select d.state from public.documents d where d.id = thread.document_id),
    'ranges', (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'uid', g.uid, 'quote', g.quote, 'prefix', g.prefix, 'suffix', g.suffix, 'numberThen', g.number_then) order by g.nth), '[]')
      from public.thread_ranges g where g.thread_id = thread.id),
    'comments', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id,
        'author', jsonb_build_object('id', c.author_id, 'name', c.author_name, 'title', c.author_title, 'agency', c.author_agency, 'colour', c.author_colour),
        'body', c.body, 'createdAt', c.created_at, 'editedAt', c.edited_at, 'deletedAt', c.deleted_at) order by c.created_at), '[]')
      from public.comments c where c.thread_id = thread.id and (not thread.is_hidden or c.author_id = me or rank = 4)),
    'decisions', (select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'sentence', d.sentence, 'at', d.decided_at,
        'by', jsonb_build_object('id', d.decided_by, 'name', d.decided_by_name, 'title', d.decided_by_title, 'agency', d.decided_by_agency)) order by d.decided_at), '[]')
      from public.thread_decisions d where d.thread_id = thread.id),
    'proposal', (select jsonb_build_object('id', p.id, 'kind', p.kind, 'state', coalesce(x.kind, 'open'), 'isChanged', coalesce(x.is_changed, false),
        'was', p.was, 'content', p.content, 'afterNumber', p.after_number, 'isMovedToFront', p.kind = 'move' and p.after_uid is null,
        'canDecide', x.kind is null and rank >= 3, 'canWithdraw', x.kind is null and p.proposed_by is not distinct from me)
      from public.proposals p left join public.proposal_decisions x on x.proposal_id = p.id
      where p.thread_id = thread.id and (not thread.is_hidden or p.proposed_by = me or rank = 4))
  );
end
$$;

create or replace view public.thread_list with (security_invoker = true) as
  select t.id, t.document_id, t.opened_by, t.opened_at, t.agency_id, t.is_resolved, t.is_hidden, t.assignee_id, w.words ->> 'assigneeName' as assignee_name,
    r.rank >= 2 and (r.rank = 4 or not t.is_hidden) as can_answer,
    (r.rank >= 3 or r.rank = 2 and (select auth.uid()) in (t.opened_by, t.assignee_id) is true)
      and w.words -> 'proposal' ->> 'state' is distinct from 'open' as can_resolve,
    r.rank >= 3 or r.rank = 2 and t.opened_by = (select auth.uid()) is true as can_place,
    r.rank = 4 as can_hide,
    w.words -> 'ranges' as ranges, w.words -> 'comments' as comments, w.words -> 'decisions' as decisions,
    w.words ->> 'profile' as document_profile, w.words ->> 'state' as document_state,
    w.words -> 'proposal' as proposal
  from public.threads t
  cross join lateral (select private.words_of_thread(t) as words offset 0) w
  cross join lateral (select (w.words ->> 'rank')::integer as rank offset 0) r;

-- What is proposed is the work of who may take it

create view public.work_proposals with (security_invoker = true) as
  select 'proposal-open'::text as kind, d.workspace_id, 'thread'::text as object_type, p.thread_id as object_id, d.title, p.number_then as note,
    'open'::text as state, p.proposed_at as since, null::timestamptz as due_at, d.id as document_id
  from public.proposals p join public.documents d on d.id = p.document_id
  where d.state in ('drafting', 'consulting')
    and d.id in (select r.document_id from private.document_rights r where r.person_id = (select auth.uid()) and r.rank >= 3)
    and not exists (select 1 from public.proposal_decisions x where x.proposal_id = p.id);
comment on view public.work_proposals is 'Proposals that nobody decided yet, in texts that the person edits.';

create or replace view public.work_list with (security_invoker = true) as
  select w.*, w.object_id as document_id from public.work_documents w union all select w.*, null::uuid from public.work_invitations w
  union all select w.* from public.work_threads w union all select w.* from public.work_proposals w;
revoke all on public.work_proposals from anon, authenticated;
grant select on public.work_proposals to authenticated;

-- All about me: also what one proposed and decided.

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
    'threads', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'documentId', t.document_id, 'openedAt', t.opened_at, 'opened', t.opened_by is not distinct from auth.uid())), '[]')
      from public.threads t where auth.uid() in (t.opened_by, t.assignee_id)),
    'comments', (select coalesce(jsonb_agg(jsonb_build_object('threadId', c.thread_id, 'body', c.body, 'createdAt', c.created_at, 'editedAt', c.edited_at, 'deletedAt', c.deleted_at,
        'name', c.author_name, 'function', c.author_title, 'agency', c.author_agency)), '[]')
      from public.comments c where c.author_id = auth.uid()),
    'threadDecisions', (select coalesce(jsonb_agg(jsonb_build_object('threadId', d.thread_id, 'kind', d.kind, 'sentence', d.sentence, 'decidedAt', d.decided_at)), '[]')
      from public.thread_decisions d where auth.uid() in (d.decided_by, d.assignee_id)),
    'versions', (select coalesce(jsonb_agg(jsonb_build_object('documentId', f.document_id, 'kind', f.kind, 'label', f.label, 'note', f.note, 'createdAt', f.created_at,
        'name', f.created_by_name, 'function', f.created_by_title, 'agency', f.created_by_agency)), '[]')
      from public.document_versions f where f.created_by = auth.uid()),
    'restorations', (select coalesce(jsonb_agg(jsonb_build_object('documentId', r.document_id, 'uid', r.uid, 'restoredAt', r.restored_at, 'takenBackAt', r.taken_back_at,
        'name', r.restored_by_name, 'function', r.restored_by_title, 'agency', r.restored_by_agency)), '[]')
      from public.document_restorations r where auth.uid() in (r.restored_by, r.taken_back_by)),
    'explanations', (select coalesce(jsonb_agg(jsonb_build_object('documentId', e.after_document_id, 'text', e.text, 'writtenAt', e.written_at, 'name', e.written_by_name, 'agency', e.written_by_agency)), '[]')
      from public.comparison_explanations e where e.written_by = auth.uid()),
    'proposals', (select coalesce(jsonb_agg(jsonb_build_object('documentId', p.document_id, 'kind', p.kind, 'content', p.content, 'reason', p.reason, 'proposedAt', p.proposed_at,
        'name', p.proposed_by_name, 'function', p.proposed_by_title, 'agency', p.proposed_by_agency)), '[]')
      from public.proposals p where p.proposed_by = auth.uid()),
    'proposalDecisions', (select coalesce(jsonb_agg(jsonb_build_object('proposalId', x.proposal_id, 'kind', x.kind, 'reason', x.reason, 'decidedAt', x.decided_at,
        'name', x.decided_by_name, 'function', x.decided_by_title, 'agency', x.decided_by_agency)), '[]')
      from public.proposal_decisions x where x.decided_by = auth.uid()),
    'accessTokens', (select coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'scope', k.scope, 'createdAt', k.created_at, 'expiresAt', k.expires_at,
        'lastUsedAt', k.last_used_at, 'revokedAt', k.revoked_at)), '[]')
      from public.access_tokens k where k.person_id = auth.uid()),
    'mails', (select coalesce(jsonb_agg(jsonb_build_object('template', o.template, 'state', o.state, 'address', o.address, 'createdAt', o.created_at, 'endedAt', o.ended_at)), '[]')
      from public.outbox o where o.person_id = auth.uid() or lower(o.address) = (select lower(p.email) from public.people p where p.id = auth.uid()))
  ) where auth.uid() is not null
$$;

