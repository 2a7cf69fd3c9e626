begin;
select plan(8);

insert into public.workspace_words (workspace_id, word) values (tests.workspace('city'), 'blockchain'), (tests.workspace('elsewhere'), 'canary');

select is(tests.who_may($$ select 1 from public.workspace_words where workspace_id = tests.workspace('city') $$), 'owner secretary drafter codrafter reviewer viewer outsider', 'members read the words of their workspace');
select is(tests.who_may($$ select 1 from public.workspace_words where word = 'canary' $$), 'stranger', 'nobody those of another');
select is(tests.who_may($$ insert into public.workspace_words (workspace_id, word) values (tests.workspace('city'), 'chatbot') $$), 'owner secretary', 'owners and secretaries add words');
select is(tests.who_may($$ insert into public.workspace_words (workspace_id, word) values (tests.workspace('elsewhere'), 'chatbot') $$), 'stranger', 'nobody elsewhere');
select is(tests.who_may($$ update public.workspace_words set word = 'other' where workspace_id = tests.workspace('city') $$), '', 'nobody changes one');
select is(tests.who_may($$ delete from public.workspace_words where workspace_id = tests.workspace('city') $$), 'owner secretary', 'owners and secretaries take them out');
select throws_ok($$ insert into public.workspace_words (workspace_id, word) values (tests.workspace('city'), 'Blockchain') $$, '23514', null, 'words are in small letters');
select throws_ok($$ insert into public.workspace_words (workspace_id, word) values (tests.workspace('city'), 'hai từ') $$, '23514', null, 'and one by one');

select * from finish();
rollback;
