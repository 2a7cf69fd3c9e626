-- Who is named in a comment, answered, given a thread or told that theirs is settled hears of it; what is given to somebody is their work.

alter table public.notices add column thread_id uuid references public.threads (id) on delete cascade;
comment on column public.notices.thread_id is 'The thread that the notice is about, in the document.';
create index on public.notices (thread_id);
grant select (thread_id) on public.notices to authenticated;

alter table public.notices drop constraint notices_kind_check,
  add constraint notices_kind_check check (kind in ('document-shared', 'comment-mention', 'comment-answer', 'thread-assigned', 'thread-resolved')),
  add check ((thread_id is null) = (kind = 'document-shared'));
alter table public.notice_choices drop constraint notice_choices_kind_check,
  add constraint notice_choices_kind_check check (kind in ('document-shared', 'comment-mention', 'comment-answer', 'thread-assigned', 'thread-resolved'));

create or replace function private.usual_channel(kind text) returns text
language sql immutable set search_path = ''
as $$ select case when kind in ('document-shared', 'comment-mention', 'comment-answer', 'thread-assigned', 'thread-resolved') then 'application' end $$;

create or replace view public.notice_list with (security_invoker = true) as
  select n.id, n.workspace_id, n.kind, n.role, n.actor_name, n.actor_agency, n.actor_colour, n.made_at, n.read_at, n.document_id, d.title as document_title, n.thread_id
  from public.notices n left join public.documents d on d.id = n.document_id;

-- Tells these people, whom they are told by, but for who does it and who does not see the thread's words.
create function private.tell_of_thread(thread uuid, told uuid[], about text, actor uuid) returns void
language sql volatile security definer set search_path = ''
as $$
  insert into public.notices (workspace_id, person_id, kind, document_id, thread_id, actor_id, actor_name, actor_agency, actor_colour, channel)
    select d.workspace_id, person.id, about, d.id, t.id, actor, w.name, w.agency, w.colour, coalesce(choice.channel, private.usual_channel(about))
    from public.threads t
    join public.documents d on d.id = t.document_id
    cross join lateral private.words_of_day(actor, d.id) w
    cross join (select distinct unnest(told) as id) person
    left join public.notice_choices choice on choice.person_id = person.id and choice.kind = about
    where t.id = thread and person.id is distinct from actor and coalesce(choice.channel, '') <> 'never'
      and exists (select 1 from private.document_rights r where r.document_id = d.id and r.person_id = person.id and (r.rank = 4 or not t.is_hidden))
$$;
comment on function private.tell_of_thread is 'Makes notices about a thread for people who see it and want to hear of such a thing.';

create function private.mentioned_in(words text, thread uuid) returns uuid[]
language sql stable security definer set search_path = ''
as $$
  select coalesce(array_agg(distinct coalesce(m.person_id, named.id)), '{}')
  from (select found[1] as kind, found[2]::uuid as id
    from regexp_matches(words, '@\[[^\]\n]{1,200}\]\((person|agency):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)', 'g') found limit 50) named
  left join public.threads t on t.id = thread
  left join public.documents d on d.id = t.document_id
  left join public.members m on named.kind = 'agency' and m.agency_id = named.id and m.workspace_id = d.workspace_id
  where named.kind = 'person' or m.person_id is not null
$$;
comment on function private.mentioned_in is 'Whom a comment names: `@[name](person:ID)` one, `@[name](agency:ID)` the members of an agency; the first 50 names count.';

create function private.notice_comment() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  named uuid[] := private.mentioned_in(new.body, new.thread_id);
  part uuid[];
begin
  if tg_op = 'UPDATE' then
    -- Who was named before has heard of it.
    perform private.tell_of_thread(new.thread_id,
      array(select unnest(named) except select unnest(private.mentioned_in(old.body, old.thread_id))), 'comment-mention', new.author_id);
    return null;
  end if;
  perform private.tell_of_thread(new.thread_id, named, 'comment-mention', new.author_id);
  select array_agg(distinct person) into part from (
    select c.author_id as person from public.comments c where c.thread_id = new.thread_id
    union select t.assignee_id from public.threads t where t.id = new.thread_id) taking
    where person is not null and person <> all (named);
  perform private.tell_of_thread(new.thread_id, part, 'comment-answer', new.author_id);
  return null;
