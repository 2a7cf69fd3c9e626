begin;
select plan(31);

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

-- Read-only
select tests.authenticate_as('drafter');
insert into public.document_transitions (document_id, state) values (tests.document('main'), 'submitted');
select tests.act_as_system();
select is(private.text_role(tests.document('main'), tests.person('drafter')), 'commenter', 'nobody writes in a text that was submitted, its manager included');
select is(private.text_role(tests.document('main'), tests.person('codrafter')), 'commenter', 'nor its editors');
select is(private.text_role(tests.document('main'), tests.person('viewer')), 'viewer', 'its readers read');
select is(private.text_role(tests.document('main'), tests.person('outsider')), null, 'and nobody else does');
select is(tests.who_may($$ select 1 from public.document_list where id = tests.document('main') and can_write $$), '', 'no page offers to write in it');
select is(tests.who_may($$ select 1 from public.document_list where id = tests.document('main') and can_edit $$), 'owner secretary drafter codrafter', 'its name may still be corrected');
select tests.authenticate_as('drafter');
select throws_ok($$ insert into public.document_transitions (document_id, state) values (tests.document('main'), 'drafting') $$, 'PL302', null, 'it goes back with a reason');
select throws_ok($$ insert into public.document_transitions (document_id, state, reason) values (tests.document('main'), 'appraisal', ' ') $$, 'PL302', null, 'also where it stays read-only');
select throws_ok($$ insert into public.document_transitions (document_id, state, reason) values (tests.document('main'), 'consulting', 'Thiếu') $$, 'PL303', null, 'and to drafting only');
select lives_ok($$ insert into public.document_transitions (document_id, state) values (tests.document('main'), 'adopted') $$, 'onward it needs none');
select tests.authenticate_as('reviewer');
select throws_ok($$ insert into public.document_transitions (document_id, state, reason) values (tests.document('main'), 'drafting', 'Thiếu') $$, '42501', null, 'a commenter returns nothing');
select tests.authenticate_as('drafter');
select lives_ok($$ insert into public.document_transitions (document_id, state, reason) values (tests.document('main'), 'drafting', 'Thiếu căn cứ') $$, 'a manager returns it');
select tests.act_as_system();
select is((select details ->> 'reason' from public.audit_events order by id desc limit 1), 'Thiếu căn cứ', 'and the audit trail has the reason');
select is(private.text_role(tests.document('main'), tests.person('codrafter')), 'editor', 'who could write can again');

select * from finish();
rollback;
