-- Threads: what somebody says of a passage of a document, of several or of the whole, and what is answered. They never stand in the
-- text; of a passage the text has only an attribute of its letters, `comment:ID` with the id of its row here.

create domain public.comment_text as text check (length(value) <= 20000);
comment on domain public.comment_text is 'What a comment says, as a function of the data API takes it: at most 20000 characters.';
create domain public.passage_list as text check (length(value) <= 200000);
comment on domain public.passage_list is 'Passages of a document as JSON, `[{uid, quote, prefix, suffix, number}]`, as functions of the data API take them.';

create table public.threads (
  id uuid primary key default gen_random_uuid(),
  document_id uuid not null references public.documents (id) on delete cascade,
  opened_by uuid default auth.uid() references public.people (id) on delete set null,
  opened_at timestamptz not null default clock_timestamp(),
  agency_id uuid references public.agencies (id) on delete set null,
  assignee_id uuid references public.people (id) on delete set null,
  is_resolved boolean not null default false,
  is_hidden boolean not null default false
);
comment on table public.threads is 'A conversation about a document. What is decided about it is said in thread_decisions, which the last columns follow.';
comment on column public.threads.agency_id is 'The agency of who opened it, on that day.';
create index on public.threads (document_id, opened_at);
create index on public.threads (opened_by);
create index on public.threads (agency_id);
create index on public.threads (assignee_id);

create table public.thread_ranges (
  id uuid primary key default gen_random_uuid(),
  thread_id uuid not null references public.threads (id) on delete cascade,
  nth integer not null check (nth between 1 and 50),
  uid text not null check (length(uid) between 1 and 200),
  quote text check (length(quote) between 1 and 10000),
  prefix text not null default '' check (length(prefix) <= 200),
  suffix text not null default '' check (length(suffix) <= 200),
  number_then text not null default '' check (length(number_then) <= 200),
  unique (thread_id, nth)
);
comment on table public.thread_ranges is 'The passages that a thread is about, as they were quoted; without quote the whole block. A thread without any is about the document.';
comment on column public.thread_ranges.uid is 'Of a block, a cell (ROW:COLUMN) or a field of the header or signature (BLOCK:FIELD).';
comment on column public.thread_ranges.number_then is 'As it was cited when the passage was chosen: khoản 2 Điều 5.';

create table public.comments (
  id uuid primary key default gen_random_uuid(),
  thread_id uuid not null references public.threads (id) on delete cascade,
  author_id uuid default auth.uid() references public.people (id) on delete set null,
  author_name text not null default '',
  author_title text not null default '',
  author_agency text not null default '',
  author_colour text,
  body text not null check (length(body) <= 20000),
  created_at timestamptz not null default clock_timestamp(),
  edited_at timestamptz,
  deleted_at timestamptz,
  check ((deleted_at is null) = (body <> ''))
);
comment on table public.comments is 'What is said in a thread, under the name, function and agency of that day. A deleted one keeps its place and loses its words.';
create index on public.comments (thread_id, created_at);
create index on public.comments (author_id);

create table public.comment_revisions (
  comment_id uuid not null references public.comments (id) on delete cascade,
  body text not null,
  replaced_at timestamptz not null default clock_timestamp(),
  primary key (comment_id, replaced_at)
);
comment on table public.comment_revisions is 'What a comment said before its author changed it.';

create table public.thread_decisions (
  id uuid primary key default gen_random_uuid(),
  thread_id uuid not null references public.threads (id) on delete cascade,
  kind text not null check (kind in ('resolved', 'reopened', 'assigned', 'hidden', 'shown')),
  sentence text not null default '' check (length(sentence) <= 2000),
  assignee_id uuid references public.people (id) on delete set null,
  decided_by uuid default auth.uid() references public.people (id) on delete set null,
  decided_by_name text not null default '',
  decided_by_title text not null default '',
  decided_by_agency text not null default '',
  decided_at timestamptz not null default clock_timestamp(),
  check (kind <> 'hidden' or sentence <> ''),
  check (kind = 'assigned' or assignee_id is null)
);
comment on table public.thread_decisions is 'What was decided about a thread, by whom and when, with a sentence if wished; hiding one needs a reason.';
create index on public.thread_decisions (thread_id, decided_at);
create index on public.thread_decisions (assignee_id);
create index on public.thread_decisions (decided_by);

