begin;
select plan(32);

-- The trigger queues one mail for each invitation with an address; here the owner's to a newcomer, and one abroad.
insert into public.invitations (id, workspace_id, agency_id, role, email, expires_at, created_by) values
  (md5('to secretary')::uuid, tests.workspace('city'), tests.agency('science'), 'secretary', 'new@plenum.test', now() + interval '7 days', tests.person('owner')),
  (md5('abroad')::uuid, tests.workspace('elsewhere'), tests.agency('abroad'), 'member', 'far@plenum.test', now() + interval '7 days', tests.person('stranger'));
create function tests.mail(about text) returns uuid language sql stable security definer as $$ select id from public.outbox where invitation_id = md5(about)::uuid $$;
grant execute on function tests.mail to anon, authenticated;

select is((select count(*) from public.outbox where invitation_id = md5('open')::uuid), 0::bigint, 'an invitation without an address is not mailed');
select results_eq($$ select template, address, locale, state from public.outbox where invitation_id = md5('to secretary')::uuid $$, $$ values ('invitation', 'new@plenum.test', 'vi', 'queued') $$, 'one with an address is');
select is((select count(*) from public.jobs where kind = 'send-mail' and key = tests.mail('to secretary')::text and workspace_id is null), 1::bigint, 'by a job that owners do not see');

select is(tests.who_may($$ select id from public.outbox where id = tests.mail('to secretary') $$), 'owner', 'owners see the mails of their workspace');
select is(tests.who_may($$ select id from public.outbox where id = tests.mail('abroad') $$), 'stranger', 'each their own');
select is(tests.who_may($$ select message_id from public.outbox $$), '', 'nobody reads what names a mail to the world');
select is(tests.who_may($$ insert into public.outbox (template, address) values ('invitation', 'a@plenum.test') $$), '', 'nobody queues a mail by hand');
select is(tests.who_may($$ update public.outbox set address = 'a@plenum.test' $$), '', 'nobody turns one to somebody else');
select is(tests.who_may($$ update public.outbox set state = 'sent', ended_at = now() $$), '', 'nobody marks one as sent');
select is(tests.who_may($$ delete from public.outbox $$), '', 'nobody deletes one');
select is(tests.who_may($$ select 1 from public.mail_list where id = tests.mail('to secretary') and about = 'Science' and address = 'new@plenum.test' and can_cancel and can_copy_link and not can_send_again $$), 'owner', 'the list says what it is about and what can be done');
select is(tests.who_may($$ select public.cancel_mail(tests.mail('to secretary')) $$), 'owner', 'owners cancel what waits');
select is(tests.who_may($$ select public.cancel_mail(tests.mail('abroad')) $$), 'stranger', 'in their own workspace');
select tests.authenticate_as('owner');
select throws_ok($$ select public.send_mail_again(tests.mail('to secretary')) $$, '55000', null, 'what waits is not sent again, and an owner is told why');
select tests.act_as_system();

update public.outbox set state = 'sent', ended_at = now() where id = tests.mail('to secretary');
select tests.authenticate_as('owner');
select throws_ok($$ select public.cancel_mail(tests.mail('to secretary')) $$, '55000', null, 'what went out is not cancelled');
select tests.authenticate_as('secretary');
select throws_ok($$ select public.cancel_mail(tests.mail('to secretary')) $$, 'P0002', null, 'of which nobody else hears');
select tests.act_as_system();
select is(tests.who_may($$ select public.send_mail_again(tests.mail('to secretary')) $$), 'owner', 'owners have a mail sent again');
select is(tests.who_may($$ select 1 from public.mail_list where id = tests.mail('to secretary') and can_send_again $$), 'owner', 'which is offered to them');
update public.invitations set revoked_at = now() where id = md5('to secretary')::uuid;
select tests.authenticate_as('owner');
select throws_ok($$ select public.send_mail_again(tests.mail('to secretary')) $$, '55000', null, 'not while what it is about is revoked');
select tests.act_as_system();
select is(tests.who_may($$ select 1 from public.mail_list where id = tests.mail('to secretary') and (can_send_again or can_copy_link) $$), '', 'nor is it offered');
select is((select state from public.outbox where id = tests.mail('to secretary')), 'sent', 'what went out went out');

-- A password, which is of no workspace
select is(tests.who_may($$ select private.mail_password_reset(tests.person('viewer')) $$), '', 'nobody has a link mailed through the function');
select private.mail_password_reset(tests.person('viewer'));
select private.mail_password_reset(tests.person('viewer'));
select private.mail_password_reset(tests.person('outsider'));
select is((select count(*) from public.outbox where person_id = tests.person('viewer')), 1::bigint, 'who asks twice is sent one mail');
select is(tests.who_may($$ select 1 from public.mail_list where workspace_id = tests.workspace('city') and about = 'Viewer' and address = 'viewer@plenum.test' $$), 'owner', 'an owner who may help sees it');
insert into public.members (workspace_id, person_id, agency_id, role) values (tests.workspace('elsewhere'), tests.person('viewer'), tests.agency('abroad'), 'member');
select is(tests.who_may($$ select 1 from public.mail_list where about = 'Viewer' $$), '', 'one who may not does not');
delete from public.members where workspace_id = tests.workspace('elsewhere') and person_id = tests.person('viewer');
select tests.authenticate_as('owner');
select lives_ok($$ select public.offer_password_reset(tests.person('viewer'), repeat('a', 64)) $$, 'the owner hands a link over');
select tests.act_as_system();
select is((select state from public.outbox where person_id = tests.person('viewer')), 'cancelled', 'a link that the owner handed over answers the request');
delete from auth.users where id = tests.person('outsider');
select is((select count(*) from public.outbox where template = 'password-reset' and state = 'queued'), 0::bigint, 'who has no account any more is sent nothing');

-- What the tables themselves hold
select throws_ok($$ insert into public.outbox (workspace_id, template, address) values (tests.workspace('city'), 'invitation', 'a@b.test, c@d.test') $$, '23514', null, 'an address is one address');
select throws_ok($$ insert into public.outbox (workspace_id, template) values (tests.workspace('city'), 'invitation') $$, '23514', null, 'a mail goes to somebody');
select throws_ok($$ insert into public.outbox (workspace_id, template, invitation_id, address) values (tests.workspace('city'), 'invitation', md5('to secretary')::uuid, 'b@plenum.test') $$, '23505', null, 'about one thing there is one mail of a kind');
update public.outbox set state = 'sent', ended_at = now() - interval '91 days' where id = tests.mail('to secretary');
select private.forget_mails('90 days');
select is((select address from public.outbox where id = tests.mail('to secretary')), null, 'to whom it went is forgotten');

select * from finish();
rollback;
