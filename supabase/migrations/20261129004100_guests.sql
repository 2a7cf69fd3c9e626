-- Guests: people who are in a workspace only through an invitation to one object in it. They see that object and the people
-- who act in it, and nothing else: whatever asks for "my workspaces" means those of which one is a member. The first kind of
-- object is a document; later ones get a column beside invitations.document_id and document_access of their own.

create table public.guests (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  person_id uuid not null references public.people (id) on delete cascade,
  organisation text not null check (length(organisation) between 1 and 200),
  joined_at timestamptz not null default now(),
  primary key (workspace_id, person_id)
);
comment on table public.guests is 'A person from outside, and whom they speak for. The row goes with the last object to which they are invited.';
create index on public.guests (person_id);
alter table public.guests enable row level security;
revoke all on public.guests from anon, authenticated;
grant select, delete on public.guests to authenticated;

alter table public.document_access
  add column guest_id uuid,
  drop constraint document_access_check,
  add constraint document_access_one_subject check (num_nonnulls(agency_id, person_id, guest_id) = 1),
  add unique (document_id, guest_id),
  add foreign key (workspace_id, guest_id) references public.guests (workspace_id, person_id) on delete cascade;
comment on table public.document_access is 'What an agency, a person or a guest of the workspace may do with a document; an agency with editor is a co-drafting agency. Guests come by invitation only.';
create index on public.document_access (guest_id);

create or replace view private.grants as
  select person_id, workspace_id as ground, private.role_rank('manager') as rank, false as is_shared from public.members where role in ('owner', 'secretary')
  union all
  select person_id, agency_id, private.role_rank('manager'), false from public.members
  union all
  select m.person_id, a.document_id, private.role_rank(a.role), true from public.document_access a
    join public.members m on m.workspace_id = a.workspace_id and m.agency_id = a.agency_id
  union all
  select person_id, document_id, private.role_rank(role), true from public.document_access where person_id is not null
  union all
  select guest_id, document_id, private.role_rank(role), true from public.document_access where guest_id is not null;

create function private.my_guest_workspace_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$ select workspace_id from public.guests where person_id = auth.uid() $$;
comment on function private.my_guest_workspace_ids is 'Workspaces in which the signed-in person is a guest.';

create function private.my_fellow_guests() returns table (workspace_id uuid, person_id uuid)
language sql stable security definer set search_path = ''
as $$
  select a.workspace_id, a.guest_id from public.document_access a
  where a.guest_id is not null and a.document_id in (select r.document_id from private.document_rights r where r.person_id = auth.uid())
$$;
comment on function private.my_fellow_guests is 'Guests on the documents that the signed-in person may open.';

create function private.my_host_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select other.person_id from public.document_access mine join public.document_access other on other.document_id = mine.document_id
  where mine.guest_id = auth.uid() and other.person_id is not null
$$;
comment on function private.my_host_ids is 'Members who are named on the documents to which the signed-in guest is invited.';

create function private.my_host_agency_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select d.lead_agency_id from public.document_access mine join public.documents d on d.id = mine.document_id where mine.guest_id = auth.uid()
  union
  select other.agency_id from public.document_access mine join public.document_access other on other.document_id = mine.document_id
    where mine.guest_id = auth.uid() and other.agency_id is not null
$$;
comment on function private.my_host_agency_ids is 'Agencies that lead or share in the documents to which the signed-in guest is invited.';
grant execute on function private.my_guest_workspace_ids, private.my_fellow_guests, private.my_host_ids, private.my_host_agency_ids to authenticated, service_role;

create policy "guests are seen by those who share a document with them" on public.guests for select to authenticated
  using (person_id = (select auth.uid()) or (workspace_id, person_id) in (select f.workspace_id, f.person_id from private.my_fellow_guests() f));
create policy "owners and secretaries send guests away" on public.guests for delete to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])));

drop policy "members see their workspaces" on public.workspaces;
create policy "members and guests see their workspaces" on public.workspaces for select to authenticated
  using (id in (select private.my_workspace_ids()) or id in (select private.my_guest_workspace_ids()));
drop policy "members see the agencies of their workspaces" on public.agencies;
create policy "members see agencies, guests those in their documents" on public.agencies for select to authenticated
  using (workspace_id in (select private.my_workspace_ids()) or id in (select private.my_host_agency_ids()));
