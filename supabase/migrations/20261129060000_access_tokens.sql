-- Access tokens: what a person gives a program, so that it acts as them without their password, within a scope and until a day.

create table public.access_tokens (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null default auth.uid() references public.people (id) on delete cascade,
  name text not null check (length(name) between 1 and 100),
  scope text not null check (scope in ('read', 'write')),
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  check (expires_at > created_at and expires_at <= created_at + interval '366 days')
);
comment on table public.access_tokens is 'Tokens by which programs act as a person, to read or to read and write; the SHA-256 of the secret is kept, never the secret. last_used_at is written at most once an hour.';
create index on public.access_tokens (person_id);
alter table public.access_tokens enable row level security;
revoke all on public.access_tokens from anon, authenticated;
grant select (id, person_id, name, scope, created_at, expires_at, last_used_at, revoked_at), insert (name, scope, token_hash, expires_at), update (revoked_at)
  on public.access_tokens to authenticated;

create function private.is_by_access_token() returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (select 1 from public.access_tokens
    where id = (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'session_id')::uuid)
$$;
comment on function private.is_by_access_token is 'Whether a program with an access token acts, and not its person in a session.';
grant execute on function private.is_by_access_token to authenticated, service_role;

create policy "people see their own access tokens" on public.access_tokens for select to authenticated
  using (person_id = (select auth.uid()));
create policy "people make access tokens in a session" on public.access_tokens for insert to authenticated
  with check (person_id = (select auth.uid()) and not (select private.is_by_access_token()));
create policy "people revoke their own access tokens in a session" on public.access_tokens for update to authenticated
  using (person_id = (select auth.uid()) and revoked_at is null and not (select private.is_by_access_token()))
  with check (person_id = (select auth.uid()) and revoked_at is not null);

create function private.bound_access_tokens() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if (select count(*) from public.access_tokens where person_id = new.person_id and revoked_at is null and expires_at > now()) >= 50 then
    raise exception 'a person has at most 50 access tokens' using errcode = '55000';
  end if;
  return new;
end
$$;
create trigger bound_access_tokens before insert on public.access_tokens for each row execute function private.bound_access_tokens();

-- The live sockets of a token end with it, on all nodes, whoever revoked it.
create function private.revoke_access_token() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  new.revoked_at := now();
  perform pg_notify('plenum_sessions', jsonb_build_object('personId', new.person_id, 'sessionId', new.id)::text);
  return new;
end
$$;
create trigger revoke_access_token before update on public.access_tokens for each row
  when (old.revoked_at is null and new.revoked_at is not null) execute function private.revoke_access_token();

create function private.audit_access_token() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.record_event(place.workspace_id, case tg_op when 'INSERT' then 'token_added' else 'token_revoked' end,
      'member', new.person_id, p.full_name, jsonb_build_object('subject', new.name, 'scope', new.scope))
    from public.people p, (select workspace_id, person_id from public.members union select workspace_id, person_id from public.guests) place
    where p.id = new.person_id and place.person_id = new.person_id;
  return null;
end
$$;
create trigger audit_addition after insert on public.access_tokens for each row execute function private.audit_access_token();
create trigger audit_revocation after update on public.access_tokens for each row
  when (old.revoked_at is null and new.revoked_at is not null) execute function private.audit_access_token();

create function private.use_access_token(hash text) returns table (id uuid, person_id uuid, email text, scope text, expires_at timestamptz)
language sql security definer set search_path = ''
as $$
  with noted as (
    update public.access_tokens t set last_used_at = now()
    where t.token_hash = hash and t.revoked_at is null and t.expires_at > now() and coalesce(t.last_used_at < now() - interval '1 hour', true)
  )
  select t.id, t.person_id, p.email, t.scope, t.expires_at from public.access_tokens t join public.people p on p.id = t.person_id
  where t.token_hash = hash and t.revoked_at is null and t.expires_at > now()
$$;
comment on function private.use_access_token is 'Whose token has this hash, and what it may do; nothing when it is revoked or over. Notes its use to within an hour.';

create or replace function private.is_open_session(session uuid, person uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (select 1 from auth.sessions where id = session and user_id = person)
    or exists (select 1 from public.access_tokens where id = session and person_id = person and revoked_at is null and expires_at > now())
$$;
comment on function private.is_open_session is 'Whether a person''s session has not been ended (by signing out, a new password, or the loss of their last workspace), nor their access token revoked or over.';

create or replace function public.end_session(session uuid) returns boolean
language sql security definer set search_path = ''
as $$
  with ended as (delete from auth.sessions where id = session and user_id = auth.uid() and not (select private.is_by_access_token()) returning 1)
  select exists (select 1 from ended)
$$;
comment on function public.end_session is 'Signs the person out where this session is; false when they have no such session, or a program asks.';

create or replace function private.end_sessions_of_the_departed() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if not exists (select 1 from public.members where person_id = old.person_id) and not exists (select 1 from public.guests where person_id = old.person_id) then
    delete from auth.sessions where user_id = old.person_id;
    update public.access_tokens set revoked_at = now() where person_id = old.person_id and revoked_at is null;
    update public.people set left_at = now() where id = old.person_id;
  end if;
  return null;
end
$$;
comment on function private.end_sessions_of_the_departed is 'Who belongs to no workspace any more, not even as a guest, is signed out, with the programs that act as them, and forgotten some time later.';
