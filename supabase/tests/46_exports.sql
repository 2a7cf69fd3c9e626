begin;
select plan(19);

-- The viewer has asked for the main document, and another has expired.
insert into public.jobs (id, workspace_id, kind, key) values
  (md5('export job')::uuid, tests.workspace('city'), 'make-export', 'a'),
  (md5('old job')::uuid, tests.workspace('city'), 'make-export', 'b');
insert into public.exports (id, workspace_id, document_id, format, asked_by, job_id, expires_at) values
  (md5('export')::uuid, tests.workspace('city'), tests.document('main'), 'docx', tests.person('viewer'), md5('export job')::uuid, now() + interval '1 day'),
  (md5('old')::uuid, tests.workspace('city'), tests.document('main'), 'docx', tests.person('viewer'), md5('old job')::uuid, now() - interval '1 second');

select is(tests.who_may($$ select public.request_export(tests.document('main'), 'txt') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'whoever reads a document may have it as a file');
select is(tests.who_may($$ select public.request_export(tests.document('thrown'), 'txt') $$), 'owner secretary drafter', 'what lies in the trash only its managers');
select is(tests.who_may($$ select id from public.exports where id = md5('export')::uuid $$), 'viewer', 'only who asked sees an export');
select is(tests.who_may($$ select state from public.export_list where id = md5('export')::uuid $$), 'viewer', 'and how far it is');
select is(tests.who_may($$ select id from public.exports where id = md5('old')::uuid $$), '', 'after its day nobody sees it');
select is(tests.who_may($$ select id from public.jobs where id = md5('export job')::uuid $$), 'owner viewer', 'its job is seen by who asked, besides the owners');
select is(tests.who_may($$ select payload from public.jobs where id = md5('export job')::uuid $$), '', 'what a job is about nobody reads');
select is(tests.who_may($$ select file_id from public.exports $$), '', 'which file it is nobody reads');
select is(tests.who_may($$ insert into public.exports (workspace_id, document_id, format, asked_by) values (tests.workspace('city'), tests.document('main'), 'txt', '{me}') $$), '', 'nobody makes one by hand');
select is(tests.who_may($$ update public.exports set format = 'txt' $$), '', 'nobody changes one');
select is(tests.who_may($$ delete from public.exports where id = md5('export')::uuid $$), 'viewer', 'who asked may give it up');

-- While one may read the document.
delete from public.document_access where person_id = tests.person('viewer');
select is(tests.who_may($$ select id from public.exports where id = md5('export')::uuid $$), '', 'who may not read the document any more does not see its export');
insert into public.document_access (workspace_id, document_id, person_id, role) values (tests.workspace('city'), tests.document('main'), tests.person('viewer'), 'viewer');

-- Giving it up stops the work.
select tests.authenticate_as('viewer');
delete from public.exports where id = md5('export')::uuid;
select tests.act_as_system();
select is((select state from public.jobs where id = md5('export job')::uuid), 'discarded', 'the job of an export that is given up is discarded');

-- Bounds.
select tests.authenticate_as('viewer');
select throws_ok($$ select public.request_export(tests.document('main'), 'exe') $$, '23514', null, 'there is no such format');
select is(public.request_export(tests.document('main'), 'docx'), public.request_export(tests.document('main'), 'docx'), 'who asks twice waits for one');
select isnt(public.request_export(tests.document('main'), 'txt'), public.request_export(tests.document('main'), 'html'), 'another format is another file');
select lives_ok($$ select public.request_export(tests.document('main'), 'json') $$, 'four wait');
select tests.act_as_system();
insert into public.jobs (id, kind, key, state, leased_until) values (md5('fifth')::uuid, 'make-export', 'fifth', 'running', now() + interval '1 minute');
insert into public.exports (workspace_id, document_id, format, asked_by, job_id) values (tests.workspace('city'), tests.document('main'), 'docx', tests.person('viewer'), md5('fifth')::uuid);
update public.jobs set state = 'running', leased_until = now() + interval '1 minute' where kind = 'make-export' and state = 'waiting' and workspace_id is not null;
select tests.authenticate_as('viewer');
select throws_ok($$ select public.request_export(tests.document('main'), 'docx') $$, '54000', null, 'five at a time are enough');
select tests.act_as_system();
select is((select count(*)::int from public.jobs where kind = 'make-export' and payload ? 'export'), 4, 'each export has one job');

select * from finish();
rollback;