-- Who may: readers read, commenters write, authors change what is theirs, editors settle, managers hide.

alter table public.threads enable row level security;
alter table public.thread_ranges enable row level security;
alter table public.comments enable row level security;
alter table public.comment_revisions enable row level security;
alter table public.thread_decisions enable row level security;
revoke all on public.threads, public.thread_ranges, public.comments, public.comment_revisions, public.thread_decisions from anon, authenticated;
grant select on public.threads, public.thread_ranges, public.comments, public.comment_revisions, public.thread_decisions to authenticated;
grant insert (id, document_id) on public.threads to authenticated;
grant insert (thread_id, nth, uid, quote, prefix, suffix, number_then), delete on public.thread_ranges to authenticated;
grant insert (id, thread_id, body), update (body) on public.comments to authenticated;
grant insert (thread_id, kind, sentence, assignee_id) on public.thread_decisions to authenticated;

create policy "readers see the threads of a document" on public.threads for select to authenticated
  using (document_id not in (select private.trashed_document_ids())
    and exists (select 1 from private.document_rights r where r.document_id = threads.document_id and r.person_id = (select auth.uid())));
create policy "commenters open threads" on public.threads for insert to authenticated
  with check (opened_by = (select auth.uid()) and document_id not in (select private.trashed_document_ids())
    and exists (select 1 from private.document_rights r where r.document_id = threads.document_id and r.person_id = (select auth.uid()) and r.rank >= 2));

create policy "readers see what a thread is about" on public.thread_ranges for select to authenticated
  using (exists (select 1 from public.threads t where t.id = thread_id));
create policy "who opened a thread, and editors, say what it is about" on public.thread_ranges for insert to authenticated
  with check (exists (select 1 from public.threads t join private.document_rights r on r.document_id = t.document_id and r.person_id = (select auth.uid())
    where t.id = thread_id and (r.rank >= 3 or r.rank = 2 and t.opened_by = (select auth.uid()))));
create policy "who opened a thread, and editors, place it again" on public.thread_ranges for delete to authenticated
  using (exists (select 1 from public.threads t join private.document_rights r on r.document_id = t.document_id and r.person_id = (select auth.uid())
    where t.id = thread_id and (r.rank >= 3 or r.rank = 2 and t.opened_by = (select auth.uid()))));

create policy "readers see comments, of hidden threads managers and authors" on public.comments for select to authenticated
  using (exists (select 1 from public.threads t where t.id = thread_id
    and (not t.is_hidden or author_id = (select auth.uid())
      or exists (select 1 from private.document_rights r where r.document_id = t.document_id and r.person_id = (select auth.uid()) and r.rank = 4))));
create policy "commenters answer" on public.comments for insert to authenticated
  with check (author_id = (select auth.uid())
    and exists (select 1 from public.threads t join private.document_rights r on r.document_id = t.document_id and r.person_id = (select auth.uid())
      where t.id = thread_id and (r.rank = 4 or r.rank >= 2 and not t.is_hidden)));
create policy "authors change their comments" on public.comments for update to authenticated
  using (author_id = (select auth.uid()) and deleted_at is null)
  with check (author_id = (select auth.uid()) and deleted_at is null
    and exists (select 1 from public.threads t join private.document_rights r on r.document_id = t.document_id and r.person_id = (select auth.uid())
      where t.id = thread_id and r.rank >= 2));

create policy "who reads a comment reads what it said before" on public.comment_revisions for select to authenticated
  using (exists (select 1 from public.comments c where c.id = comment_id));

create policy "readers see what was decided about a thread" on public.thread_decisions for select to authenticated
  using (exists (select 1 from public.threads t where t.id = thread_id));
