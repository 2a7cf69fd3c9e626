begin;
select plan(20);

create function tests.note(document text, person text, uid text, began timestamptz, before text, after text) returns void language sql
as $$
  insert into public.provision_history (document_id, uid, provisions, type, number, person_id, person_name, person_agency, began_at, ended_at, before, after)
    select tests.document(document), uid, jsonb_build_array('a1', uid), 'provision', 'khoản 1 Điều 1', tests.person(person), w.name, w.agency, began, began, before, after
    from private.words_of_day(tests.person(person), tests.document(document)) w
$$;
do $$
begin
  perform tests.note('main', 'codrafter', 'one', now() - interval '3 hours', 'một', 'hai');
  perform tests.note('main', 'drafter', 'one', now() - interval '2 hours', 'hai', 'ba');
  perform tests.note('main', 'drafter', 'two', now() - interval '2 hours', '', 'mới');
  perform tests.note('main', 'codrafter', 'three', now() - interval '2 hours', 'cũ', 'khác');
  perform tests.note('main', 'drafter', 'three', now() - interval '1 hour', 'khác', 'cũ');
  perform tests.note('foreign', 'stranger', 'one', now() - interval '2 hours', 'CANARY', '');
end
$$;

-- Who reads it
select is(tests.who_may($$ select id from public.provision_history where document_id = tests.document('main') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'readers of a document see its history');
select is(tests.who_may($$ select id from public.provision_history where document_id = tests.document('foreign') $$), 'stranger', 'nobody that of another workspace');
select is(tests.who_may($$ insert into public.provision_history (document_id, uid, provisions, type, number, began_at, ended_at, before, after)
  values (tests.document('main'), 'x', '[]', 'provision', '', now(), now(), '', 'X') $$), '', 'nobody writes it');
select is(tests.who_may($$ update public.provision_history set after = 'X' $$), '', 'nobody changes it');
select is(tests.who_may($$ delete from public.provision_history $$), '', 'nobody takes anything out of it');
select is(tests.who_may($$ select document_id from private.history_marks $$), '', 'what the server remembers is its own');
select is(tests.who_may($$ select document_id from private.history_passages $$), '', 'also of the text');
select results_eq($$ select kind from public.provision_history where document_id = tests.document('main') order by id limit 3 $$,
  $$ values ('changed'), ('changed'), ('added') $$, 'what became of a provision is said by its words');

-- What others changed
select is(tests.who_may($$ select uid from public.changes_since(tests.document('main'), now() - interval '1 day') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'readers of a document see what others changed in it');
select is(tests.who_may($$ select uid from public.changes_since(tests.document('foreign'), now() - interval '1 day') $$), '', 'not what they changed themselves, nor anything elsewhere');
do $$ begin perform tests.authenticate_as('viewer'); end $$;
select results_eq($$ select uid, before, after, (select string_agg(p ->> 'name', ' ' order by p ->> 'name') from jsonb_array_elements(people) p) from public.changes_since(tests.document('main'), now() - interval '1 day') order by uid $$,
  $$ values ('one', 'một', 'ba', 'Codrafter Drafter'), ('two', '', 'mới', 'Drafter') $$, 'each provision once, from how it was to how it is; what is again as it was is none');
select results_eq($$ select uid, before from public.changes_since(tests.document('main'), now() - interval '150 minutes') order by uid $$,
  $$ values ('one', 'hai'), ('two', '') $$, 'since a moment');
select is_empty($$ select uid from public.changes_since(tests.document('main'), now()) $$, 'nothing since just now');
do $$ begin perform tests.authenticate_as('drafter'); end $$;
select results_eq($$ select uid from public.changes_since(tests.document('main'), now() - interval '150 minutes') $$, $$ select ''::text where false $$,
  'what one changed oneself is not new');

-- The visit before this one
do $$ begin perform tests.act_as_system(); delete from public.document_visits; end $$;
do $$ begin perform tests.authenticate_as('viewer'); end $$;
select is(public.visit_document(tests.document('main')), null, 'the first visit has none before it');
do $$ begin perform tests.act_as_system(); update public.document_visits set visited_at = now() - interval '9 minutes'; perform tests.authenticate_as('viewer'); end $$;
select is(public.visit_document(tests.document('main')), null, 'who comes back within ten minutes has not been away');
do $$ begin perform tests.act_as_system(); update public.document_visits set visited_at = now() - interval '2 days'; perform tests.authenticate_as('viewer'); end $$;
select is(public.visit_document(tests.document('main')), now() - interval '2 days', 'else it is when they were there last');
select is(public.visit_document(tests.document('main')), now() - interval '2 days', 'also after a reload');
do $$ begin perform tests.act_as_system(); update public.document_visits set visited_at = now() - interval '2 hours'; perform tests.authenticate_as('viewer'); end $$;
select is(public.visit_document(tests.document('main'), true), now() - interval '2 days', 'who leaves after hours was there till now');
select is(tests.who_may($$ select public.visit_document(tests.document('main'), true) $$), 'owner secretary drafter codrafter reviewer viewer guest', 'who may open it visits it');

select * from finish();
rollback;
