-- What the search looks into is worked out by the server, in a thread, and only stored here: folding a million characters in
-- the database held its session for seconds. It follows from the texts, so no backup needs it and nobody but the search reads it.
create table private.document_search (
  document_id uuid primary key references public.documents (id) on delete cascade,
  folded text not null,
  words tsvector not null,
  refreshed_at timestamptz not null default now()
);
comment on table private.document_search is 'The text of each document without case and diacritics, as long as the text itself, and its words, without their places.';
-- A short list of what waits for the index: whoever fills it up puts all of it in order.
create index on private.document_search using gin (words) with (gin_pending_list_limit = 512);

insert into private.document_search (document_id, folded, words, refreshed_at)
  select document_id, folded, strip(search), refreshed_at from public.document_texts;
alter table public.document_texts drop column search, drop column folded;

create or replace function public.search_documents(workspace uuid, query public.short_text)
returns table (document_id uuid, in_title boolean, snippet text)
language sql stable security definer set search_path = ''
as $$
  -- Definer, because row level security would keep the planner from the text index; the last condition says what the reader may open.
  with words as (
    select word, ordinality from regexp_split_to_table(private.search_words(query), ' ') with ordinality as split (word, ordinality) where word <> '' limit 16
  ), terms as (
    select private.fold_text(trim(query)) as phrase, (select word from words order by ordinality limit 1) as first_word,
      (select string_agg(word || ':*', ' & ') from words) as prefixes
  ), hits as (
    -- Not "to_tsquery", which would take a word such as 1e5x apart: the stored words are those between what is neither letter nor digit.
    select s.document_id as id from private.document_search s, terms
      where terms.prefixes is not null and s.words @@ terms.prefixes::tsquery
    union
    select d.id from public.documents d, terms
      where d.workspace_id = workspace and terms.prefixes is not null
        and to_tsvector('simple', private.search_words(d.title)) @@ to_tsquery('simple', terms.prefixes)
  ), found as (
    select d.id, d.edited_at, t.text, to_tsvector('simple', private.search_words(d.title)) @@ to_tsquery('simple', terms.prefixes) as in_title,
      position(terms.phrase in s.folded) as phrase_at,
      position(' ' || terms.first_word in ' ' || translate(s.folded, E'\n\t', '  ')) as word_at
    from hits join public.documents d on d.id = hits.id left join public.document_texts t on t.document_id = d.id
      left join private.document_search s on s.document_id = d.id, terms
    where d.workspace_id = workspace and d.workspace_id in (select private.my_workspace_ids()) and d.id not in (select private.trashed_document_ids())
      and exists (select 1 from private.document_rights r where r.document_id = d.id and r.person_id = auth.uid())
  )
  select id, in_title, (
    select case when starts > 1 then '…' else '' end || substring(text from starts for 200) || case when length(text) >= starts + 200 then '…' else '' end
    from (select greatest(coalesce(nullif(phrase_at, 0), word_at) - 60, 1) as starts) place
    where phrase_at > 0 or word_at > 0)
  from found order by in_title desc, (phrase_at > 0) desc nulls last, edited_at desc limit 200
$$;
