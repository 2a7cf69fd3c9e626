-- When a person was in a text before this visit: what others changed since is what is new to them.

alter table public.document_visits add column previous_at timestamptz;
comment on column public.document_visits.visited_at is 'When the person last opened or left the document.';
comment on column public.document_visits.previous_at is 'When the visit before this one ended; null at the first.';
grant insert (previous_at), update (previous_at) on public.document_visits to authenticated;

drop function public.visit_document;
create function public.visit_document(document uuid, leaving boolean default false) returns timestamptz
language sql security invoker set search_path = ''
as $$
  -- Who comes back within ten minutes is still there: a reload makes nothing old.
  insert into public.document_visits as v (document_id, visited_at) values (document, now())
  on conflict (document_id, person_id) do update set visited_at = excluded.visited_at,
    previous_at = case when leaving or v.visited_at > now() - interval '10 minutes' then v.previous_at else v.visited_at end
  returning v.previous_at
$$;
comment on function public.visit_document is 'Notes that the signed-in person opened a document, or leaves it, and answers when they were there before this visit; refused for one they may not open.';
revoke execute on function public.visit_document from public, anon;
grant execute on function public.visit_document to authenticated;
