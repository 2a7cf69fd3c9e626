begin;
select plan(10);

-- Default deny
select is_empty($$ select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity $$,
  'row level security is on for every table');
select is_empty($$ select tablename, policyname from pg_policies where schemaname = 'public' and roles <> '{authenticated}' $$,
  'every policy is for signed-in people');
select is_empty($$ select tablename, policyname from pg_policies where schemaname = 'public' and cmd = 'ALL' $$,
  'every policy is for one verb');
select is_empty($$
  select c.relname, privilege from pg_class c, unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) privilege
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
    and (has_table_privilege('anon', c.oid, privilege) or case when privilege in ('select', 'insert', 'update', 'references') then has_any_column_privilege('anon', c.oid, privilege) end) $$,
  'visitors have no right on any table');
select is_empty($$
  select c.relname, privilege from pg_class c, unnest(array['truncate', 'references', 'trigger']) privilege
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and has_table_privilege('authenticated', c.oid, privilege) $$,
  'nobody may truncate, reference or hang triggers on a table');
select is_empty($$ select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v' and not coalesce(reloptions, '{}') @> '{security_invoker=true}' $$,
  'every view shows what its reader may see');
select set_eq($$ select proname::text from pg_proc where pronamespace = 'public'::regnamespace and has_function_privilege('anon', oid, 'execute') $$,
  $$ values ('invitation_preview') $$,
  'visitors may preview an invitation, no more');
select is_empty($$
  select p.proname, t.typname
  from pg_proc p, unnest(p.proargtypes) argument join pg_type t on t.oid = argument
  where p.pronamespace = 'public'::regnamespace and t.typname not in ('uuid', 'boolean', 'bool', 'int4', 'int8', 'float8', 'date', 'timestamptz')
    and not exists (select 1 from pg_constraint c where c.contypid = t.oid and pg_get_constraintdef(c.oid) ~ 'length\(VALUE\) <= \d+') $$,
  'every function that the data API reaches takes only what has a size');
select is_empty($$
  select proname from pg_proc where pronamespace in ('public'::regnamespace, 'private'::regnamespace) and prosecdef
    and not coalesce(proconfig, '{}') @> '{"search_path=\"\""}' $$,
  'functions with the rights of their owner trust no search path');
select is_empty($$
  select conrelid::regclass, conname from pg_constraint c
  where contype = 'f' and connamespace = 'public'::regnamespace and confrelid = 'public.workspaces'::regclass
    and not exists (select 1 from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1]) and conrelid <> 'public.document_tombstones'::regclass $$,
  'what policies ask by workspace is indexed');

select * from finish();
rollback;
