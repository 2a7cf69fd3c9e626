-- What opens more than a token's own scope, or outlasts it, only its person makes: links to passwords, and owners.

create function private.refuse_programs() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if (select private.is_by_access_token()) then
    raise exception 'an access token may not do this; its person does it, signed in' using errcode = '42501';
  end if;
  return new;
end
$$;
comment on function private.refuse_programs is 'Refuses with 42501 what a program with an access token writes, whatever its scope.';

create trigger refuse_programs before insert on public.password_resets for each row
  when (new.token_hash is not null) execute function private.refuse_programs();
create trigger refuse_programs before insert on public.invitations for each row
  when (new.role = 'owner') execute function private.refuse_programs();
create trigger refuse_programs_new_owners before insert on public.members for each row
  when (new.role = 'owner') execute function private.refuse_programs();
create trigger refuse_programs_raised_owners before update of role on public.members for each row
  when (new.role = 'owner' and old.role <> 'owner') execute function private.refuse_programs();

create function private.refuse_programs_links_to_owners() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if (select private.is_by_access_token()) and exists (select 1 from public.invitations where id = new.invitation_id and role = 'owner') then
    raise exception 'an access token may not do this; its person does it, signed in' using errcode = '42501';
  end if;
  return new;
end
$$;
comment on function private.refuse_programs_links_to_owners is 'Refuses with 42501 links that a program with an access token makes to invitations of owners.';
create trigger refuse_programs before insert on public.invitation_links for each row execute function private.refuse_programs_links_to_owners();
