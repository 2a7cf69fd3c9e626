begin;
select plan(34);

create function tests.last_event() returns text language sql as $$
  select concat_ws(' | ', person_name, verb, object_label, details ->> 'subject', details ->> 'role', details ->> 'state', details ->> 'format', details ->> 'name_before', details ->> 'role_before')
  from public.audit_events order by id desc limit 1
$$;

-- Who reads and who writes
select is(tests.who_may($$ select 1 from public.audit_events where workspace_id = tests.workspace('city') $$), 'owner', 'owners read the trail');
select is(tests.who_may($$ insert into public.audit_events (workspace_id, verb, object_type) values (tests.workspace('city'), 'x', 'document') $$), '', 'nobody writes into it');
select is(tests.who_may($$ update public.audit_events set verb = 'x' $$), '', 'nobody rewrites it');
select is(tests.who_may($$ delete from public.audit_events $$), '', 'nobody takes from it');
select throws_ok($$ update public.audit_events set verb = 'x' $$, '42501', null, 'not even the system rewrites it');
select throws_ok($$ delete from public.audit_events $$, '42501', null, 'nor takes from it');
select is(tests.who_may($$ select public.record_export(tests.document('main'), 'docx') $$), '', 'nobody notes an export by themselves');

select is(tests.who_may($$ select public.record_disconnection(tests.document('main')) $$), 'owner', 'owners leave a note when they disconnect a document');
select is(tests.who_may($$ select public.record_disconnection(tests.document('foreign')) $$), 'stranger', 'and only in their own workspace');

-- What is told: sharing
select tests.authenticate_as('drafter');
insert into public.document_access (workspace_id, document_id, agency_id, role) values (tests.workspace('city'), tests.document('main'), tests.agency('academy'), 'viewer');
select tests.act_as_system();
select is(tests.last_event(), 'Drafter | shared | Nghị quyết về chuyển đổi số | Academy | viewer', 'sharing: who, what, with whom, as what');
select tests.authenticate_as('drafter');
update public.document_access set role = 'editor' where agency_id = tests.agency('academy');
select tests.act_as_system();
select is(tests.last_event(), 'Drafter | access_changed | Nghị quyết về chuyển đổi số | Academy | editor', 'a changed role');
select tests.authenticate_as('drafter');
delete from public.document_access where agency_id = tests.agency('academy');
select tests.act_as_system();
select is(tests.last_event(), 'Drafter | access_removed | Nghị quyết về chuyển đổi số | Academy | editor', 'a share taken back');
select tests.authenticate_as('drafter');
select public.hand_over_document(tests.document('main'), tests.agency('science'));
select tests.act_as_system();
select is(tests.last_event(), 'Drafter | lead_changed | Nghị quyết về chuyển đổi số | Science', 'a lead handed over');
update public.documents set lead_agency_id = tests.agency('office') where id = tests.document('main');

select tests.authenticate_as('owner');
select public.record_disconnection(tests.document('main'));
select tests.act_as_system();
select is(tests.last_event(), 'Owner | disconnected | Nghị quyết về chuyển đổi số', 'everybody disconnected from a document');

-- Export, states, trash, deletion
select tests.authenticate_as('viewer');
set local role none;
select public.record_export(tests.document('main'), 'docx');
select throws_ok($$ select public.record_export(tests.document('foreign'), 'docx') $$, 'P0002', null, 'what one cannot see one cannot export');
select tests.act_as_system();
select is(tests.last_event(), 'Viewer | exported | Nghị quyết về chuyển đổi số | docx', 'an export and its format');
select tests.authenticate_as('drafter');
insert into public.document_transitions (document_id, state) values (tests.document('main'), 'issued');
select tests.act_as_system();
select is(tests.last_event(), 'Drafter | moved | Nghị quyết về chuyển đổi số | issued', 'a change of state');
select tests.authenticate_as('drafter');
insert into public.document_trashings (document_id) values (tests.document('main'));
select tests.act_as_system();
select is(tests.last_event(), 'Drafter | trashed | Nghị quyết về chuyển đổi số', 'a way into the trash');
select tests.authenticate_as('drafter');
delete from public.document_trashings where document_id = tests.document('main');
select tests.act_as_system();
select is(tests.last_event(), 'Drafter | restored | Nghị quyết về chuyển đổi số', 'and out of it');
select tests.authenticate_as('owner');
select public.delete_document(tests.document('thrown'), 'Twice');
select tests.act_as_system();
select is((select concat_ws(' | ', person_name, verb, object_label, details ->> 'reason') from public.audit_events where object_id = tests.document('thrown') order by id desc limit 1), 'Owner | deleted | Kế hoạch cũ | Twice', 'a deletion, with the title that is gone and the reason');

