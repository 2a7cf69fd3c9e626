begin;
select plan(32);

-- Who closes
select is(tests.who_may($$ select public.close_agency(tests.agency('empty')) $$), 'owner', 'owners close an agency');
select is(tests.who_may($$ update public.agencies set closed_on = current_date where id = tests.agency('empty') $$), '', 'nobody by hand');
select is(tests.who_may($$ select 1 from public.agency_list where id = tests.agency('science') and can_close $$), 'owner', 'it is offered to them');
select tests.authenticate_as('owner');
select throws_ok($$ select public.close_agency(tests.agency('science')) $$, 'PL004', null, 'one with members needs a successor');
select throws_ok($$ select public.close_agency(tests.agency('science'), tests.agency('abroad')) $$, '23503', null, 'of the same workspace');
select throws_ok($$ select public.close_agency(tests.agency('science'), tests.agency('science')) $$, '23514', null, 'other than itself');
select throws_ok($$ select public.close_agency(tests.agency('abroad')) $$, 'P0002', null, 'one elsewhere does not exist');

-- Merging: science goes into justice, which may do less with the document
select lives_ok($$ select public.close_agency(tests.agency('science'), tests.agency('justice')) $$, 'science is merged into justice');
select throws_ok($$ select public.close_agency(tests.agency('science')) $$, 'PL003', null, 'and closed once');
select results_eq($$ select closed_on is not null, successor_name, can_close, can_delete from public.agency_list where id = tests.agency('science') $$, $$ values (true, 'Justice', false, false) $$, 'the list says what became of it');
select throws_ok($$ delete from public.agencies where id = tests.agency('science') $$, 'PL005', null, 'it is not deleted');
select throws_ok($$ update public.members set agency_id = tests.agency('science') where person_id = tests.person('viewer') $$, 'PL003', null, 'nobody joins it');
select throws_ok($$ insert into public.document_access (workspace_id, document_id, agency_id, role) values (tests.workspace('city'), tests.document('main'), tests.agency('science'), 'viewer') $$, 'PL003', null, 'nothing is shared with it');
select throws_ok($$ insert into public.invitations (workspace_id, agency_id, role, expires_at) values (tests.workspace('city'), tests.agency('science'), 'member', now() + interval '1 day') $$, 'PL003', null, 'nobody is invited into it');
select throws_ok($$ select public.hand_over_document(tests.document('main'), tests.agency('science')) $$, 'PL003', null, 'it leads nothing');
select throws_ok($$ select public.close_agency(tests.agency('interior'), tests.agency('science')) $$, 'PL003', null, 'it succeeds nobody');
select tests.act_as_system();
select is((select agency_id from public.members where person_id = tests.person('codrafter')), tests.agency('justice'), 'its members speak for the successor');
select is(public.document_role(tests.document('main'), tests.person('codrafter')), 'editor', 'with the better of both rights');
select is(public.document_role(tests.document('main'), tests.person('reviewer')), 'editor', 'which all of them have');
select is_empty($$ select 1 from public.document_access where agency_id = tests.agency('science') $$, 'none is left behind');
select isnt((select revoked_at from public.invitations where id = md5('open')::uuid), null, 'open links into it are revoked');
select is((select id from public.agencies where id = tests.agency('science')), tests.agency('science'), 'the agency is still there');

-- The lead goes over, too
select tests.authenticate_as('owner');
select public.close_agency(tests.agency('office'), tests.agency('academy'));
select tests.act_as_system();
select is((select lead_agency_id from public.documents where id = tests.document('main')), tests.agency('academy'), 'the successor leads its documents');
select is(public.document_role(tests.document('main'), tests.person('outsider')), 'manager', 'and manages them');

-- Names
select tests.authenticate_as('owner');
update public.agencies set name = 'Ministry', colour = '#123456' where id = tests.agency('interior');
update public.agencies set colour = '#654321' where id = tests.agency('interior');
select results_eq($$ select name, short_name from public.agency_names where agency_id = tests.agency('interior') $$, $$ values ('Interior', 'interior') $$, 'a former name is kept, a colour is none');
select tests.act_as_system();
select is(tests.who_may($$ select 1 from public.agency_names where agency_id = tests.agency('interior') $$), 'owner secretary drafter codrafter reviewer viewer outsider', 'members see it');
select is(tests.who_may($$ insert into public.agency_names (agency_id, name, short_name) values (tests.agency('interior'), 'X', 'x') $$), '', 'nobody writes it');
select is(tests.who_may($$ update public.agency_names set name = 'X' $$), '', 'rewrites it');
select is(tests.who_may($$ delete from public.agency_names $$), '', 'or takes it away');

-- History keeps an agency, a workspace that goes does not
select is(private.agency_has_history(tests.agency('empty')), false, 'an agency that was never used has none');
select is(tests.who_may($$ delete from public.agencies where id = tests.agency('empty') $$), 'owner', 'and may be deleted');
delete from public.workspaces where id = tests.workspace('city');
select is_empty($$ select 1 from public.agencies where workspace_id = tests.workspace('city') $$, 'a deleted workspace takes its agencies along');

select * from finish();
rollback;
