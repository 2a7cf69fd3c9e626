begin;
select plan(24);

-- The sync engine's log
select is(tests.who_may($$ select 1 from public.document_updates $$), '', 'nobody reads the log');
select is(tests.who_may($$ insert into public.document_updates (document_id, epoch, bytes) values (tests.document('main'), 1, '\x00') $$), '', 'nobody appends to it');
select is(tests.who_may($$ update public.document_updates set bytes = '\x01' $$), '', 'nobody rewrites it');
select is(tests.who_may($$ delete from public.document_updates $$), '', 'nobody cuts it');
select is(tests.who_may($$ select 1 from public.document_snapshots $$), '', 'nobody reads a snapshot');
select is(tests.who_may($$ insert into public.document_snapshots (document_id, epoch, bytes) values (tests.document('foreign'), 1, '\x00') $$), '', 'nobody adds one');
select is(tests.who_may($$ update public.document_snapshots set bytes = '\x01' $$), '', 'nobody rewrites one');
select is(tests.who_may($$ delete from public.document_snapshots $$), '', 'nobody deletes one');

-- Bodies that a new epoch replaced
insert into public.document_past_bodies (document_id, epoch, schema_version, bytes) values (tests.document('main'), 1, 1, '\x00');
select is(tests.who_may($$ select 1 from public.document_past_bodies $$), '', 'nobody reads a past body');
select is(tests.who_may($$ insert into public.document_past_bodies (document_id, epoch, schema_version, bytes) values (tests.document('main'), 2, 1, '\x00') $$), '', 'nobody adds one');
select is(tests.who_may($$ update public.document_past_bodies set bytes = '\x01' $$), '', 'nobody rewrites one');
select is(tests.who_may($$ delete from public.document_past_bodies $$), '', 'nobody deletes one');

-- What devices brought of them
insert into public.document_late_work (document_id, epoch, live_epoch, client) values (tests.document('main'), 1, 2, 7);
select is(tests.who_may($$ select 1 from public.document_late_work $$), '', 'nobody reads what devices brought');
select is(tests.who_may($$ insert into public.document_late_work (document_id, epoch, live_epoch, client, done_at) values (tests.document('main'), 1, 2, 8, now()) $$), '', 'nobody adds to it');
select is(tests.who_may($$ update public.document_late_work set done_at = now() $$), '', 'nobody says that it is done');
select is(tests.who_may($$ delete from public.document_late_work $$), '', 'nobody forgets it');

-- Images
select is(tests.who_may($$ select 1 from public.document_files where document_id = tests.document('main') $$), 'owner secretary drafter codrafter reviewer viewer', 'readers see the images');
select is(tests.who_may($$ insert into public.document_files (document_id, content_type, bytes) values (tests.document('main'), 'image/png', '\x89504e47') $$), 'owner secretary drafter codrafter', 'editors add images');
select is(tests.who_may($$ insert into public.document_files (document_id, content_type, bytes, created_by) values (tests.document('main'), 'image/png', '\x89504e47', tests.person('owner')) $$), '', 'nobody does in another''s name');
select is(tests.who_may($$ update public.document_files set bytes = '\x00' $$), '', 'nobody changes one');
select is(tests.who_may($$ delete from public.document_files $$), '', 'nobody deletes one');

-- Acting as the drafter
select tests.authenticate_as('drafter');
select throws_ok($$ insert into public.document_files (document_id, content_type, bytes) values (tests.document('main'), 'text/html', '\x3c') $$, '23514', null, 'an image is an image');
select throws_ok($$ insert into public.document_files (document_id, content_type, bytes) values (tests.document('main'), 'image/png', '') $$, '23514', null, 'and not empty');
select tests.act_as_system();
select is((select count(*) from public.document_updates where document_id = tests.document('main')), 1::bigint, 'the log is as it was');

select * from finish();
rollback;
