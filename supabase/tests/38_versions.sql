begin;
select plan(36);

create function tests.file(name text) returns uuid language plpgsql security definer
as $$
declare
  made uuid := gen_random_uuid();
begin
  perform private.keep_file(made, tests.workspace('city'), name, 'application/zip', 10, sha256(convert_to(name, 'UTF8')), null);
  return made;
end
$$;
create function tests.freeze(document text, person text, label text) returns text language sql security definer
as $$
  select (private.keep_version(tests.document(document), 'frozen', label, 'Sau đợt lấy ý kiến', tests.person(person), '{"title":"Nghị quyết"}', 3, 40, '\x0000', 2, tests.file(label), '[]')).sha256
$$;
grant execute on function tests.freeze, tests.file to anon, authenticated;

-- Who freezes: only the server, which has read the text, for who manages the document.
select is(tests.who_may($$ select private.keep_version(tests.document('main'), 'frozen', 'X', '', auth.uid(), '{}', 0, 0, '\x0000', 2, null, '[]') $$), '', 'nobody says by themselves what a text was');
select lives_ok($$ select tests.freeze('main', 'drafter', 'Dự thảo lần 1') $$, 'a manager freezes');
select throws_ok($$ select tests.freeze('main', 'codrafter', 'X') $$, '42501', null, 'an editor does not');
select throws_ok($$ select tests.freeze('main', 'reviewer', 'X') $$, '42501', null, 'nor a commenter');
select throws_ok($$ select tests.freeze('main', 'viewer', 'X') $$, '42501', null, 'nor a reader');
select throws_ok($$ select tests.freeze('main', 'guest', 'X') $$, '42501', null, 'nor a guest');
select throws_ok($$ select tests.freeze('main', 'outsider', 'X') $$, '42501', null, 'nor who does not see it');
select throws_ok($$ select tests.freeze('main', 'stranger', 'X') $$, '42501', null, 'nor somebody from elsewhere');
select throws_ok($$ select tests.freeze('thrown', 'owner', 'X') $$, '55000', null, 'nobody in the trash');
select throws_ok($$ select tests.freeze('nothing', 'owner', 'X') $$, 'P0002', null, 'nor what is not there');
select throws_ok($$ select tests.freeze('main', 'owner', 'dự thảo lần 1') $$, '23505', null, 'two versions are not called the same');
select throws_ok($$ select tests.freeze('main', 'owner', '') $$, '23514', null, 'a frozen version has a label');
select lives_ok($$ select tests.freeze('main', 'secretary', 'Dự thảo lần 2') $$, 'the next one');
select lives_ok($$ select private.keep_version(tests.document('main'), 'restore-point', '', '', null, '{"title":"Khác"}', 3, 40, '\x0000', 2, null, '[]') $$, 'the system keeps restore points');
select lives_ok($$ select tests.freeze('foreign', 'stranger', 'CANARY') $$, 'elsewhere too');
select results_eq($$ select kind, number, label from public.document_versions where document_id = tests.document('main') order by created_at $$,
  $$ values ('frozen', 1, 'Dự thảo lần 1'), ('frozen', 2, 'Dự thảo lần 2'), ('restore-point', 1, '') $$, 'each kind is counted by itself');
select is((select sha256 from public.document_versions where label = 'Dự thảo lần 1'), encode(sha256(convert_to('{"title":"Nghị quyết"}', 'UTF8')), 'hex'), 'the hash is of the content, whoever says otherwise');
select is((select docx_sha256 from public.document_versions where label = 'Dự thảo lần 1'), encode(sha256(convert_to('Dự thảo lần 1', 'UTF8')), 'hex'), 'the Word file has its own');
select results_eq($$ select created_by_name, created_by_agency from public.document_versions where label = 'Dự thảo lần 2' $$, $$ values ('Secretary', 'Interior') $$, 'under name and agency of that day');

-- Who reads
select is(tests.who_may($$ select id from public.document_versions where document_id = tests.document('main') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'readers of the document see its versions');
select is(tests.who_may($$ select id from public.document_versions where label = 'CANARY' $$), 'stranger', 'nobody those of another workspace');
select is(tests.who_may($$ select content from public.document_versions $$), '', 'the text is handed out by the server');
select is(tests.who_may($$ select state from public.document_versions $$), '', 'so is its state');
select is(tests.who_may($$ select 1 from public.version_files $$), '', 'and which pictures it names');

-- Nobody changes one
select is(tests.who_may($$ insert into public.document_versions (document_id, kind, number, label, content, sha256, state, schema_version) values (tests.document('main'), 'frozen', 9, 'X', '{}', '', '', 2) $$), '', 'nobody writes one');
select is(tests.who_may($$ update public.document_versions set label = 'X' where document_id = tests.document('main') $$), '', 'nobody changes one');
select is(tests.who_may($$ delete from public.document_versions where document_id = tests.document('main') $$), '', 'nobody removes one');
select throws_ok($$ update public.document_versions set note = 'X' $$, 'PL501', null, 'not the owner of the database either');
select throws_ok($$ update public.document_versions set created_by = null $$, 'PL501', null, 'nor who did it, while they are there');
select throws_ok($$ delete from public.document_versions $$, 'PL501', null, 'nor removes it');
select throws_ok($$ truncate public.document_versions cascade $$, 'PL501', null, 'nor all at once');
select throws_ok($$ delete from public.files where id = (select docx_file_id from public.document_versions where label = 'Dự thảo lần 1') $$, '23503', null, 'nor its files');

-- What follows
select is((select count(*)::integer from public.audit_events where verb = 'frozen' and object_id = tests.document('main')), 2, 'the audit trail says who froze');
select is(private.kept_until(tests.document('main'))::text, 'infinity', 'a frozen version is an official act');
delete from public.people where id = tests.person('secretary');
select results_eq($$ select created_by, created_by_name, created_by_agency from public.document_versions where label = 'Dự thảo lần 2' $$, $$ values (null::uuid, 'Secretary', 'Interior') $$, 'an account that is removed empties the link, and leaves the words');
delete from public.documents where id = tests.document('main');
select is_empty($$ select 1 from public.document_versions where document_id = tests.document('main') $$, 'they go with the document when that is deleted for good');

select * from finish();
rollback;
