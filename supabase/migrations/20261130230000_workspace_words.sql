-- Words of a workspace: what its texts use and no Vietnamese dictionary has. The editor finds words that are neither.

create table public.workspace_words (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  word text not null check (length(word) between 2 and 60 and word = lower(word) and word !~ '\s'),
  added_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, word)
);
comment on table public.workspace_words is 'Words that are right in a workspace, such as terms and foreign words, in small letters.';

alter table public.workspace_words enable row level security;
revoke all on public.workspace_words from anon, authenticated;
grant select, insert (workspace_id, word), delete on public.workspace_words to authenticated;

create policy "members read the words of their workspaces" on public.workspace_words for select to authenticated
  using (workspace_id in (select private.my_workspace_ids()));
create policy "owners and secretaries add words" on public.workspace_words for insert to authenticated
  with check (workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])));
create policy "owners and secretaries take words out" on public.workspace_words for delete to authenticated
  using (workspace_id in (select private.my_workspace_ids_as(array['owner', 'secretary'])));

create function private.bound_words() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if (select count(*) from (select 1 from public.workspace_words where workspace_id = new.workspace_id limit 5000) kept) = 5000 then
    raise exception 'a workspace has at most 5000 words of its own' using errcode = '55000';
  end if;
  return new;
end
$$;
create trigger bound_words before insert on public.workspace_words for each row execute function private.bound_words();