end
$$;
create trigger notice_comment after insert on public.comments for each row execute function private.notice_comment();
create trigger notice_changed_comment after update of body on public.comments for each row
  when (new.deleted_at is null and new.body <> old.body) execute function private.notice_comment();

create function private.notice_decision() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.kind = 'assigned' and new.assignee_id is not null then
    perform private.tell_of_thread(new.thread_id, array[new.assignee_id], 'thread-assigned', new.decided_by);
  elsif new.kind = 'resolved' then
    perform private.tell_of_thread(new.thread_id,
      array(select c.author_id from public.comments c where c.thread_id = new.thread_id and c.author_id is not null), 'thread-resolved', new.decided_by);
  end if;
  return null;
end
$$;
create trigger notice_decision after insert on public.thread_decisions for each row execute function private.notice_decision();

-- Whom one can name in a comment on a document, or give a thread to

create function public.document_people(document uuid, query public.short_text default '') returns table (type text, id uuid, name text, detail text, colour text, can_answer boolean)
language sql stable security definer set search_path = ''
as $$
  with sees as materialized (
    select r.person_id, max(r.rank) as rank from private.document_rights r where r.document_id = document group by r.person_id
  ), known as (
    select 'person' as type, p.id, p.full_name as name, concat_ws(' · ', nullif(p.position_title, ''), coalesce(a.short_name, g.organisation)) as detail, a.colour, s.rank >= 2 as can_answer
    from sees s
    join public.documents d on d.id = document
    join public.people p on p.id = s.person_id
    left join public.members m on m.person_id = p.id and m.workspace_id = d.workspace_id
    left join public.agencies a on a.id = m.agency_id
    left join public.guests g on g.person_id = p.id and g.workspace_id = d.workspace_id
    union all
    select 'agency', a.id, a.name, a.short_name, a.colour, false
    from public.agencies a
    where exists (select 1 from public.members m join sees s on s.person_id = m.person_id where m.agency_id = a.id)
  )
  select k.type, k.id, k.name, k.detail, k.colour, k.can_answer from known k
  where exists (select 1 from sees s where s.person_id = auth.uid()) and document not in (select private.trashed_document_ids())
    and (trim(query) = '' or position(private.fold_text(trim(query)) in private.fold_text(k.name || ' ' || k.detail)) > 0)
  order by k.type desc, k.name limit 50
$$;
comment on function public.document_people is 'People and agencies who see a document, for who sees it too: whom one may name in a comment, and (`can_answer`) give a thread to. At most 50.';
revoke execute on function public.document_people from public, anon;
grant execute on function public.document_people to authenticated;

-- What was given to somebody is their work

create view public.work_threads with (security_invoker = true) as
  select 'thread-assigned'::text as kind, d.workspace_id, 'thread'::text as object_type, t.id as object_id, d.title,
    coalesce((select r.number_then from public.thread_ranges r where r.thread_id = t.id order by r.nth limit 1), '') as note,
    'open'::text as state, coalesce((select max(x.decided_at) from public.thread_decisions x where x.thread_id = t.id and x.kind = 'assigned'), t.opened_at) as since,
    null::timestamptz as due_at, d.id as document_id
  from public.threads t join public.documents d on d.id = t.document_id
  where t.assignee_id = (select auth.uid()) and not t.is_resolved;
comment on view public.work_threads is 'Open threads that were given to the person.';

create or replace view public.work_list with (security_invoker = true) as
  select w.*, w.object_id as document_id from public.work_documents w union all select w.*, null::uuid from public.work_invitations w
  union all select w.* from public.work_threads w;
revoke all on public.work_threads from anon, authenticated;
grant select on public.work_threads to authenticated;
