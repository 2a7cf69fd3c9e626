begin;
select plan(27);

-- Who may
select is(tests.who_may($$ select public.change_document(tests.document('main'), 1, title => 'X') $$), 'owner secretary drafter codrafter', 'editors rename');
select is(tests.who_may($$ select public.change_document(tests.document('main'), 1, state => 'consulting') $$), 'owner secretary drafter', 'managers move on');
select is(tests.who_may($$ select public.change_document(tests.document('main'), 1, state => 'drafting') $$), 'owner secretary drafter', 'also where it is already');
select is(tests.who_may($$ select public.change_document(tests.document('main'), 1, lead_agency => tests.agency('science')) $$), 'owner secretary drafter', 'managers hand over');
select is(tests.who_may($$ select public.change_document(tests.document('main'), 1, profile => 'party-2026') $$), 'owner secretary drafter', 'managers choose the layout');
select is(tests.who_may($$ select public.change_document(tests.document('main'), 1, profile => 'nd30') $$), 'owner secretary drafter', 'also the one that it has');
select is(tests.who_may($$ select public.change_document(tests.document('foreign'), 1, title => 'X') $$), 'stranger', 'nobody reaches a document elsewhere');
select is(tests.who_may($$ update public.documents set revision = 9 where id = tests.document('main') $$), '', 'nobody writes the revision');

-- What counts
select tests.authenticate_as('drafter');
select lives_ok($$ select public.change_document(tests.document('main'), 1, title => 'Tên mới', state => 'consulting') $$, 'several details change together');
select results_eq($$ select title, state, revision from public.document_list where id = tests.document('main') $$, $$ values ('Tên mới', 'consulting', 3) $$, 'and each change counts');
select lives_ok($$ select public.change_document(tests.document('main'), 3, title => 'Tên mới', state => 'consulting') $$, 'what is so already changes nothing');
select is((select revision from public.documents where id = tests.document('main')), 3, 'and does not count');
select visit_document(tests.document('main'));
select is((select revision from public.documents where id = tests.document('main')), 3, 'nor does a visit');

-- Old revisions
select throws_ok($$ select public.change_document(tests.document('main'), 1, title => 'Cũ') $$, 'PL301', null, 'who has seen an old revision changes nothing');
select throws_ok($$ select public.change_document(tests.document('main'), 4, title => 'Sau') $$, 'PL301', null, 'nor who has seen none yet');
select is((select title from public.documents where id = tests.document('main')), 'Tên mới', 'the title is as it was');
select throws_ok($$ select public.change_document(tests.document('main'), 3, title => 'Tên khác', state => 'lost') $$, '23514', null, 'a state that is none');
select is((select title from public.documents where id = tests.document('main')), 'Tên mới', 'changes nothing else either');
select throws_ok($$ select public.change_document(tests.document('thrown'), 1, state => 'consulting') $$, '55000', null, 'what lies in the trash keeps its state');
select throws_ok($$ select public.change_document(tests.document('thrown'), 1, profile => 'party-2026') $$, '55000', null, 'and its layout');

-- The layout
select lives_ok($$ select public.change_document(tests.document('main'), 3, profile => 'party-2018') $$, 'the layout changes');
select results_eq($$ select profile, revision from public.document_list where id = tests.document('main') $$, $$ values ('party-2018', 4) $$, 'and counts');
select lives_ok($$ select public.change_document(tests.document('main'), 4, profile => 'party-2018') $$, 'the same again changes nothing');
select throws_ok($$ select public.change_document(tests.document('main'), 4, profile => 'nd78') $$, '23514', null, 'one that is none');
select lives_ok($$ select public.change_document(tests.document('main'), 4, state => 'appraisal', profile => 'nd30') $$, 'with a move that closes the text');
select throws_ok($$ select public.change_document(tests.document('main'), 6, profile => 'party-2026') $$, 'PL304', null, 'the layout of a text that is read-only stays');
select tests.act_as_system();
select is((select string_agg(concat_ws(' ', details ->> 'profile_before', details ->> 'profile'), ', ' order by id) from public.audit_events where verb = 'profile_changed'), 'nd30 party-2018, party-2018 nd30', 'the trail says from which to which');

select * from finish();
rollback;
