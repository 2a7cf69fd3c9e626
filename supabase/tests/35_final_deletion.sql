begin;
select plan(29);

create temporary table attempt (statement text) on commit drop;
insert into attempt values ($$ select public.delete_document(tests.document('thrown'), 'Trùng lặp') $$);

-- Who deletes for good
select is(tests.who_may((select statement from attempt)), 'owner', 'owners delete for good');
update public.members set is_head = true where person_id in (tests.person('drafter'), tests.person('codrafter'));
select is(tests.who_may((select statement from attempt)), 'owner drafter', 'and the head of the lead agency, not that of another');
select is(tests.who_may($$ select 1 from public.trash_list where id = tests.document('thrown') and can_delete and kept_until is null and not is_kept_for_ever $$), 'owner drafter', 'it is offered to them');
select is(tests.who_may($$ select 1 from public.trash_list where id = tests.document('thrown') $$), 'owner secretary drafter', 'the trash is listed for managers');
select tests.authenticate_as('owner');
select throws_ok($$ select public.delete_document(tests.document('main'), 'X') $$, 'PL101', null, 'what is not in the trash stays');
select throws_ok($$ select public.delete_document(tests.document('thrown'), '  ') $$, '23514', null, 'there is a reason');
select throws_ok($$ select public.delete_document(tests.document('thrown'), null) $$, '23514', null, 'always');
select throws_ok($$ select public.delete_document(tests.document('thrown'), repeat('x', 201)) $$, '23514', null, 'in a sentence');
select throws_ok($$ select public.delete_document(tests.document('foreign'), 'X') $$, 'P0002', null, 'what one does not see does not exist');
select tests.act_as_system();
select isnt_empty($$ select 1 from public.documents where id = tests.document('thrown') $$, 'the document is still there');

-- How long what has acted officially is kept
insert into public.document_transitions (document_id, state) values (tests.document('thrown'), 'consulting');
select is(private.kept_until(tests.document('thrown')), null, 'a consultation is no official act');
insert into public.document_transitions (document_id, state, decided_at) values (tests.document('thrown'), 'issued', '2020-03-01Z');
select is(private.kept_until(tests.document('thrown')), 'infinity', 'what was issued is kept for ever');
select tests.authenticate_as('owner');
select throws_ok($$ select public.delete_document(tests.document('thrown'), 'X') $$, 'PL102', null, 'not even an owner deletes it');
select isnt_empty($$ select 1 from public.trash_list where id = tests.document('thrown') and is_kept_for_ever and kept_until is null $$, 'the list says so');
insert into public.retention_periods (workspace_id, kind, years) values (tests.workspace('city'), 'plan', 100);
select throws_ok($$ select public.delete_document(tests.document('thrown'), 'X') $$, 'PL102', null, 'nor before the end of its period');
select results_eq($$ select kept_until, is_kept_for_ever from public.trash_list where id = tests.document('thrown') $$, $$ values ('2120-03-01Z'::timestamptz, false) $$, 'which the list says');
insert into public.retention_periods (workspace_id, kind, years) values (tests.workspace('city'), 'decision', 1);
select throws_ok($$ select public.delete_document(tests.document('thrown'), 'X') $$, 'PL102', null, 'the period of another kind is not its own');
update public.retention_periods set years = 1 where kind = 'plan';
select lives_ok($$ select public.delete_document(tests.document('thrown'), '  Trùng lặp ') $$, 'afterwards it may go');
select tests.act_as_system();
select is_empty($$ select 1 from public.documents where id = tests.document('thrown') $$, 'and is gone');
select results_eq($$ select deleted_by, deleted_by_name, reason, kind, text_sha256 from public.document_tombstones where document_id = tests.document('thrown') $$,
  $$ values (tests.person('owner'), 'Owner', 'Trùng lặp', 'plan', sha256(convert_to('Ủy ban nhân dân thành phố', 'UTF8'))) $$, 'the tombstone says who, why, and which text it was');
select is((select details ->> 'reason' from public.audit_events where verb = 'deleted' and object_id = tests.document('thrown')), 'Trùng lặp', 'so does the trail');

-- Who says how long
select is(tests.who_may($$ select 1 from public.retention_periods where workspace_id = tests.workspace('city') $$), 'owner secretary drafter codrafter reviewer viewer outsider', 'members see the periods');
select is(tests.who_may($$ insert into public.retention_periods (workspace_id, kind, years) values (tests.workspace('city'), 'report', 5) $$), 'owner', 'owners set them');
select is(tests.who_may($$ update public.retention_periods set years = 7 where workspace_id = tests.workspace('city') $$), 'owner', 'change them');
select is(tests.who_may($$ delete from public.retention_periods where workspace_id = tests.workspace('city') $$), 'owner', 'and take them back');
select tests.authenticate_as('owner');
select throws_ok($$ insert into public.retention_periods (workspace_id, kind, years) values (tests.workspace('elsewhere'), 'plan', 1) $$, '42501', null, 'in their own workspace');
select throws_ok($$ update public.retention_periods set workspace_id = tests.workspace('elsewhere') $$, '42501', null, 'and nowhere else');
select throws_ok($$ insert into public.retention_periods (workspace_id, kind, years) values (tests.workspace('city'), 'report', 0) $$, '23514', null, 'for a year at least');
select tests.act_as_system();
select is((select years from public.retention_periods where kind = 'plan'), 1, 'the period is as the owner left it');

select * from finish();
rollback;
