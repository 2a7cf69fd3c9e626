-- An invitation has as many links as were made to it: one for whoever copies it, one for each mail. Each works until the
-- invitation is used, revoked or over. Only the SHA-256 of a link's token is kept.

create table public.invitation_links (
  token_hash text primary key check (length(token_hash) = 64),
  invitation_id uuid not null references public.invitations (id) on delete cascade,
  created_at timestamptz not null default now()
);
comment on table public.invitation_links is 'Links to invitations, by the SHA-256 of their tokens; the tokens are kept nowhere.';
create index on public.invitation_links (invitation_id);
insert into public.invitation_links (token_hash, invitation_id, created_at) select token_hash, id, created_at from public.invitations;
alter table public.invitations drop column token_hash;
comment on table public.invitations is 'What makes its bearer a member, or a guest on one document, once; its links are in invitation_links.';

alter table public.invitation_links enable row level security;
revoke all on public.invitation_links from anon, authenticated;
grant insert (token_hash, invitation_id) on public.invitation_links to authenticated;
create policy "who may revoke an invitation may make links to it" on public.invitation_links for insert to authenticated
  with check (exists (select 1 from public.invitation_list l where l.id = invitation_links.invitation_id and l.can_revoke and l.state = 'open'));

-- By the document and not by the invitation's own id, which no function sees yet while the row is being made.
alter policy "owners and secretaries see invitations, managers those to their documents" on public.invitations
  using (workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary']))
    or document_id in (select r.document_id from private.document_rights r where r.person_id = (select auth.uid()) and r.rank = 4));

create function private.invitation_of(token text) returns uuid
language sql stable security definer set search_path = ''
as $$ select l.invitation_id from public.invitation_links l where l.token_hash = private.token_hash(token) $$;
comment on function private.invitation_of is 'The invitation to which a link leads; null when nobody made the link.';

create or replace function public.invitation_preview(token public.short_text)
returns table (workspace_name text, workspace_slug text, agency_name text, role text, is_head boolean, email text, invited_by text, expires_at timestamptz, state text, joined boolean,
  document_id uuid, document_title text, document_role text)
language sql stable security definer set search_path = ''
as $$
  select w.name, w.slug, coalesce(a.name, i.organisation), i.role, i.is_head, i.email, p.full_name, i.expires_at,
    case when i.accepted_at is not null then 'used' when i.revoked_at is not null then 'revoked'
         when i.expires_at <= now() then 'expired' else 'open' end,
    exists (select 1 from public.members m where m.workspace_id = i.workspace_id and m.person_id = auth.uid())
      or exists (select 1 from public.document_access g where g.document_id = i.document_id and g.guest_id = auth.uid()),
    i.document_id, d.title, i.document_role
  from public.invitations i
  join public.workspaces w on w.id = i.workspace_id
  left join public.agencies a on a.id = i.agency_id
  left join public.documents d on d.id = i.document_id
  left join public.people p on p.id = i.created_by
  where i.id = private.invitation_of(token)
$$;

create or replace function public.accept_invitation(token public.short_text, full_name public.short_text default null, position_title public.short_text default null)
returns table (workspace_slug text, document_id uuid)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  named uuid := private.invitation_of(token);
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
  -- Who has what a link offers comes home and leaves the link for whom it was made. So does a member who holds one for guests.
  return query select w.slug, case when public.document_role(i.document_id, auth.uid()) is not null then i.document_id end
    from public.invitations i join public.workspaces w on w.id = i.workspace_id
    where i.id = named
      and (exists (select 1 from public.members m where m.workspace_id = i.workspace_id and m.person_id = auth.uid())
        or exists (select 1 from public.document_access g where g.document_id = i.document_id and g.guest_id = auth.uid()));
  if found then
    return;
  end if;
  -- One statement decides who uses the invitation, so two clicks at once cannot both succeed.
  update public.invitations i set accepted_at = now(), accepted_by = auth.uid()
    where i.id = named and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
      and (i.email is null or lower(i.email) = lower(account_email))
    returning * into invitation;
  if invitation.id is null then
    raise exception 'this invitation is not open to you' using errcode = 'P0002';
  end if;
  if invitation.role = 'guest' then
    insert into public.guests (workspace_id, person_id, organisation) values (invitation.workspace_id, auth.uid(), invitation.organisation)
      on conflict (workspace_id, person_id) do nothing;
    insert into public.document_access (workspace_id, document_id, guest_id, role, granted_by)
      values (invitation.workspace_id, invitation.document_id, auth.uid(), invitation.document_role, invitation.created_by);
  else
    insert into public.members (workspace_id, person_id, agency_id, role, is_head)
      values (invitation.workspace_id, auth.uid(), invitation.agency_id, invitation.role, invitation.is_head);
  end if;
  return query select w.slug, invitation.document_id from public.workspaces w where w.id = invitation.workspace_id;
end
$$;
