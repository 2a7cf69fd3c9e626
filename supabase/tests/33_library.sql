begin;
select plan(27);

-- Visits
select is(tests.who_may($$ select 1 from public.document_visits where person_id = tests.person('viewer') $$), 'viewer', 'visits are one''s own');
select is(tests.who_may($$ insert into public.document_visits (document_id, visited_at) values (tests.document('main'), now()) on conflict (document_id, person_id) do update set visited_at = excluded.visited_at $$),
  'owner secretary drafter codrafter reviewer viewer guest', 'readers note their visit');
select is(tests.who_may($$ select public.visit_document(tests.document('main')) $$), 'owner secretary drafter codrafter reviewer viewer guest', 'by the function as well');
select is(tests.who_may($$ insert into public.document_visits (document_id, person_id) values (tests.document('main'), tests.person('owner')) $$), '', 'nobody notes another''s');
select is(tests.who_may($$ update public.document_visits set visited_at = now() where person_id <> '{me}' $$), '', 'nor changes it');
select is(tests.who_may($$ delete from public.document_visits $$), '', 'nor deletes it');

-- Texts
select is(tests.who_may($$ select 1 from public.document_texts where document_id = tests.document('main') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'readers read the text');
select is(tests.who_may($$ select 1 from public.document_texts where document_id = tests.document('thrown') $$), '', 'nobody finds what lies in the trash');
select is(tests.who_may($$ insert into public.document_texts (document_id, text) values (tests.document('main'), 'X') $$), '', 'the text is written by the system');
select is(tests.who_may($$ update public.document_texts set text = 'X' $$), '', 'changed by it');
select is(tests.who_may($$ delete from public.document_texts $$), '', 'and deleted by it');
select is(tests.who_may($$ select 1 from private.document_search $$), '', 'nobody reads what only the search looks into');

-- Search
select is(tests.who_may($$ select 1 from public.search_documents(tests.workspace('city'), 'uy ban') $$), 'owner secretary drafter codrafter reviewer viewer', 'readers find a text without diacritics');
select is(tests.who_may($$ select 1 from public.search_documents(tests.workspace('city'), 'Uỷ ban') $$), 'owner secretary drafter codrafter reviewer viewer', 'and with the other tone placement');
select is(tests.who_may($$ select 1 from public.search_documents(tests.workspace('elsewhere'), 'uy ban') $$), 'stranger', 'nobody searches another workspace');
select is(tests.who_may($$ select 1 from public.search_documents(tests.workspace('city'), '''; drop table') $$), '', 'a query is no statement');
select tests.authenticate_as('owner');
select results_eq($$ select document_id from public.search_documents(tests.workspace('city'), 'uy ban') $$, $$ values (tests.document('main')) $$, 'not in the trash, not elsewhere');
select is(private.fold_text('Ủy ban Đà Nẵng, Uỷ BAN'), 'uy ban da nang, uy ban', 'folding drops marks and case');
select throws_ok($$ select public.search_documents(tests.workspace('city'), repeat('a ', 101)) $$, '23514', null, 'a query has at most 200 characters');
select isnt_empty($$ select 1 from public.search_documents(tests.workspace('city'), repeat('uy ban ', 8) || 'khong co chu nay') $$, 'and its first 16 words count');
select is_empty($$ select 1 from public.search_documents(tests.workspace('city'), repeat('uy ban ', 7) || 'khong co') $$, 'all of them');

-- Titles
select lives_ok($$ insert into public.documents (workspace_id, title, profile, kind, lead_agency_id) values (tests.workspace('city'), repeat('ế', 1000), 'nd30', 'plan', tests.agency('office')) $$, 'a title has 1000 characters');
select throws_ok($$ insert into public.documents (workspace_id, title, profile, kind, lead_agency_id) values (tests.workspace('city'), repeat('ế', 1001), 'nd30', 'plan', tests.agency('office')) $$,
  '23514', 'a title has at most 1000 characters', 'and is refused with more before anything is computed from it');
select throws_ok($$ update public.documents set title = repeat('ế', 1001) where id = tests.document('main') $$, '23514', 'a title has at most 1000 characters', 'also when it is changed');

-- Counts
select results_eq($$ select total, trashed, drafting from public.count_documents(tests.workspace('city')) $$, $$ values (2, 1, 2) $$, 'the owner has two documents and one in the trash');
select tests.authenticate_as('codrafter');
select results_eq($$ select total, mine, shared, trashed from public.count_documents(tests.workspace('city')) $$, $$ values (1, 0, 1, 0) $$, 'the co-drafter has one that is shared');
select tests.authenticate_as('stranger');
select results_eq($$ select total, trashed from public.count_documents(tests.workspace('city')) $$, $$ values (0, 0) $$, 'a stranger has none');
select tests.act_as_system();

select * from finish();
rollback;
