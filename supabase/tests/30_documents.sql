begin;
select plan(45);

-- Seeing
select is(tests.who_may($$ select 1 from public.documents where id = tests.document('main') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'a document is seen by its workspace''s managers and whom it is shared with');
select is(tests.who_may($$ select 1 from public.documents where id = tests.document('thrown') $$), 'owner secretary drafter', 'one in the trash by its managers only');
select is(tests.who_may($$ select 1 from public.documents where id = tests.document('foreign') $$), 'stranger', 'one elsewhere by people elsewhere');

-- Roles, as the list tells them
select is(tests.who_may($$ select 1 from public.document_list where id = tests.document('main') and role = 'manager' and can_edit and can_share and can_trash $$), 'owner secretary drafter', 'owner, secretary and lead agency manage');
select is(tests.who_may($$ select 1 from public.document_list where id = tests.document('main') and role = 'editor' and can_edit and not can_share and not can_trash $$), 'codrafter', 'the co-drafting agency edits');
select is(tests.who_may($$ select 1 from public.document_list where id = tests.document('main') and role = 'commenter' and not can_edit and not can_share $$), 'reviewer guest', 'the consulted agency and the guest comment');
select is(tests.who_may($$ select 1 from public.document_list where id = tests.document('main') and role = 'viewer' and not can_edit and not can_share $$), 'viewer', 'the viewer reads');
select is(tests.who_may($$ select 1 from public.document_list where id = tests.document('thrown') and (can_edit or can_share) $$), '', 'nobody edits or shares what lies in the trash');
select results_eq($$ select name, public.document_role(tests.document('main'), tests.person(name)) from unnest(tests.everybody()) name where name <> 'anon' $$,
  $$ values ('owner', 'manager'), ('secretary', 'manager'), ('drafter', 'manager'), ('codrafter', 'editor'), ('reviewer', 'commenter'), ('viewer', 'viewer'), ('outsider', null), ('guest', 'commenter'), ('stranger', null) $$,
  'the sync engine is told the same roles');
select is(tests.who_may($$ select public.document_role(tests.document('main'), tests.person('owner')) $$), '', 'nobody else may ask for the role of another');

-- Creating
select is(tests.who_may($$ insert into public.documents (workspace_id, title, profile, kind, lead_agency_id) values (tests.workspace('city'), 'X', 'nd30', 'plan', tests.agency('office')) $$),
  'owner secretary drafter', 'people create for their own agency, secretaries for any');
select is(tests.who_may($$ insert into public.documents (workspace_id, title, profile, kind, lead_agency_id) values (tests.workspace('city'), 'X', 'nd30', 'plan', tests.agency('academy')) $$),
  'owner secretary outsider', 'an agency that shares in nothing yet can begin');
select is(tests.who_may($$ insert into public.documents (workspace_id, title, profile, kind, lead_agency_id, created_by) values (tests.workspace('city'), 'X', 'nd30', 'plan', tests.agency('office'), tests.person('drafter')) $$), '', 'nobody creates in another''s name');
select is(tests.who_may($$ insert into public.documents (workspace_id, title, profile, kind, lead_agency_id, state) values (tests.workspace('city'), 'X', 'nd30', 'plan', tests.agency('office'), 'issued') $$), '', 'nobody creates an issued document');
select is(tests.who_may($$ insert into public.documents (id, workspace_id, title, profile, kind, lead_agency_id) values (gen_random_uuid(), tests.workspace('city'), 'X', 'nd30', 'plan', tests.agency('office')) $$), '', 'nobody chooses its id');

-- Changing
select is(tests.who_may($$ update public.documents set title = 'X', kind = 'plan' where id = tests.document('main') $$), 'owner secretary drafter codrafter', 'editors change title and kind');
select is(tests.who_may($$ update public.documents set profile = 'party-2026' where id = tests.document('main') $$), 'owner secretary drafter', 'managers the layout');
select is(tests.who_may($$ select public.hand_over_document(tests.document('main'), tests.agency('science')) $$), 'owner secretary drafter', 'managers hand over the lead');
select is(tests.who_may($$ select public.hand_over_document(tests.document('main'), tests.agency('office')) $$), 'owner secretary drafter', 'also to whom has it, and so changes nothing');
select is(tests.who_may($$ update public.documents set state = 'issued' where id = tests.document('main') $$), '', 'nobody writes the state');
select is(tests.who_may($$ update public.documents set epoch = 9 where id = tests.document('main') $$), '', 'nobody writes the epoch');
select is(tests.who_may($$ update public.documents set edited_by_name = 'Somebody' where id = tests.document('main') $$), '', 'nobody says who edited it');
select is(tests.who_may($$ select private.note_edit(tests.document('main')) $$), '', 'nor that it was edited');
select is(tests.who_may($$ update public.documents set workspace_id = tests.workspace('elsewhere') where id = tests.document('main') $$), '', 'nobody carries a document away');
select is(tests.who_may($$ update public.documents set title = 'X' where id = tests.document('thrown') $$), '', 'nobody changes what lies in the trash');

select is(tests.who_may($$ update public.documents set lead_agency_id = tests.agency('science') where id = tests.document('main') $$), '', 'but nobody writes the lead by hand');
select is(tests.who_may($$ select public.hand_over_document(tests.document('thrown'), tests.agency('science')) $$), '', 'nor hands over what lies in the trash');

-- Deleting
select is(tests.who_may($$ delete from public.documents where id = tests.document('thrown') $$), '', 'nobody deletes without a reason');
select is(tests.who_may($$ select 1 from public.document_tombstones $$), '', 'tombstones are for the system');

-- Acting as the co-drafter
select tests.authenticate_as('codrafter');
select throws_ok($$ select public.hand_over_document(tests.document('main'), tests.agency('science')) $$, '42501', null, 'an editor does not take the lead');
select lives_ok($$ update public.documents set title = 'Nghị quyết mới' where id = tests.document('main') $$, 'but retitles');
select tests.act_as_system();
select results_eq($$ select title, lead_agency_id from public.documents where id = tests.document('main') $$, $$ values ('Nghị quyết mới', tests.agency('office')) $$, 'the title is new, the lead is not');

select tests.authenticate_as('drafter');
select throws_ok($$ select public.hand_over_document(tests.document('main'), tests.agency('abroad')) $$, '23503', null, 'nobody hands a document to an agency elsewhere');
select lives_ok($$ select public.hand_over_document(tests.document('main'), tests.agency('academy')) $$, 'the lead agency hands it over');
select is_empty($$ select 1 from public.documents where id = tests.document('main') $$, 'and has no part in it any more');
select tests.act_as_system();
select is((select lead_agency_id from public.documents where id = tests.document('main')), tests.agency('academy'), 'the other leads it now');
update public.documents set lead_agency_id = tests.agency('office') where id = tests.document('main');

-- Acting as the outsider
select tests.authenticate_as('outsider');
select is_empty($$ update public.documents set title = 'Taken' where id = tests.document('main') returning 1 $$, 'the outsider changes nothing');
select throws_ok($$ insert into public.documents (workspace_id, title, profile, kind, lead_agency_id) values (tests.workspace('elsewhere'), 'X', 'nd30', 'plan', tests.agency('abroad')) $$, '42501', null, 'nor begins anything elsewhere');
select tests.act_as_system();
select is((select title from public.documents where id = tests.document('main')), 'Nghị quyết mới', 'the document is as it was');

-- Deleting leaves a tombstone
delete from public.documents where id = tests.document('thrown');
select isnt_empty($$ select 1 from public.document_tombstones where document_id = tests.document('thrown') and workspace_id = tests.workspace('city') $$, 'a deleted document leaves a tombstone');
select is_empty($$ select 1 from public.document_access where document_id = tests.document('thrown') $$, 'and no shares');
select throws_ok($$ insert into public.documents (id, workspace_id, title, profile, kind, lead_agency_id) values (tests.document('thrown'), tests.workspace('city'), 'X', 'nd30', 'plan', tests.agency('office')) $$,
  '23505', null, 'and its id is never used again, not even by the system');

-- A new document begins at an epoch that nobody can foresee
create temporary table begun on commit drop as
  with made as (insert into public.documents (workspace_id, title, profile, kind, lead_agency_id) select tests.workspace('city'), 'X', 'nd30', 'plan', tests.agency('office') from generate_series(1, 200) returning epoch)
  select epoch from made;
select cmp_ok((select count(distinct epoch) from begun), '>', 190::bigint, 'hardly two begin at the same epoch');
select cmp_ok((select min(epoch) from begun), '>=', 0, 'none below zero');
select cmp_ok((select max(epoch) from begun), '<', 1073741824, 'and all leave room for those that follow');

select * from finish();
rollback;
