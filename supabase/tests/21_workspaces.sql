begin;
select plan(11);

select is(tests.who_may($$ select 1 from public.workspaces where id = tests.workspace('city') $$), 'owner secretary drafter codrafter reviewer viewer outsider guest', 'members and guests see their workspace');
select is(tests.who_may($$ update public.workspaces set name = 'X' where id = tests.workspace('city') $$), 'owner', 'owners rename it');
select is(tests.who_may($$ update public.workspaces set slug = 'x' where id = tests.workspace('city') $$), '', 'nobody moves its address');
select is(tests.who_may($$ insert into public.workspaces (name, slug) values ('X', 'x') $$), '', 'nobody makes one by hand');
select is(tests.who_may($$ delete from public.workspaces where id = tests.workspace('city') $$), '', 'nobody deletes it');

-- The list of one's own workspaces
select is(tests.who_may($$ select 1 from public.workspace_list where slug = 'city' $$), 'owner secretary drafter codrafter reviewer viewer outsider', 'members have it in their list');
select is(tests.who_may($$ select 1 from public.workspace_list where slug = 'city' and can_rename and can_read_audit and can_watch_rooms and can_invite_any_role and can_set_retention $$), 'owner', 'its buttons for owners');
select is(tests.who_may($$ select 1 from public.workspace_list where slug = 'city' and can_invite and can_add_agency and can_choose_lead $$), 'owner secretary', 'its buttons for secretaries');
select is(tests.who_may($$ select 1 from public.workspace_list where slug = 'city' and (can_rename or can_read_audit or can_watch_rooms or can_invite or can_invite_any_role or can_add_agency or can_choose_lead or can_set_retention) $$), 'owner secretary', 'none for members');

select throws_ok($$ insert into public.workspaces (name, slug) values ('X', 'Not An Address') $$, '23514', null, 'an address is lower case without spaces');
select throws_ok($$ insert into public.workspaces (name, slug) values ('X', 'city') $$, '23505', null, 'an address is given once');

select * from finish();
rollback;
