-- What the data API can reach bounds its input: a function that only columns and other functions use is not reached at
-- all, and the arguments of the others are of types that have a size. Long texts are still folded for search, by the server.

alter function public.fold_text(text) set schema private;
alter function public.search_words(text) set schema private;
alter function public.sort_key(text) set schema private;

create or replace function private.search_words(input text) returns text
language sql immutable parallel safe strict set search_path = ''
as $$ select trim(regexp_replace(private.fold_text(input), '[^a-z0-9]+', ' ', 'g')) $$;

create domain public.short_text as text check (length(value) <= 200);
comment on domain public.short_text is 'What a function of the data API takes as text: at most 200 characters.';

drop function public.invitation_preview(text);
create function public.invitation_preview(token public.short_text)
returns table (workspace_name text, workspace_slug text, agency_name text, role text, is_head boolean, email text, invited_by text, expires_at timestamptz, state text, joined boolean)
language sql stable security definer set search_path = ''
as $$
  select w.name, w.slug, a.name, i.role, i.is_head, i.email, p.full_name, i.expires_at,
    case when i.accepted_at is not null then 'used' when i.revoked_at is not null then 'revoked'
         when i.expires_at <= now() then 'expired' else 'open' end,
    exists (select 1 from public.members m where m.workspace_id = i.workspace_id and m.person_id = auth.uid())
  from public.invitations i
  join public.workspaces w on w.id = i.workspace_id
  join public.agencies a on a.id = i.agency_id
  join public.people p on p.id = i.created_by
  where i.token_hash = private.token_hash(token)
$$;
comment on function public.invitation_preview is 'What a link offers, for the person who holds it; no row when the token is unknown. "joined": the asker is a member already.';
revoke execute on function public.invitation_preview from public;
grant execute on function public.invitation_preview to anon, authenticated, service_role;

drop function public.accept_invitation(text, text, text);
create function public.accept_invitation(token public.short_text, full_name public.short_text default null, position_title public.short_text default null)
returns text
language plpgsql security definer set search_path = ''
as $$
declare
  invitation public.invitations;
  account_email text;
  slug text;
begin
  select u.email into account_email from auth.users u where u.id = auth.uid();
  if account_email is null then
    raise exception 'sign in before accepting an invitation' using errcode = '42501';
  end if;
  insert into public.people (id, email, full_name, position_title)
    values (auth.uid(), account_email, coalesce(nullif(trim(accept_invitation.full_name), ''), account_email), coalesce(accept_invitation.position_title, ''))
    on conflict (id) do nothing;
  -- A member who opens a link again comes home and leaves the link for whom it was made.
  select w.slug into slug from public.invitations i
    join public.members m on m.workspace_id = i.workspace_id and m.person_id = auth.uid()
    join public.workspaces w on w.id = i.workspace_id
    where i.token_hash = private.token_hash(token);
  if slug is not null then
    return slug;
  end if;
  -- One statement decides who uses the link, so two clicks at once cannot both succeed.
  update public.invitations i set accepted_at = now(), accepted_by = auth.uid()
    where i.token_hash = private.token_hash(token) and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
      and (i.email is null or lower(i.email) = lower(account_email))
    returning * into invitation;
  if invitation.id is null then
    raise exception 'this invitation is not open to you' using errcode = 'P0002';
  end if;
  insert into public.members (workspace_id, person_id, agency_id, role, is_head)
    values (invitation.workspace_id, auth.uid(), invitation.agency_id, invitation.role, invitation.is_head);
  return (select w.slug from public.workspaces w where w.id = invitation.workspace_id);
end
$$;
comment on function public.accept_invitation is 'Uses an invitation link as the signed-in person and answers the workspace slug; P0002 when the link is used, revoked, expired, unknown or meant for another address.';
revoke execute on function public.accept_invitation from public, anon;
grant execute on function public.accept_invitation to authenticated;

drop function public.offer_password_reset(uuid, text);
create function public.offer_password_reset(person uuid, token_hash public.short_text) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
declare
  until timestamptz := now() + interval '1 hour';