drop policy "people see themselves and their colleagues" on public.people;
create policy "people see themselves, their colleagues and who shares a document across the border" on public.people for select to authenticated
  using (id = (select auth.uid()) or id in (select private.my_colleague_ids())
    or id in (select f.person_id from private.my_fellow_guests() f) or id in (select private.my_host_ids()));

-- Coming and going.
create function private.settle_guest() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.document_access (workspace_id, document_id, person_id, role, granted_by)
    select workspace_id, document_id, guest_id, role, granted_by from public.document_access
    where workspace_id = new.workspace_id and guest_id = new.person_id;
  delete from public.guests where workspace_id = new.workspace_id and person_id = new.person_id;
  return null;
end
$$;
comment on function private.settle_guest is 'A guest who becomes a member keeps what they were invited to, as a person of the workspace.';
create trigger settle_guest after insert on public.members for each row execute function private.settle_guest();

create function private.forget_uninvited_guest() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  delete from public.guests g where g.workspace_id = old.workspace_id and g.person_id = old.guest_id
    and not exists (select 1 from public.document_access a where a.workspace_id = old.workspace_id and a.guest_id = old.guest_id);
  return null;
end
$$;
comment on function private.forget_uninvited_guest is 'Who is invited to nothing any more is no guest.';
create trigger forget_uninvited_guest after delete on public.document_access for each row when (old.guest_id is not null)
  execute function private.forget_uninvited_guest();

create or replace function private.end_sessions_of_the_departed() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if not exists (select 1 from public.members where person_id = old.person_id) and not exists (select 1 from public.guests where person_id = old.person_id) then
    delete from auth.sessions where user_id = old.person_id;
  end if;
  return null;
end
$$;
comment on function private.end_sessions_of_the_departed is 'Who belongs to no workspace any more, not even as a guest, is signed out.';
create trigger end_sessions_of_the_departed after delete on public.guests for each row execute function private.end_sessions_of_the_departed();

create or replace function private.resettable_person_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select place.person_id from (select person_id, workspace_id from public.members union all select person_id, workspace_id from public.guests) place
  where place.person_id <> auth.uid()
  group by place.person_id
  having bool_and(place.workspace_id in (select private.my_workspace_ids_as(array['owner'])))
$$;

-- Invitation links to one object. The maker is one who shares it.
alter table public.invitations
  alter column agency_id drop not null,
  add column document_id uuid,
  add column document_role text check (document_role in ('editor', 'commenter', 'viewer')),
  add column organisation text check (length(organisation) between 1 and 200),
  drop constraint invitations_role_check,
  add constraint invitations_role_check check (role in ('owner', 'secretary', 'member', 'guest')),
  add constraint invitations_to_one_thing check (case role
    when 'guest' then num_nonnulls(document_id, document_role, organisation) = 3 and agency_id is null and not is_head
    else num_nonnulls(document_id, document_role, organisation) = 0 and agency_id is not null end),
  add foreign key (workspace_id, document_id) references public.documents (workspace_id, id) on delete cascade;
comment on table public.invitations is 'A single-use link that makes its bearer a member, or a guest on one document; the SHA-256 of the token is kept, never the token.';
create index on public.invitations (document_id);
grant select (document_id, document_role, organisation), insert (document_id, document_role, organisation) on public.invitations to authenticated;

create function private.my_guest_invitation_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select i.id from public.invitations i join private.document_rights r on r.document_id = i.document_id
  where r.person_id = auth.uid() and r.rank = private.role_rank('manager')
$$;
comment on function private.my_guest_invitation_ids is 'Invitations to documents that the signed-in person manages.';
grant execute on function private.my_guest_invitation_ids to authenticated, service_role;

drop policy "owners and secretaries see invitations" on public.invitations;
create policy "owners and secretaries see invitations, managers those to their documents" on public.invitations for select to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])) or id in (select private.my_guest_invitation_ids()));
drop policy "owners invite anyone, secretaries invite members" on public.invitations;
create policy "owners invite anyone, secretaries members, managers guests" on public.invitations for insert to authenticated
  with check (
    created_by = (select auth.uid()) and accepted_at is null and accepted_by is null and revoked_at is null
    and case role
      when 'guest' then document_id not in (select private.trashed_document_ids())
        and exists (select 1 from private.document_rights r where r.document_id = invitations.document_id and r.person_id = (select auth.uid()) and r.rank = 4)
      when 'member' then workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary']))
      else workspace_id in (select private.my_workspace_ids_as(array['owner'])) end);
