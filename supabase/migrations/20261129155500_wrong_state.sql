-- Who sees a job or mail that is in no state for a decision is told so (55000); only to everybody else it does not exist.
create or replace function public.retry_job(job uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform 1 from public.jobs where id = job and workspace_id in (select private.my_workspace_ids_as(array['owner']));
  if not found then raise exception 'no such job' using errcode = 'P0002'; end if;
  update public.jobs set state = 'waiting', run_at = now(), attempts = 0, ended_at = null, progress = 0
    where id = job and state in ('failed', 'discarded');
  if not found then raise exception 'only a failed or discarded job is tried again' using errcode = '55000'; end if;
end
$$;
comment on function public.retry_job is 'An owner has a failed or discarded job tried again; 55000 for one in another state, P0002 for everybody else.';

create or replace function public.discard_job(job uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform 1 from public.jobs where id = job and workspace_id in (select private.my_workspace_ids_as(array['owner']));
  if not found then raise exception 'no such job' using errcode = 'P0002'; end if;
  update public.jobs set state = 'discarded', ended_at = now(), leased_by = null, leased_until = null
    where id = job and state in ('waiting', 'running', 'failed');
  if not found then raise exception 'only a job that has not ended well is given up' using errcode = '55000'; end if;
end
$$;
comment on function public.discard_job is 'An owner gives a job up, also one that runs; 55000 for one that is done or discarded, P0002 for everybody else.';

create or replace function public.cancel_mail(mail uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if mail not in (select private.my_mail_ids()) then raise exception 'no such mail' using errcode = 'P0002'; end if;
  update public.outbox set state = 'cancelled', ended_at = now() where id = mail and state = 'queued';
  if not found then raise exception 'this mail does not wait any more' using errcode = '55000'; end if;
end
$$;
comment on function public.cancel_mail is 'An owner stops a mail that has not gone out; 55000 when it has, P0002 for everybody else.';

create or replace function public.send_mail_again(mail uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if mail not in (select private.my_mail_ids()) then raise exception 'no such mail' using errcode = 'P0002'; end if;
  update public.outbox o set state = 'queued', ended_at = null, attempts = 0, reason = null, message_id = gen_random_uuid()
    where id = mail and state <> 'queued' and num_nonnulls(person_id, address) = 1
      and (password_reset_id is not null
        or exists (select 1 from public.invitations i where i.id = o.invitation_id and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()));
  if not found then raise exception 'this mail waits already, or what it is about is over' using errcode = '55000'; end if;
end
$$;
comment on function public.send_mail_again is 'An owner has a mail sent once more; 55000 while it waits and when what it is about does not stand any more, P0002 for everybody else.';