begin
  if not exists (select 1 from private.resettable_person_ids() id where id = person) then
    raise exception 'only an owner of every workspace of a person may offer a new password' using errcode = '42501';
  end if;
  -- A new link replaces the request and every earlier link.
  delete from public.password_resets r where r.person_id = person and r.used_at is null;
  insert into public.password_resets (person_id, offered_by, token_hash, expires_at) values (person, auth.uid(), offer_password_reset.token_hash, until);
  return until;
end
$$;
comment on function public.offer_password_reset is 'An owner answers a forgotten password with a link (its hash is given) valid for an hour; 42501 when the person also belongs to somebody else''s workspace.';
revoke execute on function public.offer_password_reset from public, anon;
grant execute on function public.offer_password_reset to authenticated;

drop function public.search_documents(uuid, text);
create function public.search_documents(workspace uuid, query public.short_text)
returns table (document_id uuid, in_title boolean, snippet text)
language sql stable security definer set search_path = ''
as $$
  -- Definer, because row level security would keep the planner from the text index; "mine" states what the reader may open.
  with words as (
    select word, ordinality from regexp_split_to_table(private.search_words(query), ' ') with ordinality as split (word, ordinality) where word <> '' limit 16
  ), terms as (
    select private.fold_text(trim(query)) as phrase, (select word from words order by ordinality limit 1) as first_word,
      (select string_agg(word || ':*', ' & ') from words) as prefixes
  ), mine as (
    select r.document_id from private.document_ranks(auth.uid()) r
    where r.document_id not in (select private.trashed_document_ids())
  ), hits as (
    select t.document_id as id from public.document_texts t, terms
      where terms.prefixes is not null and t.search @@ to_tsquery('simple', terms.prefixes)
    union
    select d.id from public.documents d, terms
      where d.workspace_id = workspace and terms.prefixes is not null
        and to_tsvector('simple', private.search_words(d.title)) @@ to_tsquery('simple', terms.prefixes)
  ), found as (
    select d.id, d.edited_at, t.text, to_tsvector('simple', private.search_words(d.title)) @@ to_tsquery('simple', terms.prefixes) as in_title,
      position(terms.phrase in t.folded) as phrase_at,
      position(' ' || terms.first_word in ' ' || translate(t.folded, E'\n\t', '  ')) as word_at
    from hits join public.documents d on d.id = hits.id left join public.document_texts t on t.document_id = d.id, terms
    where d.workspace_id = workspace and d.id in (select document_id from mine)
  )
  select id, in_title, (
    select case when starts > 1 then '…' else '' end || substring(text from starts for 200) || case when length(text) >= starts + 200 then '…' else '' end
    from (select greatest(coalesce(nullif(phrase_at, 0), word_at) - 60, 1) as starts) place
    where phrase_at > 0 or word_at > 0)
  from found order by in_title desc, (phrase_at > 0) desc nulls last, edited_at desc limit 200
$$;
comment on function public.search_documents is 'Documents outside the trash whose title or text holds every word of the query (or its beginning; the first 16 words count), diacritics folded; titles first, then exact phrases. The snippet is the text around the phrase or its first word, with … where it was cut; null when only the title has them.';
revoke execute on function public.search_documents from public, anon;
grant execute on function public.search_documents to authenticated;

drop function public.record_export(uuid, text);
create function public.record_export(document uuid, format public.short_text) returns void
language plpgsql security definer set search_path = ''
as $$
declare found public.documents;
begin
  select * into found from public.documents where id = document and id in (select private.my_document_ids(1));
  if found.id is null then
    raise exception 'no such document' using errcode = 'P0002';
  end if;
  perform private.record_event(found.workspace_id, 'exported', 'document', found.id, found.title, jsonb_build_object('format', left(format, 10)));
end
$$;
comment on function public.record_export is 'Notes an export in the audit trail before its bytes are sent; P0002 when the document is not visible.';
revoke execute on function public.record_export from public, anon;
grant execute on function public.record_export to authenticated;

-- Columns that are computed from the title would be computed before its check refuses it.
create function private.refuse_long_title() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if length(new.title) > 1000 then
    raise exception 'a title has at most 1000 characters' using errcode = '23514', constraint = 'documents_title_check';
  end if;
  return new;
end
$$;
create trigger refuse_long_title before insert or update of title on public.documents for each row execute function private.refuse_long_title();
