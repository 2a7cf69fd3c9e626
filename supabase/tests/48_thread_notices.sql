begin;
select plan(21);
delete from public.notices;

-- A commenter names the co-drafter, an agency and somebody who does not see the document
select tests.authenticate_as('reviewer');
select lives_ok($call$ select public.open_thread(tests.document('main'), '[{"uid": "a", "quote": "quyết nghị", "number": "khoản 2 Điều 5"}]',
  format('Nhờ @[Codrafter](person:%s), @[Office](agency:%s) và @[Outsider](person:%s) xem', tests.person('codrafter'), tests.agency('office'), tests.person('outsider'))) $call$, 'a comment names people and agencies');
select tests.act_as_system();
create function tests.thread() returns uuid language sql stable security definer as $$ select id from public.threads where document_id = tests.document('main') order by opened_at limit 1 $$;
grant execute on function tests.thread to anon, authenticated;
prepare heard as select p.full_name::text || ' ' || n.kind from public.notices n join public.people p on p.id = n.person_id order by 1;
select results_eq('heard', $$ values ('Codrafter comment-mention'), ('Drafter comment-mention'), ('Owner comment-mention') $$, 'who is named hears of it, and the people of a named agency; who does not see the document does not');
select is(tests.who_may($$ select id from public.notice_list where thread_id = tests.thread() $$), 'owner drafter codrafter', 'each for themselves, with the thread');

-- Answers
delete from public.notices;
select tests.authenticate_as('codrafter');
insert into public.comments (thread_id, body) values (tests.thread(), 'Đã xem');
select tests.act_as_system();
select results_eq('heard', $$ values ('Reviewer comment-answer') $$, 'who takes part hears of an answer, not who gave it');
delete from public.notices;
select tests.authenticate_as('reviewer');
insert into public.comments (thread_id, body) values (tests.thread(), format('@[Codrafter](person:%s) còn thiếu', tests.person('codrafter')));
select tests.act_as_system();
select results_eq('heard', $$ values ('Codrafter comment-mention') $$, 'who is named in an answer hears of it once');
delete from public.notices;
select tests.authenticate_as('reviewer');
update public.comments set body = body || format(' @[Viewer](person:%s)', tests.person('viewer')) where body like '%còn thiếu';
select tests.act_as_system();
select results_eq('heard', $$ values ('Viewer comment-mention') $$, 'of a changed comment only who was not named before');

-- Assigned and settled
delete from public.notices;
select tests.authenticate_as('drafter');
insert into public.thread_decisions (thread_id, kind, assignee_id) values (tests.thread(), 'assigned', tests.person('codrafter'));
select tests.act_as_system();
select results_eq('heard', $$ values ('Codrafter thread-assigned') $$, 'who is given a thread hears of it');
select is(tests.who_may($$ select 1 from public.work_list where object_type = 'thread' and object_id = tests.thread() and document_id = tests.document('main') and note = 'khoản 2 Điều 5' $$), 'codrafter', 'and it is their work');
select is(tests.who_may($$ select 1 from public.work_threads $$), 'codrafter', 'nobody else''s');
delete from public.notices;
select tests.authenticate_as('codrafter');
insert into public.thread_decisions (thread_id, kind) values (tests.thread(), 'resolved');
select tests.act_as_system();
select results_eq('heard', $$ values ('Reviewer thread-resolved') $$, 'who takes part hears that it is settled');
select is(tests.who_may($$ select 1 from public.work_threads $$), '', 'what is settled waits for nobody');

-- Hidden words, and people who choose not to hear
delete from public.notices;
select tests.authenticate_as('drafter');
insert into public.thread_decisions (thread_id, kind) values (tests.thread(), 'reopened');
insert into public.thread_decisions (thread_id, kind, sentence) values (tests.thread(), 'hidden', 'Sai chỗ');
insert into public.comments (thread_id, body) values (tests.thread(), format('@[Owner](person:%s) @[Viewer](person:%s)', tests.person('owner'), tests.person('viewer')));
select tests.act_as_system();
select results_eq('heard', $$ values ('Owner comment-mention') $$, 'of hidden words only managers hear');
select tests.authenticate_as('owner');
insert into public.notice_choices (kind, channel) values ('comment-mention', 'never');
select tests.act_as_system();
delete from public.notices;
select tests.authenticate_as('drafter');
insert into public.comments (thread_id, body) values (tests.thread(), format('@[Owner](person:%s)', tests.person('owner')));
select tests.act_as_system();
select results_eq('heard', $$ select null::text where false $$, 'who chose not to hear does not');
select lives_ok($$ insert into public.comments (thread_id, author_id, body) values (tests.thread(), tests.person('drafter'), '@[x](person:not-an-id) @[](person:' || tests.person('owner') || ') @[a](team:' || tests.person('owner') || ')') $$, 'what is no name is only words');

-- Whom one can name
select is(tests.who_may($$ select 1 from public.document_people(tests.document('main')) $$), 'owner secretary drafter codrafter reviewer viewer guest', 'who sees a document learns who else does');
select is(tests.who_may($$ select 1 from public.document_people(tests.document('foreign')) $$), 'stranger', 'nobody of another one');
select is(tests.who_may($$ select 1 from public.document_people(tests.document('thrown')) $$), '', 'nobody of one in the trash');
select tests.authenticate_as('guest');
select is((select count(*)::int from public.document_people(tests.document('main')) where name in ('Outsider', 'Stranger')), 0, 'who does not see it is not among them, a guest learns of nobody else');
select is((select string_agg(name, ' ' order by name) from public.document_people(tests.document('main'), 'CODRAF')), 'Codrafter', 'people are found by their names');
select is((select can_answer from public.document_people(tests.document('main')) where name = 'Viewer'), false, 'who only reads cannot be given a thread');
select is((select can_answer from public.document_people(tests.document('main')) where name = 'Reviewer'), true, 'who comments can');
select * from finish();
rollback;
