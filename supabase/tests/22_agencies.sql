begin;
select plan(20);

select is(tests.who_may($$ select 1 from public.agencies where id = tests.agency('justice') $$), 'owner secretary drafter codrafter reviewer viewer outsider guest', 'members see the agencies, a guest those in their document');
select is(tests.who_may($$ insert into public.agencies (workspace_id, name, short_name, code) values (tests.workspace('city'), 'New', 'N', 'N') $$), 'owner secretary', 'owners and secretaries add agencies');
select is(tests.who_may($$ insert into public.agencies (id, workspace_id, name, short_name, code) values (gen_random_uuid(), tests.workspace('city'), 'New', 'N', 'N') $$), '', 'nobody chooses the id of one');
select is(tests.who_may($$ update public.agencies set name = 'X', short_name = 'x', code = 'X', colour = '#123456', parent_id = tests.agency('office') where id = tests.agency('justice') $$),
  'owner secretary', 'owners and secretaries change them');
select is(tests.who_may($$ update public.agencies set workspace_id = tests.workspace('elsewhere') where id = tests.agency('empty') $$), '', 'nobody carries one to another workspace');
select is(tests.who_may($$ delete from public.agencies where id = tests.agency('empty') $$), 'owner', 'owners delete an unused one');

-- What the buttons say
select is(tests.who_may($$ select 1 from public.agency_list where id = tests.agency('empty') and can_edit $$), 'owner secretary', 'edit is offered to those who may');
select is(tests.who_may($$ select 1 from public.agency_list where id = tests.agency('empty') and can_delete $$), 'owner', 'delete is offered to those who may');
select is(tests.who_may($$ select 1 from public.agency_list where id in (tests.agency('office'), tests.agency('science'), tests.agency('academy')) and can_delete $$), '', 'delete is not offered while it is used');
select is(tests.who_may($$ select 1 from public.agency_list where id = tests.agency('office') and member_count = 2 $$), 'owner secretary drafter codrafter reviewer viewer outsider', 'members are counted');

-- Acting as the owner
select tests.authenticate_as('owner');
select throws_ok($$ delete from public.agencies where id = tests.agency('academy') $$, 'PL005', null, 'an agency with members stays');
select throws_ok($$ insert into public.agencies (workspace_id, name, short_name, code) values (tests.workspace('elsewhere'), 'X', 'X', 'X') $$, '42501', null, 'an owner adds nothing to another workspace');
select is_empty($$ update public.agencies set name = 'X' where id = tests.agency('abroad') returning 1 $$, 'an owner changes nothing in another workspace');
select throws_ok($$ update public.agencies set parent_id = tests.agency('abroad') where id = tests.agency('justice') $$, '23503', null, 'a parent is of the same workspace');
select throws_ok($$ insert into public.agencies (workspace_id, name, short_name, code) values (tests.workspace('city'), 'Office', 'O', 'O') $$, '23505', null, 'names are told apart');
select throws_ok($$ update public.agencies set colour = 'red' where id = tests.agency('justice') $$, '23514', null, 'a colour is six hexadecimal digits');
select lives_ok($$ update public.agencies set parent_id = tests.agency('office') where id = tests.agency('science') $$, 'an agency can stand under another');
select throws_ok($$ update public.agencies set parent_id = tests.agency('science') where id = tests.agency('office') $$, 'PL002', null, 'but not under its own child');
select throws_ok($$ update public.agencies set parent_id = id where id = tests.agency('office') $$, 'PL002', null, 'nor under itself');

select tests.act_as_system();
select is((select name from public.agencies where id = tests.agency('abroad')), 'Abroad', 'the agency elsewhere is as it was');

select * from finish();
rollback;
