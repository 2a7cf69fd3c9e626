-- Helpers that policies and triggers read live in the schema "private", which the data API does not expose.
create schema if not exists private;
grant usage on schema private to anon, authenticated, service_role;
alter default privileges in schema public revoke execute on functions from public;
alter default privileges in schema private revoke execute on functions from public;

create function public.fold_text(input text) returns text
language sql immutable parallel safe strict set search_path = ''
as $$
  select lower(regexp_replace(normalize(translate(input, 'đĐ', 'dD'), NFD), U&'[\0300-\036f]', '', 'g'))
$$;
comment on function public.fold_text is 'Lower case without diacritics: "Ủy ban" and "Uỷ ban" both fold to "uy ban". Folding NFC text keeps its length.';
grant execute on function public.fold_text to anon, authenticated, service_role;
