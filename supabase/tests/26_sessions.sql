begin;
select plan(17);

create function tests.session(name text) returns uuid language sql immutable as $$ select md5('session ' || name)::uuid $$;
create function tests.authenticate_in_session(name text, session uuid) returns void language plpgsql
as $$
begin
  perform tests.authenticate_as(name);
  perform set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || jsonb_build_object('session_id', session))::text, true);
end
$$;
grant execute on all functions in schema tests to anon, authenticated;
insert into auth.sessions (id, user_id, created_at, refreshed_at, user_agent) values
  (tests.session('office'), tests.person('drafter'), '2026-11-01 08:00+07', '2026-11-02 01:30', 'Firefox'),
  (tests.session('home'), tests.person('drafter'), '2026-11-03 08:00+07', null, null),
  (tests.session('viewer'), tests.person('viewer'), now(), null, null);

-- What PostgREST asks before each request
select tests.authenticate_in_session('drafter', tests.session('office'));
select lives_ok($$ select private.check_session() $$, 'an open session is let through');
select tests.authenticate_in_session('drafter', tests.session('nowhere'));
select throws_ok($$ select private.check_session() $$, 'PT401', 'this session has ended', 'one that was ended is not');
select tests.authenticate_in_session('drafter', tests.session('viewer'));
select throws_ok($$ select private.check_session() $$, 'PT401', null, 'nor somebody else''s');
select tests.authenticate_as('drafter');
select throws_ok($$ select private.check_session() $$, 'PT401', null, 'nor a token of no session');
select tests.authenticate_as('anon');
select lives_ok($$ select private.check_session() $$, 'a visitor has none and needs none');
select tests.act_as_system();
select lives_ok($$ select private.check_session() $$, 'nor does the system');

-- Where one is signed in
select tests.authenticate_as('drafter');
select results_eq($$ select id, user_agent, last_used_at from public.my_sessions() order by signed_in_at $$,
  $$ values (tests.session('office'), 'Firefox', '2026-11-02 08:30+07'::timestamptz), (tests.session('home'), '', '2026-11-03 08:00+07'::timestamptz) $$,
  'people see their own sessions');
select is(public.end_session(tests.session('viewer')), false, 'nobody ends another''s session');
select is(public.end_session(tests.session('home')), true, 'but each their own');
select tests.act_as_system();
select results_eq($$ select id from auth.sessions where user_id in (tests.person('drafter'), tests.person('viewer')) order by user_agent $$,
  $$ values (tests.session('office')), (tests.session('viewer')) $$, 'that one is gone, the others are not');
select is(tests.who_may($$ select 1 from public.my_sessions() $$), 'drafter viewer', 'who is signed in nowhere sees nothing, a visitor may not ask');
select tests.authenticate_as('anon');
select throws_ok($$ select public.end_session(tests.session('viewer')) $$, '42501', null, 'nor end anything');
select throws_ok($$ select private.is_open_session(tests.session('viewer'), tests.person('viewer')) $$, '42501', null, 'nor ask about anybody');
select tests.act_as_system();

-- Leaving
insert into public.members (workspace_id, person_id, agency_id, role) values (tests.workspace('elsewhere'), tests.person('viewer'), tests.agency('abroad'), 'member');
delete from public.members where person_id = tests.person('viewer') and workspace_id = tests.workspace('city');
select isnt_empty($$ select 1 from auth.sessions where user_id = tests.person('viewer') $$, 'who still belongs to a workspace stays signed in');
delete from public.members where person_id = tests.person('viewer');
select is_empty($$ select 1 from auth.sessions where user_id = tests.person('viewer') $$, 'who belongs to none any more is signed out');
delete from public.members where person_id = tests.person('viewer');
select isnt_empty($$ select 1 from auth.sessions where user_id = tests.person('drafter') $$, 'the others are not');
delete from public.workspaces where id = tests.workspace('city');
select is_empty($$ select 1 from auth.sessions where user_id = tests.person('drafter') $$, 'until their workspace is gone');

select * from finish();
rollback;
