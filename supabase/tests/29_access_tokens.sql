begin;
select plan(42);

create function tests.token(name text) returns uuid language sql immutable as $$ select md5('token ' || name)::uuid $$;
create function tests.act_by_token(name text, token uuid) returns void language plpgsql
as $$
begin
  perform tests.authenticate_as(name);
  perform set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || jsonb_build_object('session_id', token))::text, true);
end
$$;
grant execute on all functions in schema tests to anon, authenticated;
insert into public.access_tokens (id, person_id, name, scope, token_hash, expires_at) values
  (tests.token('drafter'), tests.person('drafter'), 'Báo cáo', 'write', repeat('a', 64), now() + interval '30 days'),
  (tests.token('guest'), tests.person('guest'), 'Guest', 'read', repeat('b', 64), now() + interval '30 days');
insert into auth.sessions (id, user_id, created_at) values (md5('drafter session')::uuid, tests.person('drafter'), now());

-- Who may
select is(tests.who_may($$ select 1 from (select id from public.access_tokens) t where id = tests.token('drafter') $$), 'drafter', 'everybody sees their own');
select is(tests.who_may($$ select 1 from (select id from public.access_tokens) t where id = tests.token('guest') $$), 'guest', 'a guest too');
select is(tests.who_may($$ select token_hash from public.access_tokens $$), '', 'nobody reads a hash');
select is(tests.who_may($$ insert into public.access_tokens (name, scope, token_hash, expires_at) values ('x', 'read', repeat('c', 64), now() + interval '1 day') $$),
  'owner secretary drafter codrafter reviewer viewer outsider guest stranger', 'everybody with an account makes one, visitors do not');
select is(tests.who_may($$ insert into public.access_tokens (person_id, name, scope, token_hash, expires_at) values (tests.person('viewer'), 'x', 'read', repeat('c', 64), now() + interval '1 day') $$), '', 'nobody for somebody else');
select is(tests.who_may($$ update public.access_tokens set revoked_at = now() where id = tests.token('drafter') $$), 'drafter', 'everybody revokes their own');
select is(tests.who_may($$ update public.access_tokens set expires_at = now() + interval '300 days' $$), '', 'nobody prolongs one');
select is(tests.who_may($$ update public.access_tokens set scope = 'write' $$), '', 'or widens it');
select is(tests.who_may($$ delete from public.access_tokens $$), '', 'or takes it out of the list');
select is(tests.who_may($$ select 1 from private.use_access_token(repeat('a', 64)) $$), '', 'nobody asks whose a token is');

-- What a token is
select throws_ok($$ insert into public.access_tokens (person_id, name, scope, token_hash, expires_at) values (tests.person('viewer'), 'x', 'all', repeat('c', 64), now() + interval '1 day') $$, '23514', null, 'there are two scopes');
select throws_ok($$ insert into public.access_tokens (person_id, name, scope, token_hash, expires_at) values (tests.person('viewer'), 'x', 'read', repeat('c', 64), now() + interval '2 years') $$, '23514', null, 'none is for ever');
select throws_ok($$ insert into public.access_tokens (person_id, name, scope, token_hash, expires_at) values (tests.person('viewer'), 'x', 'read', 'secret', now() + interval '1 day') $$, '23514', null, 'a secret is no hash');
select throws_ok($$ insert into public.access_tokens (person_id, name, scope, token_hash, expires_at) select tests.person('viewer'), 'x', 'read', md5(n::text) || md5(n::text), now() + interval '1 day' from generate_series(1, 51) n $$, '55000', null, 'nobody has more than fifty');

-- Using one
select results_eq($$ select id, person_id, email, scope from private.use_access_token(repeat('a', 64)) $$,
  $$ values (tests.token('drafter'), tests.person('drafter'), 'drafter@plenum.test', 'write') $$, 'the hash tells whose it is and what for');
select isnt((select last_used_at from public.access_tokens where id = tests.token('drafter')), null, 'its use is noted');
update public.access_tokens set last_used_at = now() - interval '30 minutes' where id = tests.token('drafter');
select lives_ok($$ select * from private.use_access_token(repeat('a', 64)) $$, 'again within the hour');
select is((select last_used_at from public.access_tokens where id = tests.token('drafter')), now() - interval '30 minutes', 'is not written again');
select is_empty($$ select * from private.use_access_token(repeat('f', 64)) $$, 'a wrong one is nobody''s');
select is(private.is_open_session(tests.token('drafter'), tests.person('drafter')), true, 'a token counts as a session of its person');
select is(private.is_open_session(tests.token('drafter'), tests.person('viewer')), false, 'and of nobody else');