-- People, agencies, the workspace
select tests.authenticate_as('owner');
update public.members set role = 'secretary' where person_id = tests.person('viewer');
select tests.act_as_system();
select is(tests.last_event(), 'Owner | member_changed | Viewer | Interior | secretary | member', 'a promotion, from what to what');
select tests.authenticate_as('owner');
update public.members set role = 'secretary' where person_id = tests.person('viewer');
insert into public.invitations (workspace_id, agency_id, role, email, expires_at) values (tests.workspace('city'), tests.agency('science'), 'member', 'x@plenum.test', now() + interval '1 day');
select tests.act_as_system();
select is(tests.last_event(), 'Owner | invited | x@plenum.test | Science | member', 'an invitation; a change that changes nothing is not told');
select tests.authenticate_as('owner');
update public.invitations set revoked_at = now() where email = 'x@plenum.test';
select tests.act_as_system();
select is(tests.last_event(), 'Owner | invitation_revoked | x@plenum.test | Science | member', 'its revocation');
select tests.authenticate_as('owner');
update public.invitations set revoked_at = null where email = 'x@plenum.test';
select tests.act_as_system();
select is(tests.last_event(), 'Owner | invitation_restored | x@plenum.test | Science | member', 'and the revocation taken back');
select tests.authenticate_as('owner');
update public.agencies set name = 'Justice and peace' where id = tests.agency('justice');
select tests.act_as_system();
select is(tests.last_event(), 'Owner | agency_changed | Justice and peace | Justice', 'an agency renamed, and its former name');
select tests.authenticate_as('owner');
update public.workspaces set name = 'Metropolis' where id = tests.workspace('city');
select tests.act_as_system();
select is(tests.last_event(), 'Owner | workspace_renamed | Metropolis | City', 'a workspace renamed');
select tests.authenticate_as('owner');
select lives_ok($$ select public.offer_password_reset(tests.person('reviewer'), repeat('f', 64)) $$, 'the owner helps the reviewer');
select tests.act_as_system();
select is(tests.last_event(), 'Owner | password_offered | Reviewer', 'a link to somebody''s new password');
update public.password_resets set used_at = now() where person_id = tests.person('reviewer');
select is(tests.last_event(), ' | password_reset | Reviewer', 'and its use');
select tests.authenticate_as('newcomer');
select is((select workspace_slug from public.accept_invitation('open-token', 'Newcomer')), 'city', 'the newcomer comes in');
select tests.act_as_system();
select is(tests.last_event(), 'Newcomer | joined | Newcomer | Science | member', 'a new member');
select tests.authenticate_as('owner');
delete from public.members where person_id = tests.person('newcomer');
select tests.act_as_system();
select is(tests.last_event(), 'Owner | member_removed | Newcomer | Science | member', 'and their removal');

-- The trail outlives the people in it, not the workspace
delete from auth.users where id = tests.person('drafter');
select isnt_empty($$ select 1 from public.audit_events where person_name = 'Drafter' and verb = 'shared' $$, 'what a person did stays when the account goes');
delete from public.workspaces where id = tests.workspace('city');
select is_empty($$ select 1 from public.audit_events where workspace_id = tests.workspace('city') $$, 'a deleted workspace takes its trail along');

select * from finish();
rollback;
