-- Invitation links: role, agency, expiry, single use. Only the hash of a link's token is stored.

create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  agency_id uuid not null,
  role text not null check (role in ('owner', 'secretary', 'member')),
  is_head boolean not null default false,
  email text check (email is null or email like '%_@_%'),
  token_hash text not null unique check (length(token_hash) = 64),
  expires_at timestamptz not null,
  created_by uuid not null default auth.uid() references public.people (id) on delete cascade,
  created_at timestamptz not null default now(),
  accepted_at timestamptz,
  accepted_by uuid references public.people (id) on delete set null,
  revoked_at timestamptz,
  foreign key (workspace_id, agency_id) references public.agencies (workspace_id, id) on delete cascade
);
comment on table public.invitations is 'A single-use link that makes its bearer a member; the SHA-256 of the token is kept, never the token.';
create index on public.invitations (workspace_id);

alter table public.invitations enable row level security;
grant select (id, workspace_id, agency_id, role, is_head, email, expires_at, created_by, created_at, accepted_at, accepted_by, revoked_at) on public.invitations to authenticated;
grant insert (workspace_id, agency_id, role, is_head, email, token_hash, expires_at) on public.invitations to authenticated;
grant update (revoked_at) on public.invitations to authenticated;

create policy "owners and secretaries see invitations" on public.invitations for select to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])));
create policy "owners invite anyone, secretaries invite members" on public.invitations for insert to authenticated
  with check (
    created_by = (select auth.uid()) and accepted_at is null and accepted_by is null and revoked_at is null
    and (workspace_id in (select private.my_workspace_ids_as(array['owner']))
      or (role = 'member' and workspace_id in (select private.my_workspace_ids_as(array['secretary'])))));
create policy "owners and secretaries revoke invitations" on public.invitations for update to authenticated
  using (accepted_at is null and workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])))
  with check (workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])));

create function private.token_hash(token text) returns text
language sql immutable strict set search_path = ''
as $$ select encode(sha256(convert_to(token, 'UTF8')), 'hex') $$;

create function public.invitation_preview(token text)
returns table (workspace_name text, agency_name text, role text, email text, state text)
language sql stable security definer set search_path = ''
as $$
  select w.name, a.name, i.role, i.email,
    case when i.accepted_at is not null then 'used' when i.revoked_at is not null then 'revoked'
         when i.expires_at < now() then 'expired' else 'open' end
  from public.invitations i
  join public.workspaces w on w.id = i.workspace_id
  join public.agencies a on a.id = i.agency_id
  where i.token_hash = private.token_hash(token)
$$;
comment on function public.invitation_preview is 'What a link offers, for the person who holds it; no row when the token is unknown.';
grant execute on function public.invitation_preview to anon, authenticated, service_role;

create function public.accept_invitation(token text, full_name text default null, position_title text default null)
returns text
language plpgsql security definer set search_path = ''
as $$
declare
  invitation public.invitations;
  account_email text;
begin
  select u.email into account_email from auth.users u where u.id = auth.uid();
  if account_email is null then
    raise exception 'sign in before accepting an invitation' using errcode = '42501';
  end if;
  insert into public.people (id, email, full_name, position_title)
    values (auth.uid(), account_email, coalesce(nullif(trim(accept_invitation.full_name), ''), account_email), coalesce(accept_invitation.position_title, ''))
    on conflict (id) do nothing;
  -- One statement decides who uses the link, so two clicks at once cannot both succeed.
  update public.invitations i set accepted_at = now(), accepted_by = auth.uid()
    where i.token_hash = private.token_hash(token) and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
      and (i.email is null or lower(i.email) = lower(account_email))
    returning * into invitation;
  if invitation.id is null then
    raise exception 'this invitation is not open to you' using errcode = 'P0002';
  end if;
  insert into public.members (workspace_id, person_id, agency_id, role, is_head)
    values (invitation.workspace_id, auth.uid(), invitation.agency_id, invitation.role, invitation.is_head)
    on conflict (workspace_id, person_id) do nothing;
  return (select w.slug from public.workspaces w where w.id = invitation.workspace_id);
end
$$;
comment on function public.accept_invitation is 'Uses an invitation link as the signed-in person and answers the workspace slug; P0002 when the link is used, revoked, expired, unknown or meant for another address.';
grant execute on function public.accept_invitation to authenticated;
grant execute on function private.token_hash to authenticated, service_role;

create table public.password_resets (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references public.people (id) on delete cascade,
  requested_at timestamptz not null default now(),
  token_hash text unique,
  expires_at timestamptz,
  used_at timestamptz
);
comment on table public.password_resets is 'Requests for a new password; system only. Without mail an owner turns a request into a link.';
create index on public.password_resets (person_id);
alter table public.password_resets enable row level security;
revoke all on public.password_resets from anon, authenticated;
