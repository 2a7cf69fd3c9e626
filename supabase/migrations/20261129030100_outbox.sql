-- Mails: rows, queued in the transaction of what they follow from, and sent by jobs. A row says what a mail is about, to whom it
-- goes and by which template it is written; what it says is read when it is sent, so no body is kept, and a secret link is made
-- then. A mail is bound to what it is about: when that is undone before the mail went out, the mail is cancelled.

create table public.outbox (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid references public.workspaces (id) on delete cascade,
  template text not null check (template ~ '^[a-z][a-z0-9-]{0,49}$'),
  invitation_id uuid references public.invitations (id) on delete set null,
  password_reset_id uuid references public.password_resets (id) on delete set null,
  person_id uuid references public.people (id) on delete set null,
  address text check (length(address) <= 254 and address ~ '^[^[:space:][:cntrl:]<>()",:;@\\]+@[^[:space:][:cntrl:]<>()",:;@\\]+$'),
  locale text not null default 'vi' check (locale in ('vi', 'en')),
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed', 'cancelled')),
  message_id uuid not null unique default gen_random_uuid(),
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  reason text check (length(reason) <= 100),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((state = 'queued') = (ended_at is null)),
  check (state <> 'queued' or num_nonnulls(person_id, address) = 1),
  unique (template, invitation_id),
  unique (template, password_reset_id)
);
comment on table public.outbox is 'Mails, one for each template and thing that it is about. What a later kind is about gets a column of its own, which is set null when the thing goes.';
comment on column public.outbox.workspace_id is 'Null for what concerns a person wherever they are.';
comment on column public.outbox.address is 'Where it goes when that is no person''s own address. Removed 90 days after the mail ended, as is the person.';
comment on column public.outbox.message_id is 'The same at every attempt, so that a mail that arrives twice is known for one; another when somebody has it sent again.';
comment on column public.outbox.reason is 'Why the last attempt failed: codes of the mail server or of the network, never its words.';
create index on public.outbox (workspace_id, created_at desc);
create index on public.outbox (invitation_id);
create index on public.outbox (password_reset_id);
create index on public.outbox (person_id);
create index outbox_ended on public.outbox (ended_at) where address is not null or person_id is not null;

alter table public.outbox enable row level security;
revoke all on public.outbox from anon, authenticated;
grant select (id, workspace_id, template, invitation_id, password_reset_id, person_id, address, state, attempts, next_attempt_at, reason, created_at, ended_at)
  on public.outbox to authenticated;
create policy "owners see the mails of their workspaces and of people whom they may help" on public.outbox for select to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner']))
    or (workspace_id is null and person_id in (select private.resettable_person_ids())));

-- Being sent
create function private.send_queued_mail() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- The job belongs to no workspace: owners decide about the mail.
  if private.queue_job('send-mail', new.id::text, jsonb_build_object('mail', new.id)) is null then
    update public.jobs set run_at = now() where kind = 'send-mail' and key = new.id::text and state = 'waiting';
    perform pg_notify('plenum_jobs', '');
  end if;
  return null;
end
$$;
create trigger send_queued_mail after insert or update of state on public.outbox for each row
  when (new.state = 'queued') execute function private.send_queued_mail();

create function private.begin_mail(mail uuid) returns setof public.outbox
language sql security definer set search_path = ''
as $$
  update public.outbox o set attempts = attempts + 1, next_attempt_at = null
  where id = mail and state = 'queued' and not exists (select 1 from public.work_holds h where h.workspace_id = o.workspace_id)
  returning o.*
$$;
comment on function private.begin_mail is 'Begins an attempt to send a mail; no row when it is not queued any more, or its workspace is held.';

create function private.send_released_mails() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.outbox set state = 'queued' where workspace_id = old.workspace_id and state = 'queued';
  return null;
end
$$;
create trigger send_released_mails after delete on public.work_holds for each row execute function private.send_released_mails();

-- Bound to what it is about
create function private.cancel_orphaned_mail() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.state := 'cancelled';
  new.ended_at := now();
  return new;
end
$$;
create trigger cancel_orphaned_mail before update of invitation_id, password_reset_id, person_id on public.outbox for each row
  when (old.state = 'queued' and new.state = 'queued'
    and num_nonnulls(new.invitation_id, new.password_reset_id, new.person_id) < num_nonnulls(old.invitation_id, old.password_reset_id, old.person_id))
  execute function private.cancel_orphaned_mail();

create function private.mail_invitation() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.outbox (workspace_id, template, invitation_id, address, locale) values (new.workspace_id, 'invitation', new.id, new.email,
    coalesce((select locale from public.people where lower(email) = lower(new.email)), (select locale from public.people where id = new.created_by), 'vi'));
  return null;
end
$$;
comment on function private.mail_invitation is 'Queues the mail of an invitation that has an address, in the language of the invited, or else of who invites.';
create trigger mail_invitation after insert on public.invitations for each row when (new.email is not null)
  execute function private.mail_invitation();

