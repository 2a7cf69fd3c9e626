-- A thread in which nothing is said any more is settled by who took the last words away, and a decision says to whom a thread was given.

create or replace function public.delete_comment(comment uuid) returns void
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
  if not exists (select 1 from public.comments c where c.thread_id = found.thread_id and c.deleted_at is null)
    and exists (select 1 from public.threads t where t.id = found.thread_id and not t.is_resolved)
    and not exists (select 1 from public.proposals p where p.thread_id = found.thread_id) then
    insert into public.thread_decisions (thread_id, kind, decided_by) values (found.thread_id, 'resolved', auth.uid());
  end if;
end
$$;

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
    'decisions', (select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'sentence', d.sentence, 'at', d.decided_at, 'assignee', (select p.full_name from public.people p where p.id = d.assignee_id),
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
