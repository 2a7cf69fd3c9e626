begin;
select plan(50);

-- A thread of the reviewer, whose agency comments, and one in another workspace that nobody here may hear of.
select tests.authenticate_as('reviewer');
select lives_ok($$ select public.open_thread(tests.document('main'), '[{"uid": "a", "quote": "quyết nghị", "number": "khoản 2 Điều 5"}, {"uid": "b"}]', 'Cần nêu nguồn số liệu') $$, 'a commenter opens a thread');
select tests.act_as_system();
create function tests.thread() returns uuid language sql stable security definer as $$ select id from public.threads where document_id = tests.document('main') order by opened_at limit 1 $$;
create function tests.comment() returns uuid language sql stable security definer as $$ select id from public.comments where thread_id = tests.thread() order by created_at limit 1 $$;
grant execute on function tests.thread, tests.comment to anon, authenticated;
select tests.authenticate_as('stranger');
select lives_ok($$ select public.open_thread(tests.document('foreign'), '[]', 'CANARY') $$, 'whoever has the rights elsewhere does so there');
select tests.act_as_system();

-- Who reads
select is(tests.who_may($$ select 1 from public.threads where id = tests.thread() $$), 'owner secretary drafter codrafter reviewer viewer guest', 'readers of the document see its threads');
select is(tests.who_may($$ select 1 from public.thread_list where id = tests.thread() $$), 'owner secretary drafter codrafter reviewer viewer guest', 'also with what they may do');
select is(tests.who_may($$ select 1 from public.thread_ranges where thread_id = tests.thread() $$), 'owner secretary drafter codrafter reviewer viewer guest', 'their passages');
select is(tests.who_may($$ select 1 from public.comments where body = 'Cần nêu nguồn số liệu' $$), 'owner secretary drafter codrafter reviewer viewer guest', 'and their words');
select is(tests.who_may($$ select 1 from public.comments where body = 'CANARY' $$), 'stranger', 'nobody those of another workspace');
select is(tests.who_may($$ select public.find_threads(tests.document('foreign'), 'canary') $$), 'stranger', 'not by searching either');
select is(tests.who_may($$ select public.find_threads(tests.document('main'), 'NGUON so') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'words are found without their marks');
select is(tests.who_may($$ select public.find_threads(tests.document('main'), 'quyet nghi') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'so are quotes');

-- Who writes
select is(tests.who_may($$ select public.open_thread(tests.document('main'), '[]', 'X') $$), 'owner secretary drafter codrafter reviewer guest', 'commenters and editors open threads');
select is(tests.who_may($$ insert into public.threads (document_id) values (tests.document('main')) $$), 'owner secretary drafter codrafter reviewer guest', 'also directly');
select is(tests.who_may($$ select public.open_thread(tests.document('foreign'), '[]', 'X') $$), 'stranger', 'each where they may');
select is(tests.who_may($$ select public.open_thread(tests.document('thrown'), '[]', 'X') $$), '', 'nobody in the trash');
select is(tests.who_may($$ insert into public.threads (document_id, opened_by) values (tests.document('main'), tests.person('owner')) $$), '', 'nobody in another''s name');
select is(tests.who_may($$ insert into public.comments (thread_id, body) values (tests.thread(), 'Đồng ý') $$), 'owner secretary drafter codrafter reviewer guest', 'commenters and editors answer');
select is(tests.who_may($$ insert into public.comments (thread_id, author_name, body) values (tests.thread(), 'Chủ tịch', 'Đồng ý') $$), '', 'nobody under another name');
select is(tests.who_may($$ update public.comments set body = 'Khác' where id = tests.comment() $$), 'reviewer', 'authors change their words');
select is(tests.who_may($$ update public.comments set author_name = 'Khác' where id = tests.comment() $$), '', 'and not their name');
select is(tests.who_may($$ delete from public.comments where id = tests.comment() $$), '', 'nobody makes a comment disappear');
select is(tests.who_may($$ select public.delete_comment(tests.comment()) $$), 'reviewer', 'authors take their words away');
select is(tests.who_may($$ delete from public.threads where id = tests.thread() $$), '', 'nobody removes a thread');
select is(tests.who_may($$ update public.threads set is_resolved = true where id = tests.thread() $$), '', 'nor sets a flag of it');
select is(tests.who_may($$ select public.place_thread(tests.thread(), '[{"uid": "c"}]') $$), 'owner secretary drafter codrafter reviewer', 'who opened it, and editors, place it again');
select is(tests.who_may($$ insert into public.thread_ranges (thread_id, nth, uid) values (tests.thread(), 9, 'c') $$), 'owner secretary drafter codrafter reviewer', 'also directly');
select is(tests.who_may($$ insert into public.comment_revisions (comment_id, body) values (tests.comment(), 'X') $$), '', 'nobody writes what was said before');

-- Who settles
select is(tests.who_may($$ insert into public.thread_decisions (thread_id, kind) values (tests.thread(), 'resolved') $$), 'owner secretary drafter codrafter reviewer', 'who opened it, and editors, resolve it');
select is(tests.who_may($$ insert into public.thread_decisions (thread_id, kind, sentence) values (tests.thread(), 'hidden', 'Lời lẽ không phù hợp') $$), 'owner secretary drafter', 'managers hide it, with a reason');
select is(tests.who_may($$ insert into public.thread_decisions (thread_id, kind, decided_by) values (tests.thread(), 'resolved', tests.person('owner')) $$), '', 'nobody in another''s name');
select is(tests.who_may($$ update public.thread_decisions set sentence = 'X' $$), '', 'what was decided stays');
select is(tests.who_may($$ delete from public.thread_decisions $$), '', 'and is not removed');

select tests.authenticate_as('drafter');
select throws_ok($$ insert into public.thread_decisions (thread_id, kind) values (tests.thread(), 'hidden') $$, '23514', null, 'hiding needs a reason');
select throws_ok($$ insert into public.thread_decisions (thread_id, kind, assignee_id) values (tests.thread(), 'assigned', tests.person('viewer')) $$, 'PL401', null, 'only who can answer is assigned');
select throws_ok($$ insert into public.thread_decisions (thread_id, kind, assignee_id) values (tests.thread(), 'assigned', tests.person('stranger')) $$, 'PL401', null, 'nobody from elsewhere');
select lives_ok($$ insert into public.thread_decisions (thread_id, kind, assignee_id) values (tests.thread(), 'assigned', tests.person('guest')) $$, 'a guest who comments can be');
select throws_ok($$ insert into public.thread_decisions (thread_id, kind) values (tests.thread(), 'reopened') $$, '55000', null, 'what is open is not reopened');
select tests.authenticate_as('guest');
select lives_ok($$ insert into public.thread_decisions (thread_id, kind, sentence) values (tests.thread(), 'resolved', 'Đã bổ sung') $$, 'who is assigned resolves it');
select tests.act_as_system();
select results_eq($$ select kind, sentence, decided_by_name, decided_by_agency from public.thread_decisions where kind = 'resolved' $$, $$ values ('resolved', 'Đã bổ sung', 'Guest', 'University') $$, 'under their name and organisation');
select results_eq($$ select is_resolved, assignee_id from public.threads where id = tests.thread() $$, $$ values (true, tests.person('guest')) $$, 'and the thread says so');

-- Hidden
insert into public.thread_decisions (thread_id, kind, sentence, decided_by) values (tests.thread(), 'hidden', 'Lời lẽ', tests.person('owner'));
select is(tests.who_may($$ select 1 from public.comments where thread_id = tests.thread() $$), 'owner secretary drafter reviewer', 'a hidden thread is read by managers and its author');
select is(tests.who_may($$ select 1 from public.thread_list where id = tests.thread() and is_hidden $$), 'owner secretary drafter codrafter reviewer viewer guest', 'everybody else sees that it is hidden');
select is(tests.who_may($$ insert into public.comments (thread_id, body) values (tests.thread(), 'X') $$), 'owner secretary drafter', 'and answers no more');
insert into public.thread_decisions (thread_id, kind, decided_by) values (tests.thread(), 'shown', tests.person('owner'));

-- What was said
select tests.authenticate_as('reviewer');
update public.comments set body = 'Cần nêu rõ nguồn' where id = tests.comment();
select results_eq($$ select r.body from public.comment_revisions r where r.comment_id = tests.comment() $$, $$ values ('Cần nêu nguồn số liệu') $$, 'what a comment said before is kept');
select public.delete_comment(tests.comment());
select results_eq($$ select body, author_name, author_agency, deleted_at is not null from public.comments where id = tests.comment() $$, $$ values ('', 'Reviewer', 'Justice', true) $$, 'a deleted one keeps its place');
select is_empty($$ select 1 from public.comment_revisions where comment_id = tests.comment() $$, 'and no words of before');
select is(jsonb_array_length(public.my_data() -> 'comments'), 1, 'everybody may have what they said');
select is_empty($$ update public.comments set body = 'Lại' where id = tests.comment() returning 1 $$, 'a deleted comment is not written again');
select lives_ok($$ select public.open_thread(tests.document('main'), '[]', 'Nhầm') $$, 'another thread');
select lives_ok($$ select public.delete_comment(c.id) from public.comments c where c.body = 'Nhầm' $$, 'whose only words are taken away');
select tests.act_as_system();
select is((select t.is_resolved from public.threads t where t.document_id = tests.document('main') order by t.opened_at desc limit 1), true, 'is settled by that');

select * from finish();
rollback;
