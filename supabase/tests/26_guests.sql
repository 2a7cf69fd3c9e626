begin;
select plan(55);

-- What a guest sees beside their document: nothing
select tests.authenticate_as('guest');
select is_empty($$ select 1 from public.members $$, 'a guest sees no member');
select is_empty($$ select 1 from public.member_list $$, 'nor the list of members');
select is_empty($$ select 1 from public.workspace_list $$, 'no workspace of their own');
select results_eq($$ select slug from public.workspaces $$, $$ values ('city') $$, 'but the name of the one they are in');
select results_eq($$ select id from public.documents $$, $$ values (tests.document('main')) $$, 'one document');
select results_eq($$ select id, role, can_edit, can_share, can_trash, is_mine from public.document_list $$, $$ values (tests.document('main'), 'commenter', false, false, false, false) $$, 'with what they may do in it');
select set_eq($$ select id from public.agencies $$, $$ values (tests.agency('office')), (tests.agency('science')), (tests.agency('justice')) $$, 'the agencies that lead it or share in it');
select set_eq($$ select id from public.people $$, $$ values (tests.person('guest')), (tests.person('viewer')) $$, 'themselves and who is named on it');
select results_eq($$ select person_id from public.guests $$, $$ values (tests.person('guest')) $$, 'themselves as a guest');
select is_empty($$ select 1 from public.invitations $$, 'no invitation');
select is_empty($$ select 1 from public.audit_events $$, 'no trail');
select is_empty($$ select 1 from public.document_trashings $$, 'no trash');
select is_empty($$ select 1 from public.search_documents(tests.workspace('city'), 'uy ban') $$, 'the search finds nothing');
select results_eq($$ select total, shared from public.count_documents(tests.workspace('city')) $$, $$ values (0, 0) $$, 'and nothing is counted');
select is_empty($$ select 1 from public.jobs $$, 'no jobs');
select throws_ok($$ insert into public.documents (workspace_id, title, profile, kind, lead_agency_id) values (tests.workspace('city'), 'X', 'nd30', 'plan', tests.agency('office')) $$, '42501', null, 'a guest begins nothing');
select throws_ok($$ insert into public.document_access (workspace_id, document_id, person_id, role) values (tests.workspace('city'), tests.document('main'), tests.person('outsider'), 'viewer') $$, '42501', null, 'shares nothing');
select is_empty($$ update public.document_access set role = 'editor' where guest_id = tests.person('guest') returning 1 $$, 'raises no role');
select tests.act_as_system();
select is((select role from public.document_access where guest_id = tests.person('guest')), 'commenter', 'and still comments');
insert into public.document_trashings (document_id) values (tests.document('main'));
select tests.authenticate_as('guest');
select is_empty($$ select 1 from public.documents $$, 'what lies in the trash is out of their sight');
select tests.act_as_system();
delete from public.document_trashings where document_id = tests.document('main');

