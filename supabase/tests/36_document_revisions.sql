begin;
select plan(17);

-- Who may
select is(tests.who_may($$ select public.change_document(tests.document('main'), 1, title => 'X') $$), 'owner secretary drafter codrafter', 'editors rename');
select is(tests.who_may($$ select public.change_document(tests.document('main'), 1, state => 'consulting') $$), 'owner secretary drafter', 'managers move on');
select is(tests.who_may($$ select public.change_document(tests.document('main'), 1, state => 'drafting') $$), 'owner secretary drafter', 'also where it is already');
select is(tests.who_may($$ select public.change_document(tests.document('main'), 1, lead_agency => tests.agency('science')) $$), 'owner secretary drafter', 'managers hand over');
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
select tests.act_as_system();

select * from finish();
rollback;
