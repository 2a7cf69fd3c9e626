begin;
select plan(46);

create temporary table made (statement text) on commit drop;
insert into made values ($$ insert into public.invitations (workspace_id, agency_id, role, expires_at) values (tests.workspace('city'), tests.agency('science'), '%s', now() + interval '7 days') $$);

select is(tests.who_may($$ select id from public.invitations where id = md5('open')::uuid $$), 'owner secretary', 'owners and secretaries see the links');
select is(tests.who_may($$ select 1 from public.invitation_links $$), '', 'nobody reads the hash of a token');
select is(tests.who_may($$ insert into public.invitation_links (token_hash, invitation_id) values (repeat('a', 64), md5('open')::uuid) $$), 'owner secretary', 'who may revoke an invitation may make one more link to it');
select is(tests.who_may($$ insert into public.invitation_links (token_hash, invitation_id) values (repeat('a', 64), md5('secretary')::uuid) $$), 'owner', 'and nobody else');
select is(tests.who_may($$ update public.invitation_links set invitation_id = md5('open')::uuid $$), '', 'nobody turns a link to something else');
select is(tests.who_may($$ delete from public.invitation_links $$), '', 'nobody deletes a link by hand');
select is(tests.who_may((select format(statement, 'member') from made)), 'owner secretary', 'owners and secretaries invite members');
select is(tests.who_may((select format(statement, 'secretary') from made)), 'owner', 'only owners invite secretaries');
select is(tests.who_may((select format(statement, 'owner') from made)), 'owner', 'only owners invite owners');
select is(tests.who_may($$ update public.invitations set revoked_at = now() where id = md5('open')::uuid $$), 'owner secretary', 'owners and secretaries revoke the link of a member');
select is(tests.who_may($$ update public.invitations set revoked_at = now() where id = md5('secretary')::uuid $$), 'owner', 'only owners revoke that of a secretary');
select is(tests.who_may($$ update public.invitations set role = 'owner' where id = md5('open')::uuid $$), '', 'nobody changes what a link offers');
select is(tests.who_may($$ update public.invitations set accepted_at = now() where id = md5('open')::uuid $$), '', 'nobody marks a link as used');
select is(tests.who_may($$ delete from public.invitations $$), '', 'nobody deletes a link');
select is(tests.who_may($$ select 1 from public.invitation_list where id = md5('open')::uuid and can_revoke and state = 'open' $$), 'owner secretary', 'revoking a member''s link is offered to both');
select is(tests.who_may($$ select 1 from public.invitation_list where id = md5('secretary')::uuid and can_revoke $$), 'owner', 'revoking a secretary''s link is offered to owners');

-- Acting as the owner
select tests.authenticate_as('owner');
select throws_ok($$ insert into public.invitations (workspace_id, agency_id, role, expires_at, created_by)
  values (tests.workspace('city'), tests.agency('science'), 'member', now() + interval '1 day', tests.person('secretary')) $$, '42501', null, 'nobody invites in another''s name');
select throws_ok($$ insert into public.invitations (workspace_id, agency_id, role, expires_at)
  values (tests.workspace('elsewhere'), tests.agency('abroad'), 'member', now() + interval '1 day') $$, '42501', null, 'nor into another workspace');
select throws_ok($$ insert into public.invitations (workspace_id, agency_id, role, expires_at)
  values (tests.workspace('city'), tests.agency('science'), 'member', now() + interval '60 days') $$, '23514', null, 'a link does not live for two months');
select throws_ok($$ insert into public.invitation_links (token_hash, invitation_id) values ('short', md5('open')::uuid) $$, '23514', null, 'what is kept is a SHA-256');

-- Previewing, as a visitor
select tests.authenticate_as('anon');
select results_eq($$ select workspace_name, agency_name, role, email, state, joined from public.invitation_preview('open-token') $$,
  $$ values ('City', 'Science', 'member', null::text, 'open', false) $$, 'a visitor with the link sees what it offers');
select is_empty($$ select 1 from public.invitation_preview('guessed') $$, 'a guess shows nothing');
select throws_ok($$ select public.accept_invitation('open-token') $$, '42501', null, 'a visitor cannot use it');

