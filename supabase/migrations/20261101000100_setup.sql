-- Helpers that policies and triggers read live in the schema "private", which the data API does not expose.
create schema if not exists private;
grant usage on schema private to anon, authenticated, service_role;

-- Default deny: what a role may touch is granted by name beside each table and function. The first line has no schema because
-- a right that everybody has by default cannot be taken back for one schema; the others undo what a hosted project hands out.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke execute on functions from anon, authenticated;

create function public.fold_text(input text) returns text
language sql immutable parallel safe strict set search_path = ''
as $$
  select lower(regexp_replace(normalize(translate(input, 'đĐ', 'dD'), NFD), U&'[\0300-\036f]', '', 'g'))
$$;
comment on function public.fold_text is 'Lower case without diacritics: "Ủy ban" and "Uỷ ban" both fold to "uy ban". Folding NFC text keeps its length.';
grant execute on function public.fold_text to anon, authenticated, service_role;