create policy "authors, assignees and editors settle, managers hide" on public.thread_decisions for insert to authenticated
  with check (decided_by = (select auth.uid())
    and exists (select 1 from public.threads t join private.document_rights r on r.document_id = t.document_id and r.person_id = (select auth.uid())
      where t.id = thread_id and case when kind in ('hidden', 'shown') then r.rank = 4
        else r.rank >= 3 or r.rank = 2 and (select auth.uid()) in (t.opened_by, t.assignee_id) end));

-- Names of the day

create function private.words_of_day(person uuid, document uuid, out name text, out title text, out agency text, out colour text, out agency_id uuid)
language sql stable security definer set search_path = ''
as $$
  select coalesce(max(p.full_name), ''), coalesce(max(p.position_title), ''), coalesce(max(a.name), max(g.organisation), ''), max(a.colour), (array_agg(a.id))[1]
  from public.people p
  left join public.documents d on d.id = document
  left join public.members m on m.person_id = p.id and m.workspace_id = d.workspace_id
  left join public.agencies a on a.id = m.agency_id
  left join public.guests g on g.person_id = p.id and g.workspace_id = d.workspace_id
  where p.id = person
$$;
comment on function private.words_of_day is 'Name, function, agency (or organisation of a guest) and colour of a person today, where the document is.';

create function private.sign_thread() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if (select count(*) from (select 1 from public.threads where document_id = new.document_id limit 20000) kept) = 20000 then
    raise exception 'a document has at most 20000 threads' using errcode = '55000';
  end if;
  new.agency_id := (private.words_of_day(new.opened_by, new.document_id)).agency_id;
  return new;
end
$$;
create trigger sign_thread before insert on public.threads for each row execute function private.sign_thread();

create function private.sign_comment() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if (select count(*) from (select 1 from public.comments where thread_id = new.thread_id limit 1000) kept) = 1000 then
    raise exception 'a thread has at most 1000 comments' using errcode = '55000';
  end if;
  select w.name, w.title, w.agency, w.colour into new.author_name, new.author_title, new.author_agency, new.author_colour
    from public.threads t, private.words_of_day(new.author_id, t.document_id) w where t.id = new.thread_id;
  return new;
end
$$;
create trigger sign_comment before insert on public.comments for each row execute function private.sign_comment();

create function private.keep_former_comment() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if (select count(*) from public.comment_revisions where comment_id = new.id) >= 100 then
    raise exception 'a comment is changed at most 100 times' using errcode = '55000';
  end if;
  insert into public.comment_revisions (comment_id, body) values (old.id, old.body);
  new.edited_at := clock_timestamp();
  return new;
end
$$;
create trigger keep_former_comment before update of body on public.comments for each row
  when (new.deleted_at is null and new.body <> old.body) execute function private.keep_former_comment();

create function private.sign_decision() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  thread public.threads;
begin
  -- Of two who decide at once, the second sees what the first decided.
  select * into thread from public.threads t where t.id = new.thread_id for update;
  if (new.kind = 'resolved' and thread.is_resolved) or (new.kind = 'reopened' and not thread.is_resolved)
    or (new.kind = 'hidden' and thread.is_hidden) or (new.kind = 'shown' and not thread.is_hidden) then
    raise exception 'the thread is in that state already' using errcode = '55000';
  end if;
  if new.assignee_id is not null and coalesce(private.role_rank(public.document_role(thread.document_id, new.assignee_id)), 0) < 2 then
    raise exception 'who is assigned can answer there' using errcode = 'PL401';
  end if;
  select w.name, w.title, w.agency into new.decided_by_name, new.decided_by_title, new.decided_by_agency
    from private.words_of_day(new.decided_by, thread.document_id) w;
  update public.threads t set
    is_resolved = case new.kind when 'resolved' then true when 'reopened' then false else t.is_resolved end,
    is_hidden = case new.kind when 'hidden' then true when 'shown' then false else t.is_hidden end,
    assignee_id = case new.kind when 'assigned' then new.assignee_id else t.assignee_id end
    where t.id = thread.id;
  return new;
end
$$;
create trigger sign_decision before insert on public.thread_decisions for each row execute function private.sign_decision();

