begin;
select plan(22);

select is(tests.who_may($$ select 1 from public.members where person_id = tests.person('reviewer') $$), 'owner secretary drafter codrafter reviewer viewer outsider', 'members see one another');
select is(tests.who_may($$ insert into public.members (workspace_id, person_id, agency_id, role) values (tests.workspace('city'), tests.person('stranger'), tests.agency('office'), 'member') $$), '',
  'nobody joins or is joined by hand');
select is(tests.who_may($$ update public.members set role = 'owner' where workspace_id = tests.workspace('city') and person_id = '{me}' $$), 'owner', 'nobody promotes themselves');
select is(tests.who_may($$ update public.members set agency_id = tests.agency('justice'), is_head = true where person_id = tests.person('viewer') $$), 'owner', 'owners move members');
select is(tests.who_may($$ update public.members set workspace_id = tests.workspace('elsewhere') where person_id = tests.person('viewer') $$), '', 'nobody carries a member to another workspace');
select is(tests.who_may($$ update public.members set person_id = tests.person('stranger') where person_id = tests.person('viewer') $$), '', 'nobody swaps the person of a membership');
select is(tests.who_may($$ delete from public.members where person_id = tests.person('viewer') $$), 'owner', 'owners remove members');

-- What the buttons say
select is(tests.who_may($$ select 1 from public.member_list where person_id = tests.person('viewer') and can_change and can_remove $$), 'owner', 'change and remove are offered to owners');
select is(tests.who_may($$ select 1 from public.member_list where person_id = tests.person('owner') and can_remove $$), '', 'the only owner cannot be removed');
select is(tests.who_may($$ select 1 from public.member_list where person_id = tests.person('viewer') and can_reset_password $$), 'owner', 'a new password is offered by owners');

-- Acting as the secretary
select tests.authenticate_as('secretary');
select is_empty($$ update public.members set role = 'secretary' where person_id = tests.person('viewer') returning 1 $$, 'a secretary promotes nobody');
select is_empty($$ delete from public.members where person_id = tests.person('viewer') returning 1 $$, 'a secretary removes nobody');
select tests.act_as_system();
select is((select role from public.members where person_id = tests.person('viewer')), 'member', 'the viewer is still a member');

-- Acting as the owner
select tests.authenticate_as('owner');
select throws_ok($$ update public.members set role = 'member' where person_id = tests.person('owner') $$, 'PL001', null, 'the last owner does not step down');
select throws_ok($$ delete from public.members where person_id = tests.person('owner') $$, 'PL001', null, 'the last owner does not leave');
select is_empty($$ update public.members set role = 'member' where person_id = tests.person('stranger') returning 1 $$, 'an owner changes nobody elsewhere');
select throws_ok($$ update public.members set agency_id = tests.agency('abroad') where person_id = tests.person('viewer') $$, '23503', null, 'a member speaks for an agency of the workspace');
select throws_ok($$ update public.members set role = 'king' where person_id = tests.person('viewer') $$, '23514', null, 'roles are owner, secretary and member');

-- Consequences of leaving
select lives_ok($$ update public.members set role = 'owner' where person_id = tests.person('secretary') $$, 'a second owner is made');
select lives_ok($$ update public.members set role = 'member' where person_id = tests.person('owner') $$, 'then the first may step down');
select tests.act_as_system();
select is(tests.who_may($$ update public.members set is_head = true where person_id = tests.person('viewer') $$), 'secretary', 'and rules no more');
delete from public.members where person_id = tests.person('viewer');
select is_empty($$ select 1 from public.document_access where person_id = tests.person('viewer') $$, 'personal shares go with the member');

select * from finish();
rollback;