drop policy "owners revoke invitations, secretaries those of members" on public.invitations;
create policy "who may make an invitation may revoke it" on public.invitations for update to authenticated
  using (accepted_at is null
    and case role
      when 'guest' then id in (select private.my_guest_invitation_ids())
      when 'member' then workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary']))
      else workspace_id in (select private.my_workspace_ids_as(array['owner'])) end);

create function private.revoke_invitations_of_former_managers() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.invitations i set revoked_at = now()
    where i.workspace_id = old.workspace_id and i.document_id is not null and i.accepted_at is null and i.revoked_at is null
      and not exists (select 1 from private.document_rights r where r.document_id = i.document_id and r.person_id = i.created_by and r.rank = 4);
  return null;
end
$$;
comment on function private.revoke_invitations_of_former_managers is 'A link to a document does not outlive its maker''s right to share it.';
create trigger revoke_invitations_of_former_managers after update of role, agency_id or delete on public.members
  for each row execute function private.revoke_invitations_of_former_managers();
create trigger revoke_invitations_of_former_managers after update of lead_agency_id on public.documents
  for each row execute function private.revoke_invitations_of_former_managers();

create or replace function private.revoke_invitations_of_the_departed() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- A link outlives neither its maker's place in the workspace nor the right to make it; else a removed owner could walk back in.
  update public.invitations i set revoked_at = now()
    where i.workspace_id = old.workspace_id and i.created_by = old.person_id and i.accepted_at is null and i.revoked_at is null and i.role <> 'guest'
      and (tg_op = 'DELETE' or (new.role <> 'owner' and not (new.role = 'secretary' and i.role = 'member')));
  return null;
end
$$;

drop view public.invitation_list;
create view public.invitation_list with (security_invoker = true) as
  select i.id, i.workspace_id, i.agency_id, coalesce(a.name, i.organisation) as agency_name, a.short_name as agency_short_name, i.role, i.is_head, i.email, i.created_at, i.expires_at,
    i.document_id, d.title as document_title, i.document_role,
    i.created_by, maker.full_name as created_by_name, i.accepted_at, joined.full_name as accepted_by_name, i.revoked_at,
    case when i.accepted_at is not null then 'used' when i.revoked_at is not null then 'revoked' when i.expires_at <= now() then 'expired' else 'open' end as state,
    i.accepted_at is null and i.expires_at > now()
      and (i.role in ('member', 'guest') or i.workspace_id in (select private.my_workspace_ids_as(array['owner']))) as can_revoke
  from public.invitations i
  left join public.agencies a on a.id = i.agency_id
  left join public.documents d on d.id = i.document_id
  left join public.people maker on maker.id = i.created_by
  left join public.people joined on joined.id = i.accepted_by;
comment on view public.invitation_list is 'Invitation links with their state; agency_name is a guest''s organisation. can_revoke also covers taking a revocation back.';
grant select on public.invitation_list to authenticated;

drop function public.invitation_preview(public.short_text);
create function public.invitation_preview(token public.short_text)
returns table (workspace_name text, workspace_slug text, agency_name text, role text, is_head boolean, email text, invited_by text, expires_at timestamptz, state text, joined boolean,
  document_id uuid, document_title text, document_role text)
language sql stable security definer set search_path = ''
as $$
  select w.name, w.slug, coalesce(a.name, i.organisation), i.role, i.is_head, i.email, p.full_name, i.expires_at,
    case when i.accepted_at is not null then 'used' when i.revoked_at is not null then 'revoked'
         when i.expires_at <= now() then 'expired' else 'open' end,
    exists (select 1 from public.members m where m.workspace_id = i.workspace_id and m.person_id = auth.uid())
      or exists (select 1 from public.document_access g where g.document_id = i.document_id and g.guest_id = auth.uid()),
    i.document_id, d.title, i.document_role
  from public.invitations i
  join public.workspaces w on w.id = i.workspace_id
  left join public.agencies a on a.id = i.agency_id
  left join public.documents d on d.id = i.document_id
  left join public.people p on p.id = i.created_by
  where i.token_hash = private.token_hash(token)
