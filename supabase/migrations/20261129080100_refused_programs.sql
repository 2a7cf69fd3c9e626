-- /api says by the code of its own why a program is refused, and not only that it is.

create or replace function private.refuse_programs() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if (select private.is_by_access_token()) then
    raise exception 'an access token may not do this; its person does it, signed in' using errcode = 'PL006';
  end if;
  return new;
end
$$;
comment on function private.refuse_programs is 'Refuses with PL006 what a program with an access token writes, whatever its scope.';

create or replace function private.refuse_programs_links_to_owners() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if (select private.is_by_access_token()) and exists (select 1 from public.invitations where id = new.invitation_id and role = 'owner') then
    raise exception 'an access token may not do this; its person does it, signed in' using errcode = 'PL006';
  end if;
  return new;
end
$$;
comment on function private.refuse_programs_links_to_owners is 'Refuses with PL006 links that a program with an access token makes to invitations of owners.';
