begin;
select plan(20);

-- Seeing people
select is(tests.who_may($$ select 1 from public.people where id = tests.person('viewer') $$), 'owner secretary drafter codrafter reviewer viewer outsider guest',
  'colleagues see one another, a guest whoever is named on their document, strangers nobody');
select is(tests.who_may($$ select 1 from public.people where id = '{me}' $$), 'owner secretary drafter codrafter reviewer viewer outsider guest stranger',
  'everybody sees themselves');

-- Seeing addresses
select is(tests.who_may($$ select email from public.people $$), '', 'nobody reads addresses past the list of members');
select is(tests.who_may($$ select 1 from public.member_list where person_id = '{me}' and email is not null $$), 'owner secretary drafter codrafter reviewer viewer outsider stranger', 'everybody has their own');
select is(tests.who_may($$ select 1 from public.member_list where person_id = tests.person('outsider') and email is not null $$), 'owner secretary outsider', 'owners and secretaries those of all members');
select is(tests.who_may($$ select 1 from public.member_list where person_id = tests.person('reviewer') and email is not null $$), 'owner secretary drafter codrafter reviewer viewer', 'members those of whoever shares a document with them');
select is(tests.who_may($$ select 1 from public.member_list where person_id = tests.person('owner') and email is not null $$), 'owner secretary drafter codrafter reviewer viewer', 'who manages it is one of these');
select is(tests.who_may($$ select 1 from public.member_list where person_id = tests.person('outsider') and full_name = 'Outsider' $$), 'owner secretary drafter codrafter reviewer viewer outsider', 'names are for all members');
select is(tests.who_may($$ select 1 from private.addresses where person_id = tests.person('guest') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'a guest is reached by those who work with them');
select is(tests.who_may($$ select 1 from private.addresses where person_id = tests.person('viewer') $$), 'owner secretary drafter codrafter reviewer viewer', 'and reaches nobody');

-- Changing people
select is(tests.who_may($$ update public.people set full_name = 'X', position_title = 'Y', locale = 'en', theme = 'dark', spellcheck = true where id = '{me}' $$),
  'owner secretary drafter codrafter reviewer viewer outsider guest stranger', 'everybody keeps their own profile');
select is(tests.who_may($$ update public.people set full_name = 'X' where id = tests.person('viewer') and id <> '{me}' $$), '', 'nobody changes somebody else, not even an owner');
select is(tests.who_may($$ update public.people set email = 'other@plenum.test' where id = '{me}' $$), '', 'nobody changes an address by hand');
select is(tests.who_may($$ insert into public.people (id, email, full_name) values ('{me}', 'x@plenum.test', 'X') $$), '', 'people come by invitation only');
select is(tests.who_may($$ delete from public.people where id = '{me}' $$), '', 'nobody deletes a person');

-- Acting as the owner
select tests.authenticate_as('owner');
select is_empty($$ update public.people set full_name = 'Renamed' where id = tests.person('drafter') returning 1 $$, 'an owner cannot rename a drafter');
select throws_ok($$ update public.people set locale = 'fr' where id = tests.person('owner') $$, '23514', null, 'languages are Vietnamese and English');
select throws_ok($$ update public.people set theme = 'pink' where id = tests.person('owner') $$, '23514', null, 'themes are light, dark and system');
select throws_ok($$ update public.people set full_name = '' where id = tests.person('owner') $$, '23514', null, 'nobody is nameless');

select tests.act_as_system();
select is((select full_name from public.people where id = tests.person('drafter')), 'Drafter', 'the drafter still has their name');

select * from finish();
rollback;
