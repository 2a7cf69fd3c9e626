-- A session that has ended opens nothing any more, although the access token that it gave out lives for up to an hour.

create function private.is_open_session(session uuid, person uuid) returns boolean
language sql stable security definer set search_path = ''
as $$ select exists (select 1 from auth.sessions where id = session and user_id = person) $$;
comment on function private.is_open_session is 'Whether a person''s session has not been ended: by signing out, a new password, or the loss of their last workspace.';

create function private.check_session() returns void
language plpgsql stable security definer set search_path = ''
as $$
declare
  claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
begin
  if claims ->> 'role' = 'authenticated' and not private.is_open_session((claims ->> 'session_id')::uuid, (claims ->> 'sub')::uuid) then
    raise sqlstate 'PT401' using message = 'this session has ended';
  end if;
end
$$;
comment on function private.check_session is 'Refuses, with status 401, a call of the data API whose session has ended. PostgREST calls it before each request.';
grant execute on function private.check_session to anon, authenticated, service_role;

-- Where Supabase answers the data API, PostgREST has to be told. In the other sizes the process checks, before it answers.
do $$ begin
  if exists (select 1 from pg_roles where rolname = 'authenticator') and exists (select 1 from pg_roles where rolname = 'supabase_auth_admin') then
    execute format('alter role authenticator in database %I set pgrst.db_pre_request = ''private.check_session''', current_database());
    notify pgrst, 'reload config';
  end if;
end $$;

create function private.end_sessions_of_the_departed() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if not exists (select 1 from public.members where person_id = old.person_id) then
    delete from auth.sessions where user_id = old.person_id;
  end if;
  return null;
end
$$;
comment on function private.end_sessions_of_the_departed is 'Who belongs to no workspace any more is signed out.';
create trigger end_sessions_of_the_departed after delete on public.members for each row execute function private.end_sessions_of_the_departed();

create function public.my_sessions() returns table (id uuid, user_agent text, signed_in_at timestamptz, last_used_at timestamptz)
language sql stable security definer set search_path = ''
as $$
  -- auth keeps the time of the last renewal in UTC, without saying so.
  select s.id, coalesce(s.user_agent, ''), s.created_at, coalesce(s.refreshed_at at time zone 'UTC', s.created_at)
  from auth.sessions s where s.user_id = auth.uid()
$$;
comment on function public.my_sessions is 'Where the signed-in person is signed in; last used to within the hour for which an access token lives.';
grant execute on function public.my_sessions to authenticated;

create function public.end_session(session uuid) returns boolean
language sql security definer set search_path = ''
as $$
  with ended as (delete from auth.sessions where id = session and user_id = auth.uid() returning 1)
  select exists (select 1 from ended)
$$;
comment on function public.end_session is 'Signs the person out where this session is; false when they have no such session.';
grant execute on function public.end_session to authenticated;