$$;
comment on function public.invitation_preview is 'What a link offers, for the person who holds it; no row when the token is unknown. "joined": the asker has it already. agency_name is a guest''s organisation.';
revoke execute on function public.invitation_preview from public;
grant execute on function public.invitation_preview to anon, authenticated, service_role;

drop function public.accept_invitation(public.short_text, public.short_text, public.short_text);
create function public.accept_invitation(token public.short_text, full_name public.short_text default null, position_title public.short_text default null)
returns table (workspace_slug text, document_id uuid)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  invitation public.invitations;
  account_email text;
begin
  select u.email into account_email from auth.users u where u.id = auth.uid();
  if account_email is null then
    raise exception 'sign in before accepting an invitation' using errcode = '42501';
  end if;
  insert into public.people (id, email, full_name, position_title)
    values (auth.uid(), account_email, coalesce(nullif(trim(accept_invitation.full_name), ''), account_email), coalesce(accept_invitation.position_title, ''))
    on conflict (id) do nothing;
  -- Who has what a link offers comes home and leaves the link for whom it was made. So does a member who holds one for guests.
  return query select w.slug, case when public.document_role(i.document_id, auth.uid()) is not null then i.document_id end
    from public.invitations i join public.workspaces w on w.id = i.workspace_id
    where i.token_hash = private.token_hash(token)
      and (exists (select 1 from public.members m where m.workspace_id = i.workspace_id and m.person_id = auth.uid())
        or exists (select 1 from public.document_access g where g.document_id = i.document_id and g.guest_id = auth.uid()));
  if found then
    return;
  end if;
  -- One statement decides who uses the link, so two clicks at once cannot both succeed.
  update public.invitations i set accepted_at = now(), accepted_by = auth.uid()
    where i.token_hash = private.token_hash(token) and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
      and (i.email is null or lower(i.email) = lower(account_email))
    returning * into invitation;
  if invitation.id is null then
    raise exception 'this invitation is not open to you' using errcode = 'P0002';
  end if;
  if invitation.role = 'guest' then
    insert into public.guests (workspace_id, person_id, organisation) values (invitation.workspace_id, auth.uid(), invitation.organisation)
      on conflict (workspace_id, person_id) do nothing;
    insert into public.document_access (workspace_id, document_id, guest_id, role, granted_by)
      values (invitation.workspace_id, invitation.document_id, auth.uid(), invitation.document_role, invitation.created_by);
  else
    insert into public.members (workspace_id, person_id, agency_id, role, is_head)
      values (invitation.workspace_id, auth.uid(), invitation.agency_id, invitation.role, invitation.is_head);
  end if;
  return query select w.slug, invitation.document_id from public.workspaces w where w.id = invitation.workspace_id;
end
$$;
comment on function public.accept_invitation is 'Uses an invitation link as the signed-in person and answers where it leads: the workspace and, for guests, the document; P0002 when the link is used, revoked, expired, unknown or meant for another address.';
revoke execute on function public.accept_invitation from public, anon;
grant execute on function public.accept_invitation to authenticated;

create or replace function private.audit_change() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  row_now jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  document public.documents;
  subject text;