-- What a program with a token may not
select tests.act_by_token('drafter', tests.token('drafter'));
select lives_ok($$ select private.check_session() $$, 'it is let through');
select throws_ok($$ insert into public.access_tokens (name, scope, token_hash, expires_at) values ('x', 'read', repeat('c', 64), now() + interval '1 day') $$, '42501', null, 'it makes no further token');
update public.access_tokens set revoked_at = now();
select is((select count(*) from public.access_tokens where revoked_at is not null), 0::bigint, 'nor revokes one');
select is(public.end_session(md5('drafter session')::uuid), false, 'nor ends a session');
select tests.act_as_system();

-- Nor what opens more than its scope, or outlasts it
insert into public.access_tokens (id, person_id, name, scope, token_hash, expires_at) values (tests.token('owner'), tests.person('owner'), 'x', 'write', repeat('e', 64), now() + interval '30 days');
insert into public.invitations (id, workspace_id, agency_id, role, created_by, expires_at) values (md5('to an owner')::uuid, tests.workspace('city'), tests.agency('science'), 'owner', tests.person('owner'), now() + interval '7 days');
select tests.act_by_token('owner', tests.token('owner'));
create function pg_temp.refuses(statement text, says text) returns text language sql
as $$ select throws_ok(statement, 'PL006', 'an access token may not do this; its person does it, signed in', says) $$;
select pg_temp.refuses($$ select public.offer_password_reset(tests.person('viewer'), repeat('a', 64)) $$, 'it makes no link to a password');
select pg_temp.refuses($$ insert into public.invitations (workspace_id, agency_id, role, expires_at) values (tests.workspace('city'), tests.agency('science'), 'owner', now() + interval '7 days') $$, 'nor invites an owner');
select pg_temp.refuses($$ insert into public.invitation_links (token_hash, invitation_id) values (repeat('1', 64), md5('to an owner')::uuid) $$, 'nor makes a link for one who is invited');
select pg_temp.refuses($$ update public.members set role = 'owner' where person_id = tests.person('viewer') $$, 'nor makes a member an owner');
select lives_ok($$ insert into public.invitations (workspace_id, agency_id, role, expires_at) values (tests.workspace('city'), tests.agency('science'), 'member', now() + interval '7 days') $$, 'it invites members');
select lives_ok($$ insert into public.invitation_links (token_hash, invitation_id) values (repeat('2', 64), md5('open')::uuid) $$, 'and makes links for them');
select tests.authenticate_as('owner');
select lives_ok($$ insert into public.invitation_links (token_hash, invitation_id) values (private.token_hash('to an owner'), md5('to an owner')::uuid) $$, 'its person does all that, signed in');
select lives_ok($$ select public.offer_password_reset(tests.person('viewer'), repeat('a', 64)) $$, 'links to passwords, too');
select tests.act_by_token('guest', tests.token('guest'));
select pg_temp.refuses($$ select public.accept_invitation('to an owner', 'Guest') $$, 'nobody becomes an owner by a program');
select tests.act_as_system();

-- The end
select tests.authenticate_as('drafter');
update public.access_tokens set revoked_at = now() + interval '1 year' where id = tests.token('drafter');
select is((select revoked_at from public.access_tokens), now(), 'revoked is revoked now');
select tests.act_as_system();
select is_empty($$ select * from private.use_access_token(repeat('a', 64)) $$, 'a revoked token opens nothing');
select is(private.is_open_session(tests.token('drafter'), tests.person('drafter')), false, 'nor does what was made from it');
select results_eq($$ select workspace_id, person_name, verb, object_label, details ->> 'subject' from public.audit_events where verb like 'token%' and object_id = tests.person('drafter') order by id $$,
  $$ values (tests.workspace('city'), '', 'token_added', 'Drafter', 'Báo cáo'), (tests.workspace('city'), 'Drafter', 'token_revoked', 'Drafter', 'Báo cáo') $$, 'the trail tells of both');
update public.access_tokens set created_at = now() - interval '2 days', expires_at = now() - interval '1 day' where id = tests.token('guest');
select is_empty($$ select * from private.use_access_token(repeat('b', 64)) $$, 'one that is over opens nothing');
insert into public.access_tokens (id, person_id, name, scope, token_hash, expires_at) values (tests.token('viewer'), tests.person('viewer'), 'x', 'read', repeat('d', 64), now() + interval '30 days');
delete from public.members where person_id = tests.person('viewer');
select is_empty($$ select * from private.use_access_token(repeat('d', 64)) $$, 'the tokens of who belongs to no workspace any more are revoked');
select lives_ok($$ delete from auth.users where id = tests.person('viewer') $$, 'and go with the account');
select is_empty($$ select 1 from public.access_tokens where id = tests.token('viewer') $$, 'leaving nothing');

select * from finish();
rollback;
