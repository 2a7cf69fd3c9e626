-- Whether the browser underlines what it takes for misspelt while a person writes: few have a Vietnamese dictionary in it.
alter table public.people add column spellcheck boolean not null default false;
grant select (spellcheck), update (spellcheck) on public.people to authenticated;
