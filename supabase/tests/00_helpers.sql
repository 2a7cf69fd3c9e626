-- The stage for all plays: named people, two workspaces, three documents, and the means to act as somebody.
-- Loaded once; every play runs in a transaction that is rolled back.

create schema tests;

create function tests.person(name text) returns uuid language sql immutable as $$ select md5('person ' || name)::uuid $$;
create function tests.agency(name text) returns uuid language sql immutable as $$ select md5('agency ' || name)::uuid $$;
create function tests.workspace(name text) returns uuid language sql immutable as $$ select md5('workspace ' || name)::uuid $$;
create function tests.document(name text) returns uuid language sql immutable as $$ select md5('document ' || name)::uuid $$;

-- Everybody who can appear, in the order of what they may do.
create function tests.everybody() returns text[] language sql immutable
as $$ select array['owner', 'secretary', 'drafter', 'codrafter', 'reviewer', 'viewer', 'outsider', 'guest', 'stranger', 'anon'] $$;

create function tests.authenticate_as(name text) returns void language plpgsql
as $$
declare
  claims jsonb := case name when 'anon' then jsonb_build_object('role', 'anon') else jsonb_build_object('sub', tests.person(name), 'role', 'authenticated') end;
begin
  perform set_config('request.jwt.claims', claims::text, true);
  perform set_config('request.jwt.claim.sub', coalesce(claims ->> 'sub', ''), true);
  perform set_config('role', claims ->> 'role', true);
end
$$;

create function tests.act_as_system() returns void language plpgsql
as $$
begin
  perform set_config('role', 'none', true);
  perform set_config('request.jwt.claims', '', true);
  perform set_config('request.jwt.claim.sub', '', true);
end
$$;

-- Tries the statement as everybody, each time undone. Answers the names of those for whom it touched (or found) a row.
-- "{me}" in it stands for the id of whoever tries. Any refusal but a missing right, or a row that is hidden, fails the play: it would cover up a mistake.
create function tests.who_may(statement text) returns text language plpgsql
as $$
declare
  name text;
  touched integer;
  able text[] := '{}';
begin
  foreach name in array tests.everybody() loop
    begin
      perform tests.authenticate_as(name);
      execute replace(statement, '{me}', tests.person(name)::text);
      get diagnostics touched = row_count;
      raise exception using errcode = 'UNDO1';
    exception
      when sqlstate 'UNDO1' then
        if touched > 0 then able := able || name; end if;
      when insufficient_privilege or no_data_found then null;
    end;
  end loop;
  perform tests.act_as_system();
  return array_to_string(able, ' ');
end
$$;

insert into auth.users (id, email)
  select tests.person(name), name || '@plenum.test' from unnest(tests.everybody()) name where name <> 'anon';
insert into public.people (id, email, full_name)
  select tests.person(name), name || '@plenum.test', initcap(name) from unnest(tests.everybody()) name where name <> 'anon';

insert into public.workspaces (id, name, slug) values
  (tests.workspace('city'), 'City', 'city'),
  (tests.workspace('elsewhere'), 'Elsewhere', 'elsewhere');

insert into public.agencies (id, workspace_id, name, short_name, code)
  select tests.agency(name), tests.workspace('city'), initcap(name), name, upper(name) from unnest(array['office', 'science', 'justice', 'interior', 'academy', 'empty']) name;
insert into public.agencies (id, workspace_id, name, short_name, code) values (tests.agency('abroad'), tests.workspace('elsewhere'), 'Abroad', 'abroad', 'ABROAD');

insert into public.members (workspace_id, person_id, agency_id, role) values
  (tests.workspace('city'), tests.person('owner'), tests.agency('office'), 'owner'),
  (tests.workspace('city'), tests.person('secretary'), tests.agency('interior'), 'secretary'),
  (tests.workspace('city'), tests.person('drafter'), tests.agency('office'), 'member'),
  (tests.workspace('city'), tests.person('codrafter'), tests.agency('science'), 'member'),
  (tests.workspace('city'), tests.person('reviewer'), tests.agency('justice'), 'member'),
  (tests.workspace('city'), tests.person('viewer'), tests.agency('interior'), 'member'),
  (tests.workspace('city'), tests.person('outsider'), tests.agency('academy'), 'member'),
  (tests.workspace('elsewhere'), tests.person('stranger'), tests.agency('abroad'), 'owner');

