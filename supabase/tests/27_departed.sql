begin;
select plan(20);

-- What was decided keeps the name of that day
update public.people set position_title = 'Chuyên viên' where id = tests.person('drafter');
select tests.authenticate_as('drafter');
insert into public.document_transitions (document_id, state) values (tests.document('main'), 'consulting');
select throws_ok($$ insert into public.document_transitions (document_id, state, decided_by_name) values (tests.document('main'), 'issued', 'Owner') $$, '42501', null, 'nobody signs with another name');
select tests.act_as_system();
update public.people set full_name = 'Renamed', position_title = 'Giám đốc' where id = tests.person('drafter');
update public.agencies set name = 'New Office' where id = tests.agency('office');
prepare signed as select decided_by_name, decided_by_title, decided_by_agency from public.document_transitions where document_id = tests.document('main');
select results_eq('signed', $$ values ('Drafter', 'Chuyên viên', 'Office') $$, 'a decision keeps name, function and agency of its day');

-- All about oneself
select is(tests.who_may($$ select 1 where public.my_data() -> 'person' ->> 'id' = '{me}' $$), 'owner secretary drafter codrafter reviewer viewer outsider guest stranger', 'everybody may have what is kept about them');
select tests.authenticate_as('drafter');
select is(public.my_data() -> 'person' ->> 'email', 'drafter@plenum.test', 'their address');
select is(public.my_data() -> 'decisions' -> 0 ->> 'name', 'Drafter', 'their decisions');
select is(jsonb_array_length(public.my_data() -> 'documentsBegun'), 2, 'the documents they began');
select is(public.my_data() -> 'trail' -> 0 ->> 'verb' is not null, true, 'and what the trail says of them');
select tests.authenticate_as('guest');
select is(public.my_data() -> 'guest' -> 0 ->> 'organisation', 'University', 'a guest their invitation');
select is(public.my_data() -> 'memberships', '[]', 'and no membership');
select tests.act_as_system();
select is_empty($$
  select distinct c.conrelid::regclass from pg_constraint c join pg_namespace n on n.oid = c.connamespace
  where c.contype = 'f' and c.confrelid = 'public.people'::regclass and n.nspname = 'public'
    and pg_get_functiondef('public.my_data'::regproc) not like '% ' || (select relname from pg_class where oid = c.conrelid) || ' %'
    and pg_get_functiondef('public.my_data'::regproc) not like '%.' || (select relname from pg_class where oid = c.conrelid) || ' %'
$$, 'my_data() names every table that refers to a person');

-- Leaving
select is((select left_at from public.people where id = tests.person('drafter')), null, 'who is here has not left');
delete from public.members where person_id = tests.person('drafter');
select isnt((select left_at from public.people where id = tests.person('drafter')), null, 'who leaves the last workspace has');
select is(private.forget_departed('1 year'), 0, 'and is not forgotten at once');
insert into public.guests (workspace_id, person_id, organisation) values (tests.workspace('elsewhere'), tests.person('drafter'), 'City');
select is((select left_at from public.people where id = tests.person('drafter')), null, 'who comes again is here');
delete from public.guests where person_id = tests.person('drafter');
update public.people set left_at = now() - interval '13 months' where id = tests.person('drafter');
update public.invitations set accepted_at = now(), accepted_by = tests.person('drafter'), created_by = tests.person('drafter') where id = md5('addressed')::uuid;
update public.invitations set created_by = tests.person('drafter') where id = md5('open')::uuid;
select is(private.forget_departed('1 year'), 1, 'a year later they are forgotten');
select is_empty($$ select 1 from auth.users where id = tests.person('drafter') $$, 'their account is gone');
select results_eq('signed', $$ values ('Drafter', 'Chuyên viên', 'Office') $$, 'what they decided stays as it was');
select results_eq($$ select email, revoked_at from public.invitations where id = md5('addressed')::uuid $$, $$ values (null::text, null::timestamptz) $$, 'the link they used is kept without their address');
select isnt((select revoked_at from public.invitations where id = md5('open')::uuid), null, 'one that they made and nobody used opens nothing');
select is(tests.who_may($$ select private.forget_departed('1 year') $$), '', 'nobody forgets people by themselves');

select * from finish();
rollback;