-- Using, as a newcomer
select tests.authenticate_as('newcomer');
select throws_ok($$ select public.accept_invitation('guessed') $$, 'P0002', null, 'a guess opens nothing');
select is((select workspace_slug from public.accept_invitation('addressed-token', '  Nguyễn An ', 'Chuyên viên')), 'city', 'the invited address uses its link, in any case of letters');
select is((select state from public.invitation_preview('addressed-token')), 'used', 'the link is used');
select is((select joined from public.invitation_preview('addressed-token')), true, 'and says that one belongs there');
select is((select workspace_slug from public.accept_invitation('secretary-token')), 'city', 'a member who opens another link comes home');
select tests.act_as_system();
select results_eq($$ select p.full_name, p.position_title, p.email, m.role, m.agency_id from public.people p join public.members m on m.person_id = p.id where p.id = tests.person('newcomer') $$,
  $$ values ('Nguyễn An', 'Chuyên viên', 'newcomer@plenum.test', 'member', tests.agency('science')) $$, 'the newcomer is a member of the agency named in the link');
select is((select accepted_at from public.invitations where id = md5('secretary')::uuid), null, 'and left the other link for whom it was made');

-- Using, as somebody else
select tests.authenticate_as('passer-by');
select throws_ok($$ select public.accept_invitation('addressed-token') $$, 'P0002', null, 'a used link opens nothing');
select tests.act_as_system();
update public.invitations set accepted_at = null, accepted_by = null where id = md5('addressed')::uuid;
select tests.authenticate_as('passer-by');
select throws_ok($$ select public.accept_invitation('addressed-token') $$, 'P0002', null, 'nor does one for another address');
select tests.act_as_system();
select is_empty($$ select 1 from public.people where id = tests.person('passer-by') $$, 'the passer-by is nobody here');
update public.invitations set revoked_at = now() where id = md5('open')::uuid;
select is(tests.who_may($$ insert into public.invitation_links (token_hash, invitation_id) values (repeat('a', 64), md5('open')::uuid) $$), '', 'there is no new link to what was revoked');
select tests.authenticate_as('passer-by');
select is((select state from public.invitation_preview('open-token')), 'revoked', 'a revoked link says so');
select throws_ok($$ select public.accept_invitation('open-token') $$, 'P0002', null, 'and opens nothing');
select tests.act_as_system();
update public.invitations set revoked_at = null, created_at = now() - interval '8 days', expires_at = now() - interval '1 day' where id = md5('open')::uuid;
select tests.authenticate_as('passer-by');
select is((select state from public.invitation_preview('open-token')), 'expired', 'an expired link says so');
select throws_ok($$ select public.accept_invitation('open-token') $$, 'P0002', null, 'and opens nothing');

-- A link does not outlive its maker's right to make it
select tests.act_as_system();
update public.invitations set expires_at = now() + interval '7 days', created_at = now() where id = md5('open')::uuid;
update public.members set role = 'member' where person_id = tests.person('secretary');
select isnt((select revoked_at from public.invitations where id = md5('open')::uuid), null, 'a secretary who becomes a member takes their links along');
update public.members set role = 'owner' where person_id = tests.person('secretary');
update public.members set role = 'secretary' where person_id = tests.person('owner');
select isnt((select revoked_at from public.invitations where id = md5('secretary')::uuid), null, 'an owner who becomes a secretary takes those along that only owners make');
select is((select revoked_at from public.invitations where id = md5('addressed')::uuid), null, 'but not those that secretaries make');
delete from public.members where person_id = tests.person('owner');
select isnt((select revoked_at from public.invitations where id = md5('addressed')::uuid), null, 'who leaves takes all along');
select tests.authenticate_as('owner');
select throws_ok($$ select public.accept_invitation('addressed-token') $$, 'P0002', null, 'so nobody walks back in by a link of their own');
select tests.act_as_system();
select is_empty($$ select 1 from public.members where person_id = tests.person('owner') $$, 'they stay outside');
select is((select count(*) from public.members where person_id = tests.person('passer-by')), 0::bigint, 'so does the passer-by');
select lives_ok($$ delete from public.agencies where id = tests.agency('empty') $$, 'an agency without links goes');

select * from finish();
rollback;
