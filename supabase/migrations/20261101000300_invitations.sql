-- Invitation links: role, agency, expiry, single use. Only the hash of a link's token is stored.

create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  agency_id uuid not null,
  role text not null check (role in ('owner', 'secretary', 'member')),
  is_head boolean not null default false,
  email text check (email is null or email like '%_@_%'),
  token_hash text not null unique check (length(token_hash) = 64),
  created_by uuid not null default auth.uid() references public.people (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references public.people (id) on delete set null,
  revoked_at timestamptz,
  -- Thirty days, and a day of room for clocks that differ.
  check (expires_at > created_at and expires_at < created_at + interval '31 days'),
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
create policy "owners revoke invitations, secretaries those of members" on public.invitations for update to authenticated
  using (accepted_at is null
    and (workspace_id in (select private.my_workspace_ids_as(array['owner']))
      or (role = 'member' and workspace_id in (select private.my_workspace_ids_as(array['secretary'])))))
  with check (workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])));

create function private.revoke_invitations_of_the_departed() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- A link outlives neither its maker's place in the workspace nor the right to make it; else a removed owner could walk back in.
  update public.invitations i set revoked_at = now()
    where i.workspace_id = old.workspace_id and i.created_by = old.person_id and i.accepted_at is null and i.revoked_at is null
      and (tg_op = 'DELETE' or (new.role <> 'owner' and not (new.role = 'secretary' and i.role = 'member')));
  return null;
end
$$;
create trigger revoke_invitations_of_the_departed after update of role or delete on public.members
  for each row execute function private.revoke_invitations_of_the_departed();

create view public.invitation_list with (security_invoker = true) as
  select i.id, i.workspace_id, i.agency_id, a.name as agency_name, a.short_name as agency_short_name, i.role, i.is_head, i.email, i.created_at, i.expires_at,
    i.created_by, maker.full_name as created_by_name, i.accepted_at, joined.full_name as accepted_by_name, i.revoked_at,
    case when i.accepted_at is not null then 'used' when i.revoked_at is not null then 'revoked' when i.expires_at <= now() then 'expired' else 'open' end as state,
    i.accepted_at is null and i.expires_at > now()
      and (i.role = 'member' or i.workspace_id in (select private.my_workspace_ids_as(array['owner']))) as can_revoke
  from public.invitations i
  join public.agencies a on a.id = i.agency_id
  left join public.people maker on maker.id = i.created_by
  left join public.people joined on joined.id = i.accepted_by;
comment on view public.invitation_list is 'Invitation links with their state; can_revoke also covers taking a revocation back.';
grant select on public.invitation_list to authenticated;

create function private.token_hash(token text) returns text
language sql immutable strict set search_path = ''
as $$ select encode(sha256(convert_to(token, 'UTF8')), 'hex') $$;

create function public.invitation_preview(token text)
returns table (workspace_name text, workspace_slug text, agency_name text, role text, is_head boolean, email text, invited_by text, expires_at timestamptz, state text, joined boolean)
language sql stable security definer set search_path = ''
as $$
  select w.name, w.slug, a.name, i.role, i.is_head, i.email, p.full_name, i.expires_at,
    case when i.accepted_at is not null then 'used' when i.revoked_at is not null then 'revoked'
         when i.expires_at <= now() then 'expired' else 'open' end,
    exists (select 1 from public.members m where m.workspace_id = i.workspace_id and m.person_id = auth.uid())
  from public.invitations i
  join public.workspaces w on w.id = i.workspace_id
  join public.agencies a on a.id = i.agency_id
  join public.people p on p.id = i.created_by
  where i.token_hash = private.token_hash(token)
$$;
comment on function public.invitation_preview is 'What a link offers, for the person who holds it; no row when the token is unknown. "joined": the asker is a member already.';
grant execute on function public.invitation_preview to anon, authenticated, service_role;

create function public.accept_invitation(token text, full_name text default null, position_title text default null)
returns text
language plpgsql security definer set search_path = ''
as $$
declare
  invitation public.invitations;
  account_email text;
  slug text;
begin
  select u.email into account_email from auth.users u where u.id = auth.uid();
  if account_email is null then
    raise exception 'sign in before accepting an invitation' using errcode = '42501';
  end if;
  insert into public.people (id, email, full_name, position_title)
    values (auth.uid(), account_email, coalesce(nullif(trim(accept_invitation.full_name), ''), account_email), coalesce(accept_invitation.position_title, ''))
    on conflict (id) do nothing;
  -- A member who opens a link again comes home and leaves the link for whom it was made.
  select w.slug into slug from public.invitations i
    join public.members m on m.workspace_id = i.workspace_id and m.person_id = auth.uid()
    join public.workspaces w on w.id = i.workspace_id
    where i.token_hash = private.token_hash(token);
  if slug is not null then
    return slug;
  end if;
  -- One statement decides who uses the link, so two clicks at once cannot both succeed.
  update public.invitations i set accepted_at = now(), accepted_by = auth.uid()
    where i.token_hash = private.token_hash(token) and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
      and (i.email is null or lower(i.email) = lower(account_email))
    returning * into invitation;
  if invitation.id is null then
    raise exception 'this invitation is not open to you' using errcode = 'P0002';
  end if;
  insert into public.members (workspace_id, person_id, agency_id, role, is_head)
    values (invitation.workspace_id, auth.uid(), invitation.agency_id, invitation.role, invitation.is_head);
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
  offered_by uuid references public.people (id) on delete set null,
  token_hash text unique check (length(token_hash) = 64),
  expires_at timestamptz,
  used_at timestamptz,
  check ((token_hash is null) = (expires_at is null))
);
comment on table public.password_resets is 'Requests for a new password (no token yet) and single-use links that answer them. Reached through functions only.';
create unique index password_resets_one_request on public.password_resets (person_id) where token_hash is null;
create index on public.password_resets (person_id);
alter table public.password_resets enable row level security;

create function public.list_password_requests() returns table (person_id uuid, requested_at timestamptz)
language sql stable security definer set search_path = ''
as $$
  select r.person_id, r.requested_at from public.password_resets r
  where r.token_hash is null and r.requested_at > now() - interval '30 days' and r.person_id in (select private.resettable_person_ids())
$$;
comment on function public.list_password_requests is 'Open requests of the people whom the signed-in owner may help.';
grant execute on function public.list_password_requests to authenticated;

create function public.offer_password_reset(person uuid, token_hash text) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
declare
  until timestamptz := now() + interval '1 hour';
begin
  if not exists (select 1 from private.resettable_person_ids() id where id = person) then
    raise exception 'only an owner of every workspace of a person may offer a new password' using errcode = '42501';
  end if;
  -- A new link replaces the request and every earlier link.
  delete from public.password_resets r where r.person_id = person and r.used_at is null;
  insert into public.password_resets (person_id, offered_by, token_hash, expires_at) values (person, auth.uid(), offer_password_reset.token_hash, until);
  return until;
end
$$;
comment on function public.offer_password_reset is 'An owner answers a forgotten password with a link (its hash is given) valid for an hour; 42501 when the person also belongs to somebody else''s workspace.';
grant execute on function public.offer_password_reset to authenticated;
