begin;
select plan(17);

-- Trash
select is(tests.who_may($$ select 1 from public.document_trashings where document_id = tests.document('thrown') $$), 'owner secretary drafter', 'managers see the trash');
select is(tests.who_may($$ insert into public.document_trashings (document_id) values (tests.document('main')) $$), 'owner secretary drafter', 'managers throw away');
select is(tests.who_may($$ insert into public.document_trashings (document_id, trashed_by) values (tests.document('main'), tests.person('owner')) $$), '', 'nobody does in another''s name');
select is(tests.who_may($$ update public.document_trashings set trashed_at = now() $$), '', 'nobody rewrites when');
select is(tests.who_may($$ delete from public.document_trashings where document_id = tests.document('thrown') $$), 'owner secretary drafter', 'managers restore');
select tests.authenticate_as('codrafter');
select throws_ok($$ insert into public.document_trashings (document_id) values (tests.document('main')) $$, '42501', null, 'an editor throws nothing away');
select tests.act_as_system();
select is_empty($$ select 1 from public.document_trashings where document_id = tests.document('main') $$, 'the document is not in the trash');

-- States
select is(tests.who_may($$ insert into public.document_transitions (document_id, state) values (tests.document('main'), 'consulting') $$), 'owner secretary drafter', 'managers move a document on');
select is(tests.who_may($$ insert into public.document_transitions (document_id, state, decided_by) values (tests.document('main'), 'consulting', tests.person('owner')) $$), '', 'nobody decides in another''s name');
select tests.authenticate_as('drafter');
select lives_ok($$ insert into public.document_transitions (document_id, state) values (tests.document('main'), 'consulting') $$, 'the drafter opens the consultation');
select throws_ok($$ insert into public.document_transitions (document_id, state) values (tests.document('main'), 'lost') $$, '23514', null, 'into a state that exists');
select tests.act_as_system();
select results_eq($$ select d.state, t.decided_by from public.documents d join public.document_transitions t on t.document_id = d.id where d.id = tests.document('main') $$,
  $$ values ('consulting', tests.person('drafter')) $$, 'the document is in it, and who decided is kept');
select is(tests.who_may($$ select 1 from public.document_transitions where document_id = tests.document('main') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'readers see how it came there');
select is(tests.who_may($$ update public.document_transitions set state = 'issued' $$), '', 'nobody rewrites it');
select is(tests.who_may($$ delete from public.document_transitions $$), '', 'nor takes it away');
select tests.authenticate_as('reviewer');
select throws_ok($$ insert into public.document_transitions (document_id, state) values (tests.document('main'), 'issued') $$, '42501', null, 'a commenter issues nothing');
select tests.act_as_system();
select is((select state from public.documents where id = tests.document('main')), 'consulting', 'the document is where it was');

select * from finish();
rollback;