create function private.audit_hiding() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.record_event(d.workspace_id, 'thread_' || new.kind, 'document', d.id, d.title, jsonb_build_object('reason', new.sentence))
    from public.threads t join public.documents d on d.id = t.document_id where t.id = new.thread_id;
  return null;
end
$$;
create trigger audit_hiding after insert on public.thread_decisions for each row when (new.kind in ('hidden', 'shown')) execute function private.audit_hiding();

-- What happens together

create function private.add_ranges(thread uuid, passages text) returns void
language plpgsql security invoker set search_path = ''
as $$
begin
  insert into public.thread_ranges (thread_id, nth, uid, quote, prefix, suffix, number_then)
    select thread, nth, range ->> 'uid', range ->> 'quote', coalesce(range ->> 'prefix', ''), coalesce(range ->> 'suffix', ''), coalesce(range ->> 'number', '')
    from jsonb_array_elements(passages::jsonb) with ordinality as list (range, nth);
end
$$;
grant execute on function private.add_ranges to authenticated;

create function public.open_thread(document uuid, passages public.passage_list, body public.comment_text, assignee uuid default null) returns uuid
language plpgsql security invoker set search_path = ''
as $$
declare
  thread uuid := gen_random_uuid();
begin
  if not exists (select 1 from public.documents d where d.id = document) then
    raise exception 'no such document' using errcode = 'P0002';
  end if;
  insert into public.threads (id, document_id) values (thread, document);
  perform private.add_ranges(thread, passages);
  insert into public.comments (thread_id, body) values (thread, open_thread.body);
  if assignee is not null then
    insert into public.thread_decisions (thread_id, kind, assignee_id) values (thread, 'assigned', assignee);
  end if;
  return thread;
end
$$;
comment on function public.open_thread is 'Opens a thread with its passages and first comment; P0002 for a document that is not visible, 42501 for who only reads it, PL401 for an assignee who could not answer.';

create function public.place_thread(thread uuid, passages public.passage_list) returns void
language plpgsql security invoker set search_path = ''
as $$
begin
  if not exists (select 1 from public.threads t where t.id = thread) then
    raise exception 'no such thread' using errcode = 'P0002';
  end if;
  delete from public.thread_ranges r where r.thread_id = thread;
  if exists (select 1 from public.thread_ranges r where r.thread_id = thread) then
    raise exception 'only who opened a thread, and editors, place it' using errcode = '42501';
  end if;
  perform private.add_ranges(thread, passages);
end
$$;
comment on function public.place_thread is 'Gives a thread other passages; P0002 when it is not visible, 42501 for all but who opened it and editors.';