begin
  case tg_table_name
  when 'documents' then
    perform private.record_event((row_now ->> 'workspace_id')::uuid, case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'lead_changed' else 'deleted' end,
      'document', (row_now ->> 'id')::uuid, row_now ->> 'title',
      jsonb_build_object('subject', (select name from public.agencies where id = (row_now ->> 'lead_agency_id')::uuid)));
  when 'document_trashings' then
    select * into document from public.documents where id = (row_now ->> 'document_id')::uuid;
    perform private.record_event(document.workspace_id, case tg_op when 'INSERT' then 'trashed' else 'restored' end, 'document', document.id, document.title);
  when 'document_transitions' then
    select * into document from public.documents where id = new.document_id;
    perform private.record_event(document.workspace_id, 'moved', 'document', document.id, document.title, jsonb_build_object('state', new.state));
  when 'document_access' then
    select * into document from public.documents where id = (row_now ->> 'document_id')::uuid;
    select coalesce((select name from public.agencies where id = (row_now ->> 'agency_id')::uuid),
      (select full_name from public.people where id in ((row_now ->> 'person_id')::uuid, (row_now ->> 'guest_id')::uuid))) into subject;
    perform private.record_event(document.workspace_id, case tg_op when 'INSERT' then case when row_now ->> 'guest_id' is null then 'shared' else 'guest_joined' end when 'UPDATE' then 'access_changed' else 'access_removed' end,
      'document', document.id, document.title, jsonb_build_object('subject', subject, 'role', row_now ->> 'role'));
  when 'members' then
    select name into subject from public.agencies where id = (row_now ->> 'agency_id')::uuid;
    perform private.record_event((row_now ->> 'workspace_id')::uuid, case tg_op when 'INSERT' then 'joined' when 'UPDATE' then 'member_changed' else 'member_removed' end,
      'member', (row_now ->> 'person_id')::uuid, (select full_name from public.people where id = (row_now ->> 'person_id')::uuid),
      jsonb_build_object('role', row_now ->> 'role', 'subject', subject, 'head', row_now -> 'is_head',
        'role_before', case when tg_op = 'UPDATE' and old.role <> new.role then old.role end));
  when 'invitations' then
    perform private.record_event(new.workspace_id, case when tg_op = 'INSERT' then 'invited' when new.revoked_at is null then 'invitation_restored' else 'invitation_revoked' end,
      'invitation', new.id, new.email, jsonb_build_object('role', new.role, 'subject', coalesce((select name from public.agencies where id = new.agency_id), new.organisation)));
  when 'agencies' then
    perform private.record_event((row_now ->> 'workspace_id')::uuid, case tg_op when 'INSERT' then 'agency_added' when 'UPDATE' then 'agency_changed' else 'agency_deleted' end,
      'agency', (row_now ->> 'id')::uuid, row_now ->> 'name',
      jsonb_build_object('name_before', case when tg_op = 'UPDATE' and old.name <> new.name then old.name end));
  when 'workspaces' then
    perform private.record_event(new.id, case tg_op when 'INSERT' then 'workspace_created' else 'workspace_renamed' end, 'workspace', new.id, new.name,
      jsonb_build_object('name_before', case when tg_op = 'UPDATE' then old.name end));
  when 'password_resets' then
    perform private.record_event(m.workspace_id, case tg_op when 'INSERT' then 'password_offered' else 'password_reset' end, 'member', new.person_id, p.full_name)
      from public.members m join public.people p on p.id = m.person_id where m.person_id = new.person_id;
  end case;
  return null;
end
$$;

-- The library is for members.
create or replace function public.count_documents(workspace uuid)
returns table (total integer, mine integer, shared integer, drafting integer, consulting integer, appraisal integer, issued integer, trashed integer)
language sql stable security invoker set search_path = ''
as $$
  select count(*) filter (where kept), count(*) filter (where kept and is_mine), count(*) filter (where kept and is_shared),
    count(*) filter (where kept and state = 'drafting'), count(*) filter (where kept and state = 'consulting'),
    count(*) filter (where kept and state = 'appraisal'), count(*) filter (where kept and state = 'issued'), count(*) filter (where not kept)
  from (select state, is_mine, is_shared, not is_trashed as kept from public.document_list where workspace_id = workspace and workspace_id in (select private.my_workspace_ids())) listed
$$;

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
    where d.workspace_id = workspace and d.workspace_id in (select private.my_workspace_ids()) and d.id not in (select private.trashed_document_ids())
      and exists (select 1 from private.document_rights r where r.document_id = d.id and r.person_id = auth.uid())
  )
  select id, in_title, (
    select case when starts > 1 then '…' else '' end || substring(text from starts for 200) || case when length(text) >= starts + 200 then '…' else '' end
    from (select greatest(coalesce(nullif(phrase_at, 0), word_at) - 60, 1) as starts) place
    where phrase_at > 0 or word_at > 0)
  from found order by in_title desc, (phrase_at > 0) desc nulls last, edited_at desc limit 200
$$;
