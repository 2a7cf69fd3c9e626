begin;
select plan(29);

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
select is(tests.who_may($$ select 1 from public.document_files where document_id = tests.document('main') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'readers see the images');
insert into public.files (id, workspace_id, content_type, size_bytes, sha256, created_by)
  select tests.person(name), tests.workspace('city'), 'image/png', 4, sha256('\x89504e47'), tests.person(name) from unnest(tests.everybody()) name where name <> 'anon';
select is(tests.who_may($$ insert into public.document_files (document_id, content_type, file_id) values (tests.document('main'), 'image/png', '{me}') $$), 'owner secretary drafter codrafter', 'editors add images');
select is(tests.who_may($$ insert into public.document_files (document_id, content_type, file_id) values (tests.document('main'), 'image/png', tests.person('viewer')) $$), '', 'nobody makes another''s file an image');
select is(tests.who_may($$ insert into public.document_files (document_id, content_type, bytes) values (tests.document('main'), 'image/png', '\x89504e47') $$), '', 'nobody writes bytes past the files');
select is(tests.who_may($$ select 1 from public.files $$), '', 'nobody lists files');
select is(tests.who_may($$ select 1 from public.file_pieces $$), '', 'nobody reads their bytes past who owns them');
select is(tests.who_may($$ update public.workspaces set file_quota_bytes = 1 $$), '', 'nobody gives a workspace more room');
select is(tests.who_may($$ insert into public.document_files (document_id, content_type, file_id, created_by) values (tests.document('main'), 'image/png', '{me}', tests.person('owner')) $$), '', 'nobody does in another''s name');
select is(tests.who_may($$ update public.document_files set bytes = '\x00' $$), '', 'nobody changes one');
select is(tests.who_may($$ delete from public.document_files $$), '', 'nobody deletes one');

-- Acting as the drafter
select tests.authenticate_as('drafter');
select throws_ok($$ insert into public.document_files (document_id, content_type, file_id) values (tests.document('main'), 'text/html', tests.person('drafter')) $$, '23514', null, 'an image is an image');
select throws_ok($$ insert into public.document_files (document_id, content_type) values (tests.document('main'), 'image/png') $$, '42501', null, 'and has a file');
select tests.act_as_system();
select is((select count(*) from public.document_updates where document_id = tests.document('main')), 1::bigint, 'the log is as it was');

select * from finish();
rollback;
