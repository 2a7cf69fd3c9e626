-- Agencies are merged and closed, and change their names; one with a history is never deleted.

alter table public.agencies
  add column closed_on date,
  add column successor_id uuid,
  add foreign key (workspace_id, successor_id) references public.agencies (workspace_id, id),
  add constraint agencies_succeeded_when_closed check (closed_on is not null or successor_id is null),
  add constraint agencies_succeeded_by_another check (successor_id is distinct from id);
comment on column public.agencies.closed_on is 'Since when the agency is closed: nobody joins it, and nothing is led by it or shared with it; null while it is open.';
comment on column public.agencies.successor_id is 'The agency that took over its members and documents, when it was merged.';

create table public.agency_names (
  id bigint generated always as identity primary key,
  agency_id uuid not null references public.agencies (id) on delete cascade,
  name text not null,
  short_name text not null,
  valid_until timestamptz not null default now()
);
comment on table public.agency_names is 'Names that an agency had, and until when.';
create index on public.agency_names (agency_id);
alter table public.agency_names enable row level security;
revoke all on public.agency_names from anon, authenticated;
grant select on public.agency_names to authenticated;
create policy "who sees an agency sees its former names" on public.agency_names for select to authenticated
  using (exists (select 1 from public.agencies a where a.id = agency_id));

create function private.keep_agency_name() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.agency_names (agency_id, name, short_name) values (old.id, old.name, old.short_name);
  return null;
end
$$;
create trigger keep_agency_name after update on public.agencies for each row
  when ((old.name, old.short_name) is distinct from (new.name, new.short_name)) execute function private.keep_agency_name();

create function private.agency_has_history(agency uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (select 1 from public.invitations where agency_id = agency and accepted_at is not null)
    or exists (select 1 from public.agency_names where agency_id = agency)
    or exists (select 1 from public.agencies where id = agency and closed_on is not null)
    or exists (select 1 from public.document_transitions t join public.documents d on d.id = t.document_id
      join public.agencies a on a.workspace_id = d.workspace_id and a.name = t.decided_by_agency where a.id = agency)
$$;
comment on function private.agency_has_history is 'Whether anybody came in through an agency or decided in its name, or it had another name or was closed: then it is kept.';
grant execute on function private.agency_has_history to authenticated, service_role;

create function private.keep_agency_with_history() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- A workspace being deleted takes its agencies with it.
  if exists (select 1 from public.workspaces where id = old.workspace_id) and private.agency_has_history(old.id) then
    raise exception 'an agency with a history is closed, not deleted' using errcode = '23503', constraint = 'agencies_keep_history';
  end if;
  return old;
end
$$;
create trigger keep_agency_with_history before delete on public.agencies for each row execute function private.keep_agency_with_history();

create function private.refuse_closed_agency() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (select 1 from public.agencies where id = (to_jsonb(new) ->> tg_argv[0])::uuid and closed_on is not null) then
    raise exception 'this agency is closed' using errcode = '23514', constraint = 'agency_is_open';
  end if;
  return new;
end
$$;
create trigger refuse_closed_agency before insert or update of agency_id on public.members for each row execute function private.refuse_closed_agency('agency_id');
create trigger refuse_closed_agency before insert or update of agency_id on public.document_access for each row execute function private.refuse_closed_agency('agency_id');
create trigger refuse_closed_agency before insert on public.invitations for each row execute function private.refuse_closed_agency('agency_id');
create trigger refuse_closed_agency before insert or update of lead_agency_id on public.documents for each row execute function private.refuse_closed_agency('lead_agency_id');

create function public.close_agency(agency uuid, successor uuid default null) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  closing public.agencies;
begin
  select * into closing from public.agencies where id = agency and workspace_id in (select private.my_workspace_ids()) for update;
  if closing.id is null then
    raise exception 'no such agency' using errcode = 'P0002';
  end if;
  if closing.workspace_id not in (select private.my_workspace_ids_as(array['owner'])) then
    raise exception 'only owners close an agency' using errcode = '42501';
  end if;
  if closing.closed_on is not null then
    raise exception 'this agency is closed' using errcode = '23514', constraint = 'agency_is_open';
  end if;
  if successor is null then
    if exists (select 1 from public.members where agency_id = agency) or exists (select 1 from public.documents where lead_agency_id = agency) then
      raise exception 'an agency with members or documents needs a successor' using errcode = '23503', constraint = 'agencies_closed_empty';
    end if;
  else
    update public.members set agency_id = successor where agency_id = agency;
    update public.documents set lead_agency_id = successor where lead_agency_id = agency;
    -- Of two rights on one document the better one goes over; who leads it needs none.
    update public.document_access theirs set role = ours.role from public.document_access ours
      where ours.agency_id = agency and theirs.document_id = ours.document_id and theirs.agency_id = successor
        and private.role_rank(ours.role) > private.role_rank(theirs.role);
    update public.document_access ours set agency_id = successor
      where ours.agency_id = agency and not exists (select 1 from public.document_access theirs where theirs.document_id = ours.document_id and theirs.agency_id = successor);
    delete from public.document_access a using public.documents d where d.id = a.document_id and a.agency_id = successor and d.lead_agency_id = successor;
  end if;
  delete from public.document_access where agency_id = agency;
  update public.agencies set parent_id = coalesce(successor, closing.parent_id) where parent_id = agency and id is distinct from successor;
  update public.agencies set parent_id = closing.parent_id where parent_id = agency;
  update public.invitations set revoked_at = now() where agency_id = agency and accepted_at is null and revoked_at is null;
  update public.agencies set closed_on = (now() at time zone 'Asia/Ho_Chi_Minh')::date, successor_id = successor where id = agency;
end
$$;
comment on function public.close_agency is 'Closes an agency; a successor takes over its members, documents and rights. P0002 when it is not visible, 42501 for everybody but owners, 23503 without a successor while it has members or documents, 23514 when either is closed.';
revoke execute on function public.close_agency from public, anon;
grant execute on function public.close_agency to authenticated;

create or replace view public.agency_list with (security_invoker = true) as
  select a.id, a.workspace_id, a.name, a.short_name, a.code, a.colour, a.parent_id, a.created_at, coalesce(m.members, 0)::integer as member_count,
    a.workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])) as can_edit,
    a.workspace_id in (select private.my_workspace_ids_as(array['owner'])) and coalesce(m.members, 0) = 0 and not private.agency_has_history(a.id)
      and not exists (select 1 from public.agencies c where c.parent_id = a.id)
      and not exists (select 1 from public.documents d where d.lead_agency_id = a.id)
      and not exists (select 1 from public.document_access g where g.agency_id = a.id)
      and not exists (select 1 from public.invitations i where i.agency_id = a.id and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()) as can_delete,
    a.workspace_id in (select private.my_workspace_ids_as(array['owner'])) and a.closed_on is null as can_close,
    a.closed_on, s.name as successor_name
  from public.agencies a
  left join public.agencies s on s.id = a.successor_id
  left join (select agency_id, count(*) as members from public.members group by agency_id) m on m.agency_id = a.id;
comment on view public.agency_list is 'Agencies with their number of members and what the signed-in person may do; only one without any use and history can be deleted.';
