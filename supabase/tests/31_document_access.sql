begin;
select plan(19);

select is(tests.who_may($$ select 1 from public.document_access where document_id = tests.document('main') and agency_id = tests.agency('science') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'readers see who has access');
select is(tests.who_may($$ insert into public.document_access (workspace_id, document_id, agency_id, role) values (tests.workspace('city'), tests.document('main'), tests.agency('academy'), 'viewer') $$), 'owner secretary drafter', 'managers share with an agency');
select is(tests.who_may($$ insert into public.document_access (workspace_id, document_id, person_id, role) values (tests.workspace('city'), tests.document('main'), tests.person('outsider'), 'editor') $$), 'owner secretary drafter', 'and with a person');
select is(tests.who_may($$ insert into public.document_access (workspace_id, document_id, agency_id, role, granted_by) values (tests.workspace('city'), tests.document('main'), tests.agency('academy'), 'viewer', tests.person('owner')) $$), '', 'nobody shares in another''s name');
select is(tests.who_may($$ update public.document_access set role = 'editor' where document_id = tests.document('main') and agency_id = tests.agency('justice') $$), 'owner secretary drafter', 'managers change a role');
select is(tests.who_may($$ update public.document_access set agency_id = tests.agency('academy') where document_id = tests.document('main') and agency_id = tests.agency('justice') $$), '', 'nobody turns a share over to another');
select is(tests.who_may($$ delete from public.document_access where document_id = tests.document('main') and agency_id = tests.agency('justice') $$), 'owner secretary drafter', 'managers take a share back');
select is(tests.who_may($$ delete from public.document_access where person_id = '{me}' $$), '', 'nobody else does, not even for themselves');

-- With whom there is nothing to share
select is(tests.who_may($$ select 1 from public.document_managers where document_id = tests.document('main') and person_id = tests.person('drafter') $$), 'owner secretary drafter codrafter reviewer viewer', 'members who read a document see who manages it');
select tests.authenticate_as('viewer');
select set_eq($$ select person_id from public.document_managers where document_id = tests.document('main') $$,
  $$ select tests.person(name) from unnest(array['owner', 'secretary', 'drafter']) name $$, 'owners, secretaries and the lead agency do, whoever looks');
select tests.act_as_system();

-- Acting as the reviewer
select tests.authenticate_as('reviewer');
select is_empty($$ update public.document_access set role = 'editor' where agency_id = tests.agency('justice') returning 1 $$, 'a commenter does not make themselves an editor');
select tests.act_as_system();
select is((select role from public.document_access where document_id = tests.document('main') and agency_id = tests.agency('justice')), 'commenter', 'and is still one');

-- Acting as the drafter
select tests.authenticate_as('drafter');
select throws_ok($$ insert into public.document_access (workspace_id, document_id, person_id, role) values (tests.workspace('city'), tests.document('main'), tests.person('stranger'), 'viewer') $$, '23503', null, 'people of other workspaces are invited first');
select throws_ok($$ insert into public.document_access (workspace_id, document_id, agency_id, role) values (tests.workspace('city'), tests.document('main'), tests.agency('abroad'), 'viewer') $$, '23503', null, 'agencies of other workspaces too');
select throws_ok($$ insert into public.document_access (workspace_id, document_id, agency_id, person_id, role) values (tests.workspace('city'), tests.document('main'), tests.agency('academy'), tests.person('outsider'), 'viewer') $$, '23514', null, 'a share is with an agency or a person');
select throws_ok($$ insert into public.document_access (workspace_id, document_id, agency_id, role) values (tests.workspace('city'), tests.document('main'), tests.agency('science'), 'viewer') $$, '23505', null, 'once');
select throws_ok($$ update public.document_access set role = 'manager' where agency_id = tests.agency('science') and document_id = tests.document('main') $$, '23514', null, 'managing cannot be shared');

-- The better of two rights counts
insert into public.document_access (workspace_id, document_id, person_id, role) values (tests.workspace('city'), tests.document('main'), tests.person('reviewer'), 'editor');
select tests.act_as_system();
select is(public.document_role(tests.document('main'), tests.person('reviewer')), 'editor', 'a person''s own right stands beside the agency''s; the better one counts');
delete from public.members where person_id = tests.person('codrafter');
select is(public.document_role(tests.document('main'), tests.person('codrafter')), null, 'who left the workspace has no right, whatever the agency has');

select * from finish();
rollback;
