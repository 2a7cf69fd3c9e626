begin;
select plan(16);

insert into public.password_resets (person_id) values (tests.person('viewer')), (tests.person('stranger'));

select is(tests.who_may($$ select 1 from public.password_resets $$), '', 'nobody reads the requests');
select is(tests.who_may($$ insert into public.password_resets (person_id) values ('{me}') $$), '', 'nobody adds one by hand');
select is(tests.who_may($$ update public.password_resets set used_at = null $$), '', 'nobody changes one');
select is(tests.who_may($$ delete from public.password_resets $$), '', 'nobody deletes one');
select is(tests.who_may($$ select 1 from public.list_password_requests() where person_id = tests.person('viewer') $$), 'owner', 'the owner sees who forgot');
select is(tests.who_may($$ select 1 from public.list_password_requests() where person_id = tests.person('stranger') $$), '', 'but not of people elsewhere');
select is(tests.who_may($$ select public.offer_password_reset(tests.person('viewer'), repeat('a', 64)) $$), 'owner', 'the owner offers a new password');
select is(tests.who_may($$ select public.offer_password_reset('{me}', repeat('a', 64)) $$), '', 'nobody gets around their own present password');

-- Somebody who also belongs elsewhere
insert into public.members (workspace_id, person_id, agency_id, role) values (tests.workspace('elsewhere'), tests.person('viewer'), tests.agency('abroad'), 'member');
select is(tests.who_may($$ select public.offer_password_reset(tests.person('viewer'), repeat('a', 64)) $$), '', 'no owner gets into an account through one of two workspaces');
select is(tests.who_may($$ select 1 from public.list_password_requests() $$), '', 'nor hears of the request');
delete from public.members where workspace_id = tests.workspace('elsewhere') and person_id = tests.person('viewer');

-- Acting as the owner
select tests.authenticate_as('owner');
select throws_ok($$ select public.offer_password_reset(tests.person('stranger'), repeat('a', 64)) $$, '42501', null, 'the owner does not reach people elsewhere');
select lives_ok($$ select public.offer_password_reset(tests.person('viewer'), repeat('a', 64)) $$, 'the owner answers the viewer');
select is_empty($$ select 1 from public.list_password_requests() $$, 'the request is answered');
select lives_ok($$ select public.offer_password_reset(tests.person('viewer'), repeat('b', 64)) $$, 'the owner answers again');
select tests.act_as_system();
select results_eq($$ select token_hash, offered_by, expires_at > now() + interval '59 minutes', expires_at <= now() + interval '1 hour' from public.password_resets where person_id = tests.person('viewer') $$,
  $$ values (repeat('b', 64), tests.person('owner'), true, true) $$, 'one link stands, for an hour');
select is((select count(*) from public.password_resets where person_id = tests.person('stranger') and token_hash is not null), 0::bigint, 'the stranger has none');

select * from finish();
rollback;
