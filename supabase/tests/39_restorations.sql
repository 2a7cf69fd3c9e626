begin;
select plan(22);

do $$
begin
  perform private.keep_version(tests.document('main'), 'restore-point', '', '', null, '{"title":"Nghị quyết"}', 3, 40, '\x0000', 2, null, '[]');
  perform private.keep_version(tests.document('foreign'), 'restore-point', '', '', null, '{"title":"CANARY"}', 3, 40, '\x0000', 2, null, '[]');
end
$$;
create function tests.restore(document text, person text, uid text) returns uuid language sql security definer
as $$
  select private.keep_restoration((select v.id from public.document_versions v where v.document_id = tests.document(document)), uid, 'khoản 2 Điều 5', tests.person(person), '{"is":"what takes it back"}')
$$;
grant execute on function tests.restore to anon, authenticated;

-- Who restores
select is(tests.who_may($$ select private.keep_restoration(null, null, '', auth.uid(), '{}') $$), '', 'nobody says by themselves that something was restored');
select is(tests.who_may($$ select private.claim_take_back(null, auth.uid()) $$), '', 'nor that it was taken back');
select lives_ok($$ select tests.restore('main', 'drafter', null) $$, 'a manager restores the whole text');
select lives_ok($$ select tests.restore('main', 'codrafter', 'one') $$, 'an editor one provision');
select throws_ok($$ select tests.restore('main', 'codrafter', null) $$, '42501', null, 'not the whole text');
select throws_ok($$ select tests.restore('main', 'reviewer', 'one') $$, '42501', null, 'a commenter nothing');
select throws_ok($$ select tests.restore('main', 'viewer', 'one') $$, '42501', null, 'nor a reader');
select throws_ok($$ select tests.restore('main', 'guest', 'one') $$, '42501', null, 'nor a guest');
select throws_ok($$ select tests.restore('main', 'outsider', 'one') $$, '42501', null, 'nor who does not see it');
select throws_ok($$ select tests.restore('main', 'stranger', 'one') $$, '42501', null, 'nor somebody from elsewhere');
select lives_ok($$ select tests.restore('foreign', 'stranger', null) $$, 'elsewhere too');
select results_eq($$ select restored_by_name, restored_by_agency, uid from public.document_restorations where document_id = tests.document('main') order by restored_at $$,
  $$ values ('Drafter', 'Office', null), ('Codrafter', 'Science', 'one') $$, 'under name and agency of that day');

-- Who reads
select is(tests.who_may($$ select id from public.document_restorations where document_id = tests.document('main') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'readers of the document see what was restored');
select is(tests.who_may($$ select id from public.document_restorations where document_id = tests.document('foreign') $$), 'stranger', 'nobody that of another workspace');
select is(tests.who_may($$ select inverse from public.document_restorations $$), '', 'what takes it back is the server''s');
select is(tests.who_may($$ insert into public.document_restorations (document_id, version_id, inverse) select document_id, id, '{}' from public.document_versions $$), '', 'nobody writes one');
select is(tests.who_may($$ update public.document_restorations set citation = 'X' $$), '', 'nobody changes one');
select is(tests.who_may($$ delete from public.document_restorations $$), '', 'nobody removes one');

-- Taking back
create function tests.take_back(uid text, person text) returns text language sql security definer
as $$ select private.claim_take_back((select id from public.document_restorations r where r.document_id = tests.document('main') and r.uid is not distinct from take_back.uid), tests.person(person)) $$;
select is(tests.take_back(null, 'codrafter'), null, 'who may not restore the whole text does not take that back');
select is(tests.take_back('one', 'drafter'), '{"is":"what takes it back"}', 'who may restore takes back what somebody restored');
select is(tests.take_back('one', 'codrafter'), null, 'once');
select results_eq($$ select verb, count(*)::integer from public.audit_events where object_id = tests.document('main') and verb like 'revert%' group by verb order by verb $$,
  $$ values ('revert_taken_back', 1), ('reverted', 2) $$, 'the audit trail says both');

select * from finish();
rollback;