-- Who sees the guest
select is(tests.who_may($$ select 1 from public.guests where person_id = tests.person('guest') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'a guest is seen by those who share the document');
select is(tests.who_may($$ select 1 from public.guest_list where person_id = tests.person('guest') $$), 'owner secretary drafter codrafter reviewer viewer', 'members list them, guests list nobody');
select is(tests.who_may($$ select 1 from public.guest_list where can_remove $$), 'owner secretary', 'whom owners and secretaries may send away');
select is(tests.who_may($$ select 1 from public.people where id = tests.person('guest') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'with their name');
select is(tests.who_may($$ insert into public.guests (workspace_id, person_id, organisation) values (tests.workspace('city'), tests.person('stranger'), 'X') $$), '', 'nobody makes guests by hand');
select is(tests.who_may($$ update public.guests set organisation = 'X' $$), '', 'nor changes them');
select is(tests.who_may($$ delete from public.guests where person_id = tests.person('guest') $$), 'owner secretary', 'owners and secretaries send them away');
select is(tests.who_may($$ insert into public.document_access (workspace_id, document_id, guest_id, role) values (tests.workspace('city'), tests.document('thrown'), tests.person('guest'), 'viewer') $$), '', 'guests come by invitation only');
select is(tests.who_may($$ update public.document_access set role = 'viewer' where guest_id = tests.person('guest') $$), 'owner secretary drafter', 'managers change their role');
select is(tests.who_may($$ delete from public.document_access where guest_id = tests.person('guest') $$), 'owner secretary drafter', 'and take it back');

-- Inviting
create temporary table made (statement text) on commit drop;
insert into made values ($$ insert into public.invitations (workspace_id, role, organisation, document_id, document_role, expires_at) values (tests.workspace('city'), 'guest', 'Press', tests.document('%s'), 'viewer', now() + interval '7 days') $$);
select is(tests.who_may((select format(statement, 'main') from made)), 'owner secretary drafter', 'managers invite to their document');
select is(tests.who_may((select format(statement, 'thrown') from made)), '', 'nobody to one in the trash');
select tests.authenticate_as('stranger');
select throws_ok($$ insert into public.invitations (workspace_id, role, organisation, document_id, document_role, expires_at)
  values (tests.workspace('city'), 'guest', 'Press', tests.document('foreign'), 'viewer', now() + interval '7 days') $$, '23503', null, 'a document is of the workspace that the link is for');
select tests.act_as_system();
select throws_ok($$ insert into public.invitations (workspace_id, role, agency_id, document_id, document_role, expires_at, created_by)
  values (tests.workspace('city'), 'member', tests.agency('office'), tests.document('main'), 'viewer', now() + interval '1 day', tests.person('owner')) $$, '23514', null, 'a member is not invited to one document');
insert into public.invitations (id, workspace_id, role, organisation, document_id, document_role, expires_at, created_by) values
  (md5('press')::uuid, tests.workspace('city'), 'guest', 'Press', tests.document('main'), 'viewer', now() + interval '7 days', tests.person('drafter')),
  (md5('radio')::uuid, tests.workspace('city'), 'guest', 'Radio', tests.document('main'), 'editor', now() + interval '7 days', tests.person('drafter'));
insert into public.invitation_links (token_hash, invitation_id) select private.token_hash(name || '-token'), md5(name)::uuid from unnest(array['press', 'radio']) name;
select is(tests.who_may($$ insert into public.invitation_links (token_hash, invitation_id) values (repeat('a', 64), md5('press')::uuid) $$), 'owner secretary drafter', 'managers make links to their document');
select is(tests.who_may($$ select id from public.invitations where id = md5('press')::uuid $$), 'owner secretary drafter', 'managers see the links to their document');
select is(tests.who_may($$ update public.invitations set revoked_at = now() where id = md5('press')::uuid $$), 'owner secretary drafter', 'and revoke them');
select is(tests.who_may($$ select 1 from public.invitation_list where id = md5('press')::uuid and can_revoke and agency_name = 'Press' and document_title is not null $$), 'owner secretary drafter', 'which is offered to them');

-- Using
select tests.authenticate_as('passer-by');
select results_eq($$ select role, agency_name, document_title, document_role, state, joined from public.invitation_preview('press-token') $$,
  $$ values ('guest', 'Press', 'Nghị quyết về chuyển đổi số', 'viewer', 'open', false) $$, 'the link says what it opens');
select results_eq($$ select workspace_slug, document_id from public.accept_invitation('press-token', 'Reporter') $$, $$ values ('city', tests.document('main')) $$, 'and opens it');
select results_eq($$ select id, role from public.document_list $$, $$ values (tests.document('main'), 'viewer') $$, 'with the role of the link');
select results_eq($$ select workspace_slug, document_id from public.accept_invitation('radio-token') $$, $$ values ('city', tests.document('main')) $$, 'who has it already comes home');
select tests.act_as_system();
select is((select accepted_at from public.invitations where id = md5('radio')::uuid), null, 'and leaves the other link');
select is((select string_agg(verb || ' ' || person_name, ', ' order by id) from public.audit_events where object_id = tests.document('main') and verb = 'guest_joined' and person_name <> ''), 'guest_joined Reporter', 'the trail names the guest');
select tests.authenticate_as('outsider');
select results_eq($$ select workspace_slug, document_id from public.accept_invitation('radio-token') $$, $$ values ('city', null::uuid) $$, 'a member is no guest at home');
select tests.act_as_system();
select is_empty($$ select 1 from public.document_access where coalesce(guest_id, person_id) = tests.person('outsider') $$, 'and gets nothing by a link for others');

-- A link does not outlive its maker's right to share
update public.members set agency_id = tests.agency('academy') where person_id = tests.person('drafter');
select isnt((select revoked_at from public.invitations where id = md5('radio')::uuid), null, 'who leaves the lead agency takes the open link along');
update public.members set agency_id = tests.agency('office') where person_id = tests.person('drafter');
update public.invitations set revoked_at = null where id = md5('radio')::uuid;
update public.documents set lead_agency_id = tests.agency('science') where id = tests.document('main');
select isnt((select revoked_at from public.invitations where id = md5('radio')::uuid), null, 'so does who hands over the lead');

-- Coming in for good, and going
insert into public.members (workspace_id, person_id, agency_id, role) values (tests.workspace('city'), tests.person('guest'), tests.agency('academy'), 'member');
select is_empty($$ select 1 from public.guests where person_id = tests.person('guest') $$, 'a guest who becomes a member is none any more');
select is(public.document_role(tests.document('main'), tests.person('guest')), 'commenter', 'and keeps what they were invited to');
insert into auth.sessions (id, user_id) values (md5('press session')::uuid, tests.person('passer-by'));
delete from public.document_access where guest_id = tests.person('passer-by');
select is_empty($$ select 1 from public.guests where person_id = tests.person('passer-by') $$, 'who is invited to nothing any more is gone');
select is_empty($$ select 1 from auth.sessions where id = md5('press session')::uuid $$, 'and signed out');
select is(public.document_role(tests.document('main'), tests.person('passer-by')), null, 'without a right');
select isnt_empty($$ select 1 from public.people where id = tests.person('passer-by') and full_name = 'Reporter' $$, 'but known by name');

-- A guest elsewhere is nobody's to help with a password
insert into public.guests (workspace_id, person_id, organisation) values (tests.workspace('elsewhere'), tests.person('viewer'), 'City');
select is(tests.who_may($$ select public.offer_password_reset(tests.person('viewer'), repeat('e', 64)) $$), '', 'the owner of one workspace does not get into another through an account');

select * from finish();
rollback;
