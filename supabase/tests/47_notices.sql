begin;
select plan(24);

-- Sharing tells whom it reaches
delete from public.notices;
select tests.authenticate_as('drafter');
insert into public.document_access (workspace_id, document_id, agency_id, role) values (tests.workspace('city'), tests.document('main'), tests.agency('academy'), 'editor');
select tests.act_as_system();
prepare told as select p.full_name::text, n.kind, n.role, n.actor_name, n.actor_agency, n.channel from public.notices n join public.people p on p.id = n.person_id order by 1;
select results_eq('told', $$ values ('Outsider'::text, 'document-shared'::text, 'editor'::text, 'Drafter'::text, 'office'::text, 'application'::text) $$, 'the people of an agency learn that a document was shared with it, and by whom');
select is(tests.who_may($$ select id from public.notices $$), 'outsider', 'a notice is for one person');
select is(tests.who_may($$ select id from public.notice_list where document_title is not null $$), 'outsider', 'with the title of the document');
select is(tests.who_may($$ select channel from public.notices $$), '', 'how it was told is not read');
select is(tests.who_may($$ insert into public.notices (workspace_id, person_id, kind, channel) values (tests.workspace('city'), '{me}', 'document-shared', 'mail') $$), '', 'nobody tells something by hand');
select is(tests.who_may($$ update public.notices set kind = 'document-shared' $$), '', 'nobody changes what was told');
select is(tests.who_may($$ update public.notices set read_at = now() $$), 'outsider', 'one marks one''s own as read');
select is(tests.who_may($$ delete from public.notices $$), '', 'nobody deletes one');
insert into public.document_trashings (document_id, trashed_by) values (tests.document('main'), tests.person('drafter'));
select is(tests.who_may($$ select id from public.notices $$), '', 'what one does not see one is not told of');
delete from public.document_trashings where document_id = tests.document('main');

-- Opening the document is reading the notice
select tests.authenticate_as('outsider');
select public.visit_document(tests.document('main'));
select tests.act_as_system();
select isnt((select read_at from public.notices), null, 'whoever opens the document has read it');

-- It goes with what it is about
delete from public.document_access where agency_id = tests.agency('academy');
select is_empty('told', 'a right that is taken back takes its notice along');

-- Who has as much already
insert into public.document_access (workspace_id, document_id, agency_id, role, granted_by) values (tests.workspace('city'), tests.document('main'), tests.agency('office'), 'viewer', tests.person('secretary'));
select is_empty('told', 'the lead agency and the workspace''s owners learn nothing of a lesser right');
insert into public.document_access (workspace_id, document_id, person_id, role, granted_by) values (tests.workspace('city'), tests.document('main'), tests.person('codrafter'), 'viewer', tests.person('drafter'));
select is_empty('told', 'nor does who edits by the right of their agency');
insert into public.document_access (workspace_id, document_id, person_id, role, granted_by) values (tests.workspace('city'), tests.document('main'), tests.person('reviewer'), 'editor', tests.person('drafter'));
select results_eq('told', $$ values ('Reviewer'::text, 'document-shared'::text, 'editor'::text, 'Drafter'::text, 'office'::text, 'application'::text) $$, 'who gets more than they had is told');
delete from public.notices;

-- Choices
select is(tests.who_may($$ insert into public.notice_choices (kind, channel) values ('document-shared', 'digest') $$), 'owner secretary drafter codrafter reviewer viewer outsider guest stranger', 'everybody chooses how they hear');
select is(tests.who_may($$ insert into public.notice_choices (person_id, kind, channel) values (tests.person('viewer'), 'document-shared', 'digest') $$), '', 'for oneself');
insert into public.notice_choices (person_id, kind, channel) values (tests.person('outsider'), 'document-shared', 'never');
select is(tests.who_may($$ select kind from public.notice_choices $$), 'outsider', 'one sees one''s own choices');
select is(tests.who_may($$ update public.notice_choices set channel = 'mail' $$), 'outsider', 'and changes them');
select is(tests.who_may($$ delete from public.notice_choices $$), '', 'a choice is changed, not deleted');
insert into public.document_access (workspace_id, document_id, agency_id, role, granted_by) values (tests.workspace('city'), tests.document('main'), tests.agency('academy'), 'editor', tests.person('drafter'));
select is_empty('told', 'who wants to hear nothing is told nothing');

-- My work
select tests.authenticate_as('outsider');
select results_eq($$ select kind, title from public.work_list $$, $$ values ('co-draft'::text, 'Nghị quyết về chuyển đổi số'::text) $$, 'who was asked to edit has it to do');
select tests.act_as_system();
delete from public.document_visits where person_id = tests.person('outsider');
select tests.authenticate_as('guest');
select results_eq($$ select kind, note from public.work_list $$, $$ values ('shared-unopened'::text, 'office'::text) $$, 'who has not opened what was shared has that to do');
select tests.authenticate_as('drafter');
select results_eq($$ select kind, object_id from public.work_list $$, $$ values ('lead-draft'::text, tests.document('main')) $$, 'who leads has the draft to do, and nothing of the trash');
select tests.authenticate_as('secretary');
select results_eq($$ select kind, note from public.work_list where kind like 'invitation%' $$, $$ values ('invitation-waiting'::text, 'science'::text) $$, 'who invited waits for an answer');
select tests.act_as_system();

select * from finish();
rollback;
