begin;
select plan(24);

create function tests.version_of(document text, label text) returns uuid language sql security definer
as $$ select id from public.document_versions v where v.document_id = tests.document($1) and v.label = $2 $$;
create function tests.keep(document text, label text) returns void language plpgsql security definer
as $$
declare
  file uuid := gen_random_uuid();
begin
  perform private.keep_file(file, tests.workspace('city'), label, 'application/zip', 10, sha256(convert_to(label || document, 'UTF8')), null);
  perform private.keep_version(tests.document(document), 'frozen', label, '', tests.person('owner'), '{}', 0, 0, '\x0000', 2, file, '[]');
end
$$;
grant execute on function tests.version_of to anon, authenticated;
select tests.keep('main', 'Dự thảo lần 1');
select tests.keep('main', 'Dự thảo lần 2');
insert into public.documents (id, workspace_id, title, profile, kind, lead_agency_id, created_by)
  values (tests.document('own'), tests.workspace('city'), 'Chỉ Văn phòng thấy', 'nd30', 'plan', tests.agency('office'), tests.person('drafter'));

-- Who explains: editors of the later text
select is(tests.who_may($$ insert into public.comparison_explanations (before_document_id, before_version_id, after_document_id, uid, text)
  values (tests.document('main'), tests.version_of('main', 'Dự thảo lần 1'), tests.document('main'), 'u1', 'Rút ngắn thời hạn') $$),
  'owner secretary drafter codrafter', 'editors explain');
select tests.authenticate_as('codrafter');
select lives_ok($$ insert into public.comparison_explanations (before_document_id, before_version_id, after_document_id, after_version_id, uid, text)
  values (tests.document('main'), tests.version_of('main', 'Dự thảo lần 1'), tests.document('main'), tests.version_of('main', 'Dự thảo lần 2'), 'u1', 'Rút ngắn thời hạn') $$, 'for a pair of texts');
select throws_ok($$ insert into public.comparison_explanations (before_document_id, before_version_id, after_document_id, after_version_id, uid, text)
  values (tests.document('main'), tests.version_of('main', 'Dự thảo lần 1'), tests.document('main'), tests.version_of('main', 'Dự thảo lần 2'), 'u1', 'Khác') $$, '23505', null, 'each passage once');
select lives_ok($$ insert into public.comparison_explanations (before_document_id, before_version_id, after_document_id, uid, text)
  values (tests.document('main'), tests.version_of('main', 'Dự thảo lần 1'), tests.document('main'), 'u1', 'Với bản đang soạn') $$, 'another pair is another explanation');
select throws_ok($$ insert into public.comparison_explanations (before_document_id, before_version_id, after_document_id, uid, text)
  values (tests.document('main'), tests.version_of('main', 'Dự thảo lần 1'), tests.document('main'), 'u1', 'Lại') $$, '23505', null, 'also where a side is the text as it is');
select throws_ok($$ insert into public.comparison_explanations (before_document_id, before_version_id, after_document_id, uid, text)
  values (tests.document('main'), gen_random_uuid(), tests.document('main'), 'u2', 'X') $$, '42501', null, 'a version is one of its document');
select throws_ok($$ insert into public.comparison_explanations (before_document_id, after_document_id, uid, text, written_by)
  values (tests.document('main'), tests.document('main'), 'u2', 'X', tests.person('owner')) $$, '42501', null, 'nobody writes as somebody else');
select throws_ok($$ insert into public.comparison_explanations (before_document_id, after_document_id, uid, text)
  values (tests.document('main'), tests.document('main'), 'u2', repeat('x', 5001)) $$, '23514', null, 'at most 5000 characters');
select throws_ok($$ insert into public.comparison_explanations (before_document_id, after_document_id, uid, text)
  values (tests.document('foreign'), tests.document('main'), 'u2', 'X') $$, '42501', null, 'nobody compares with what they do not see');
select tests.act_as_system();
select results_eq($$ select written_by_name, revision from public.comparison_explanations where text = 'Rút ngắn thời hạn' $$, $$ values ('Codrafter', 1) $$, 'under the name of that day');

-- Who reads, who changes
select is(tests.who_may($$ select id from public.comparison_explanations where text = 'Rút ngắn thời hạn' $$), 'owner secretary drafter codrafter reviewer viewer guest', 'who reads both texts reads it');
select is(tests.who_may($$ update public.comparison_explanations set text = 'X' where uid = 'u1' returning 1 $$), 'owner secretary drafter codrafter', 'editors change it');
select is(tests.who_may($$ update public.comparison_explanations set revision = 9 where uid = 'u1' $$), '', 'nobody says which wording it is');
select is(tests.who_may($$ update public.comparison_explanations set uid = 'u9' where uid = 'u1' $$), '', 'nor what it is about');
select is(tests.who_may($$ delete from public.comparison_explanations $$), '', 'nobody takes one away: one writes nothing');
select tests.authenticate_as('drafter');
select lives_ok($$ update public.comparison_explanations set text = 'Theo ý kiến Sở Tài chính' where uid = 'u1' and after_version_id is not null $$, 'a colleague words it anew');
select tests.act_as_system();
select results_eq($$ select written_by_name, revision from public.comparison_explanations where after_version_id is not null $$, $$ values ('Drafter', 2) $$, 'it says who, and counts');
select lives_ok($$ insert into public.comparison_explanations (before_document_id, after_document_id, uid, text, written_by) values (tests.document('own'), tests.document('main'), 'u3', 'CANARY', null) $$, 'with a text that few see');
select is(tests.who_may($$ select id from public.comparison_explanations where text = 'CANARY' $$), 'owner secretary drafter', 'who does not see the earlier text does not read it');

-- What follows
select is((select count(*)::integer from public.comparison_explanations where written_by = tests.person('codrafter')), 1, 'what one wrote is theirs');
delete from public.people where id = tests.person('codrafter');
select results_eq($$ select written_by, written_by_name from public.comparison_explanations where text = 'Với bản đang soạn' $$, $$ values (null::uuid, 'Codrafter') $$, 'an account that is removed empties the link, and leaves the words');
select lives_ok($$ delete from public.documents where id = tests.document('main') $$, 'they do not keep a document from being deleted for good');
select is_empty($$ select 1 from public.comparison_explanations $$, 'and go with it');
select is((select count(*)::integer from public.document_versions where document_id = tests.document('main')), 0, 'as its versions do');

select * from finish();
rollback;
