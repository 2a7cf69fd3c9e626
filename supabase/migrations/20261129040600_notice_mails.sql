-- Notices by mail: at once, or all of a day in one. A mail says what is unread when it is sent, and is dropped when nothing is.

alter table public.notices add column mail_id uuid references public.outbox (id) on delete set null;
comment on column public.notices.mail_id is 'The mail that tells of it; null while there is none.';
create index on public.notices (mail_id);
create index notices_for_digest on public.notices (workspace_id, person_id) where channel = 'digest' and mail_id is null and read_at is null;

create function private.mail_notice() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.outbox (workspace_id, template, person_id, locale)
    select new.workspace_id, 'notices', p.id, p.locale from public.people p where p.id = new.person_id
    returning id into new.mail_id;
  return new;
end
$$;
create trigger mail_notice before insert on public.notices for each row when (new.channel = 'mail') execute function private.mail_notice();

create function private.queue_digests() returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  reader record;
  mail uuid;
  queued integer := 0;
begin
  for reader in
    select n.workspace_id, n.person_id, p.locale from public.notices n join public.people p on p.id = n.person_id
    where n.channel = 'digest' and n.mail_id is null and n.read_at is null group by 1, 2, 3
  loop
    insert into public.outbox (workspace_id, template, person_id, locale) values (reader.workspace_id, 'notices', reader.person_id, reader.locale) returning id into mail;
    update public.notices set mail_id = mail
      where workspace_id = reader.workspace_id and person_id = reader.person_id and channel = 'digest' and mail_id is null and read_at is null;
    queued := queued + 1;
  end loop;
  return queued;
end
$$;
comment on function private.queue_digests is 'Queues one mail for each person and workspace with unread notices for the digest; answers how many.';

create function private.drop_notice_mail() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.outbox set state = 'cancelled', ended_at = now()
    where id = old.mail_id and state = 'queued'
      and not exists (select 1 from public.notices n where n.mail_id = old.mail_id and n.read_at is null);
  return null;
end
$$;
comment on function private.drop_notice_mail is 'Drops a mail that has nothing to tell any more: all of it was read or undone.';
create trigger drop_notice_mail after delete on public.notices for each row when (old.mail_id is not null) execute function private.drop_notice_mail();
create trigger drop_read_mail after update of read_at on public.notices for each row when (new.mail_id is not null and new.read_at is not null)
  execute function private.drop_notice_mail();