create function public.delete_comment(comment uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  found public.comments;
begin
  select c.* into found from public.comments c join public.threads t on t.id = c.thread_id
    where c.id = comment and t.document_id not in (select private.trashed_document_ids())
      and exists (select 1 from private.document_rights r where r.document_id = t.document_id and r.person_id = auth.uid());
  if found.id is null then
    raise exception 'no such comment' using errcode = 'P0002';
  end if;
  if found.author_id is distinct from auth.uid() then
    raise exception 'authors delete their comments' using errcode = '42501';
  end if;
  delete from public.comment_revisions r where r.comment_id = found.id;
  update public.comments c set body = '', deleted_at = clock_timestamp() where c.id = found.id and c.deleted_at is null;
end
$$;
comment on function public.delete_comment is 'Takes the words of one''s own comment away, those of before too; who said something and when stays. P0002 when it is not visible, 42501 when it is another''s.';
revoke execute on function public.open_thread, public.place_thread, public.delete_comment from public, anon;
grant execute on function public.open_thread, public.place_thread, public.delete_comment to authenticated;

-- As the signed-in person sees them

create view public.thread_list with (security_invoker = true) as
  select t.id, t.document_id, t.opened_by, t.opened_at, t.agency_id, t.is_resolved, t.is_hidden, t.assignee_id, p.full_name as assignee_name,
    r.rank >= 2 and (r.rank = 4 or not t.is_hidden) as can_answer,
    r.rank >= 3 or r.rank = 2 and (select auth.uid()) in (t.opened_by, t.assignee_id) is true as can_resolve,
    r.rank >= 3 or r.rank = 2 and t.opened_by = (select auth.uid()) is true as can_place,
    r.rank = 4 as can_hide,
    (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'uid', g.uid, 'quote', g.quote, 'prefix', g.prefix, 'suffix', g.suffix, 'numberThen', g.number_then) order by g.nth), '[]')
      from public.thread_ranges g where g.thread_id = t.id) as ranges,
    (select coalesce(jsonb_agg(jsonb_build_object('id', c.id,
        'author', jsonb_build_object('id', c.author_id, 'name', c.author_name, 'title', c.author_title, 'agency', c.author_agency, 'colour', c.author_colour),
        'body', c.body, 'createdAt', c.created_at, 'editedAt', c.edited_at, 'deletedAt', c.deleted_at) order by c.created_at), '[]')
      from public.comments c where c.thread_id = t.id) as comments,
    (select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'sentence', d.sentence, 'at', d.decided_at,
        'by', jsonb_build_object('id', d.decided_by, 'name', d.decided_by_name, 'title', d.decided_by_title, 'agency', d.decided_by_agency)) order by d.decided_at), '[]')
      from public.thread_decisions d where d.thread_id = t.id) as decisions
  from public.threads t
  left join public.people p on p.id = t.assignee_id
  left join lateral (select max(d.rank) as rank from private.document_rights d where d.document_id = t.document_id and d.person_id = (select auth.uid())) r on true;
comment on view public.thread_list is 'Threads as the signed-in person sees them: with all that is said and decided in them, and what they may do.';
revoke all on public.thread_list from anon, authenticated;
grant select on public.thread_list to authenticated;

create function public.find_threads(document uuid, query public.short_text) returns setof uuid
language sql stable security invoker set search_path = ''
as $$
  select t.id from public.threads t where t.document_id = document
    and (exists (select 1 from public.comments c where c.thread_id = t.id and position(private.fold_text(trim(query)) in private.fold_text(c.body || ' ' || c.author_name)) > 0)
      or exists (select 1 from public.thread_ranges r where r.thread_id = t.id and position(private.fold_text(trim(query)) in private.fold_text(coalesce(r.quote, ''))) > 0))
$$;
comment on function public.find_threads is 'The threads of a document in whose words, quotes or names of authors some words are, whatever their case and marks.';
revoke execute on function public.find_threads from public, anon;
grant execute on function public.find_threads to authenticated;

-- Pages that show the document hear of it

create function private.announce_thread() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  row_now jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  thread uuid := coalesce(row_now ->> 'thread_id', row_now ->> 'id')::uuid;
  document uuid := coalesce(row_now ->> 'document_id', (select t.document_id from public.threads t where t.id = thread)::text)::uuid;
begin
  if document is not null then
    perform private.announce_live('document:' || document, tg_argv[0], thread);
  end if;
  return null;
end
$$;
create trigger announce_live after insert or update on public.threads for each row execute function private.announce_thread('thread');
create trigger announce_live after insert or delete on public.thread_ranges for each row execute function private.announce_thread('thread');
create trigger announce_live after insert or update on public.comments for each row execute function private.announce_thread('comment');

-- All about me: also what one said.

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
    'accessTokens', (select coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'scope', k.scope, 'createdAt', k.created_at, 'expiresAt', k.expires_at,
        'lastUsedAt', k.last_used_at, 'revokedAt', k.revoked_at)), '[]')
      from public.access_tokens k where k.person_id = auth.uid()),
    'mails', (select coalesce(jsonb_agg(jsonb_build_object('template', o.template, 'state', o.state, 'address', o.address, 'createdAt', o.created_at, 'endedAt', o.ended_at)), '[]')
      from public.outbox o where o.person_id = auth.uid() or lower(o.address) = (select lower(p.email) from public.people p where p.id = auth.uid()))
  ) where auth.uid() is not null
$$;