create function private.follow_invitation() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.revoked_at is not null or new.accepted_at is not null then
    update public.outbox set state = 'cancelled', ended_at = coalesce(new.revoked_at, new.accepted_at) where invitation_id = new.id and state = 'queued';
  else
    -- The revocation was taken back, and the mail with it: it had not gone out.
    update public.outbox set state = 'queued', ended_at = null where invitation_id = new.id and state = 'cancelled' and ended_at = old.revoked_at;
  end if;
  return null;
end
$$;
comment on function private.follow_invitation is 'Cancels the mail of an invitation that is used or revoked, and takes that back when the revocation is.';
create trigger follow_invitation after update on public.invitations for each row
  when ((old.revoked_at is null, old.accepted_at is null) is distinct from (new.revoked_at is null, new.accepted_at is null))
  execute function private.follow_invitation();

create function private.mail_password_reset(person uuid) returns void
language sql security definer set search_path = ''
as $$
  with request as (
    insert into public.password_resets (person_id) values (person)
      on conflict (person_id) where token_hash is null do update set requested_at = now()
    returning id
  )
  insert into public.outbox (template, password_reset_id, person_id, locale)
    select 'password-reset', request.id, person, p.locale from request, public.people p where p.id = person
    on conflict (template, password_reset_id) do update set state = 'queued', ended_at = null, attempts = 0 where outbox.state in ('failed', 'cancelled')
$$;
comment on function private.mail_password_reset is 'Notes that a person forgot their password and queues the mail with a link; once, however often they ask before it went out.';

create function private.answer_password_request() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  delete from public.password_resets where id = new.password_reset_id and token_hash is null;
  return null;
end
$$;
comment on function private.answer_password_request is 'Who was sent a link is not waiting for an owner any more.';
create trigger answer_password_request after update of state on public.outbox for each row
  when (new.state = 'sent' and new.password_reset_id is not null) execute function private.answer_password_request();

-- What owners see and do
create view public.mail_list with (security_invoker = true) as
  select o.id, coalesce(o.workspace_id, place.workspace_id) as workspace_id, o.template, coalesce(o.address, a.email) as address,
    coalesce(d.title, agency.name, p.full_name) as about, o.state, o.attempts, o.next_attempt_at, o.reason, o.created_at, o.ended_at,
    coalesce(i.state = 'open', o.password_reset_id is not null) as can_copy_link,
    o.state = 'queued' as can_cancel,
    o.state <> 'queued' and num_nonnulls(o.person_id, o.address) = 1 and coalesce(i.state = 'open', o.password_reset_id is not null) as can_send_again
  from public.outbox o
  left join (select workspace_id, person_id from public.members union all select workspace_id, person_id from public.guests) place
    on o.workspace_id is null and place.person_id = o.person_id
  left join public.people p on p.id = o.person_id
  left join private.addresses a on a.person_id = o.person_id
  left join public.invitation_list i on i.id = o.invitation_id
  left join public.documents d on d.id = i.document_id
  left join public.agencies agency on agency.id = i.agency_id;
comment on view public.mail_list is 'Mails as owners see them; "about" is the document, the agency or the person. A link can be copied, and a mail sent again, while what it is about stands.';
grant select on public.mail_list to authenticated;

create function private.my_mail_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select id from public.outbox where workspace_id in (select private.my_workspace_ids_as(array['owner']))
    or (workspace_id is null and person_id in (select private.resettable_person_ids()))
$$;

create function public.cancel_mail(mail uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  update public.outbox set state = 'cancelled', ended_at = now() where id = mail and state = 'queued' and id in (select private.my_mail_ids());
  if not found then raise exception 'no such mail' using errcode = 'P0002'; end if;
end
$$;
comment on function public.cancel_mail is 'An owner stops a mail that has not gone out; P0002 when it has, and for everybody else.';

create function public.send_mail_again(mail uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  update public.outbox o set state = 'queued', ended_at = null, attempts = 0, reason = null, message_id = gen_random_uuid()
    where id = mail and state <> 'queued' and id in (select private.my_mail_ids()) and num_nonnulls(person_id, address) = 1
      and (password_reset_id is not null
        or exists (select 1 from public.invitations i where i.id = o.invitation_id and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()));
  if not found then raise exception 'no such mail' using errcode = 'P0002'; end if;
end
$$;
comment on function public.send_mail_again is 'An owner has a mail sent once more; P0002 when what it is about does not stand any more, and for everybody else.';
revoke execute on function public.cancel_mail, public.send_mail_again from public, anon;
grant execute on function public.cancel_mail, public.send_mail_again to authenticated;

create function private.forget_mails(after interval) returns void
language sql security definer set search_path = ''
as $$
  update public.outbox set address = null, person_id = null where ended_at < now() - after and (address is not null or person_id is not null)
$$;
comment on function private.forget_mails is 'Removes from mails that ended that long ago to whom they went.';

-- Pages that show the mails listen to "outbox", with the id of the workspace.
create function private.announce_mail() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.workspace_id is not null then
    perform private.announce_live('outbox:' || new.workspace_id, 'mails', new.workspace_id);
  else
    perform private.announce_live('outbox:' || workspace_id, 'mails', workspace_id) from public.members where person_id = new.person_id;
  end if;
  return null;
end
$$;
create trigger announce_live after insert or update of state, reason on public.outbox for each row execute function private.announce_mail();