-- "main" is led by the office; science drafts with it, justice comments, the viewer reads. "thrown" lies in the trash.
insert into public.documents (id, workspace_id, title, profile, kind, lead_agency_id, created_by) values
  (tests.document('main'), tests.workspace('city'), 'Nghị quyết về chuyển đổi số', 'nd30', 'resolution', tests.agency('office'), tests.person('drafter')),
  (tests.document('thrown'), tests.workspace('city'), 'Kế hoạch cũ', 'nd30', 'plan', tests.agency('office'), tests.person('drafter')),
  (tests.document('foreign'), tests.workspace('elsewhere'), 'Quyết định', 'nd30', 'decision', tests.agency('abroad'), tests.person('stranger'));

insert into public.document_access (workspace_id, document_id, agency_id, person_id, role) values
  (tests.workspace('city'), tests.document('main'), tests.agency('science'), null, 'editor'),
  (tests.workspace('city'), tests.document('main'), tests.agency('justice'), null, 'commenter'),
  (tests.workspace('city'), tests.document('main'), null, tests.person('viewer'), 'viewer'),
  (tests.workspace('city'), tests.document('thrown'), tests.agency('science'), null, 'editor');
-- The guest comments on "main", and is nothing else in the city.
insert into public.guests (workspace_id, person_id, organisation) values (tests.workspace('city'), tests.person('guest'), 'University');
insert into public.document_access (workspace_id, document_id, guest_id, role) values (tests.workspace('city'), tests.document('main'), tests.person('guest'), 'commenter');
insert into public.document_trashings (document_id, trashed_by) values (tests.document('thrown'), tests.person('drafter'));

insert into public.document_texts (document_id, text) values
  (tests.document('main'), 'Ủy ban nhân dân thành phố quyết nghị'),
  (tests.document('thrown'), 'Ủy ban nhân dân thành phố'),
  (tests.document('foreign'), 'Ủy ban nhân dân nơi khác');
insert into private.document_search (document_id, folded, words)
  select document_id, private.fold_text(text), to_tsvector('simple', private.search_words(text)) from public.document_texts;
insert into public.document_updates (document_id, epoch, bytes) values (tests.document('main'), 1, '\x00');
insert into public.document_snapshots (document_id, epoch, bytes) values (tests.document('main'), 1, '\x00');
insert into public.document_files (id, document_id, content_type, bytes) values (md5('file')::uuid, tests.document('main'), 'image/png', '\x89504e47');
insert into public.document_visits (document_id, person_id) values (tests.document('main'), tests.person('drafter')), (tests.document('main'), tests.person('viewer'));

-- A link from the owner to a second secretary, one from the secretary to a member, and one that is for the outsider's address.
insert into public.invitations (id, workspace_id, agency_id, role, email, expires_at, created_by) values
  (md5('open')::uuid, tests.workspace('city'), tests.agency('science'), 'member', null, now() + interval '7 days', tests.person('secretary')),
  (md5('secretary')::uuid, tests.workspace('city'), tests.agency('science'), 'secretary', null, now() + interval '7 days', tests.person('owner')),
  (md5('addressed')::uuid, tests.workspace('city'), tests.agency('science'), 'member', 'Newcomer@plenum.test', now() + interval '7 days', tests.person('owner'));
insert into public.invitation_links (token_hash, invitation_id)
  select private.token_hash(name || '-token'), md5(name)::uuid from unnest(array['open', 'secretary', 'addressed']) name;
-- Accounts without a place anywhere.
insert into auth.users (id, email) values (tests.person('newcomer'), 'newcomer@plenum.test'), (tests.person('passer-by'), 'passer-by@plenum.test');

grant usage on schema tests to anon, authenticated;
grant execute on all functions in schema tests to anon, authenticated;
