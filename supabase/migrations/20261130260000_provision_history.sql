-- History: what each provision said, who changed it and when. It is written while edits are indexed, some seconds after typing
-- pauses, never with the edits themselves; so it outlives the update log, which is compacted and begins anew in a new epoch.

create table public.provision_history (
  id bigint generated always as identity primary key,
  document_id uuid not null references public.documents (id) on delete cascade,
  uid text not null check (length(uid) between 1 and 200),
  provisions jsonb not null check (jsonb_typeof(provisions) = 'array' and length(provisions::text) <= 4000),
  type text not null check (length(type) <= 40),
  number text not null check (length(number) <= 500),
  from_number text not null default '' check (length(from_number) <= 500),
  person_id uuid references public.people (id) on delete set null,
  person_name text not null default '' check (length(person_name) <= 500),
  person_agency text not null default '' check (length(person_agency) <= 500),
  began_at timestamptz not null,
  ended_at timestamptz not null,
  before text not null check (length(before) <= 20000),
  after text not null check (length(after) <= 20000),
  kind text not null generated always as (case when before = after then 'moved' when before = '' then 'added' when after = '' then 'removed' else 'changed' end) stored
);
comment on table public.provision_history is 'What one person made of a provision, or of another passage of a text, within ten minutes.';
comment on column public.provision_history.provisions is 'Uids of the provisions in which it stands, the widest first, and its own.';
comment on column public.provision_history.type is 'What it is: a provision, a paragraph, a row of a table.';
comment on column public.provision_history.number is 'As it was cited then; of what has no number, the provision in which it stands.';
comment on column public.provision_history.from_number is 'How it was cited before it was moved; empty where it was not.';
comment on column public.provision_history.person_name is 'Of that day; empty where nobody did it.';
comment on column public.provision_history.before is 'Its words, without marks; empty where it was not there, or said nothing.';
create index on public.provision_history (document_id, uid, id desc);
create index on public.provision_history (document_id, id desc);
create index on public.provision_history (document_id, ended_at);
create index on public.provision_history (person_id);

-- Written by the server alone, which reads the texts; who sees a document sees its history.

alter table public.provision_history enable row level security;
revoke all on public.provision_history from anon, authenticated;
grant select on public.provision_history to authenticated;

create policy "readers of a document see its history" on public.provision_history for select to authenticated
  using (exists (select 1 from public.documents d where d.id = document_id));

-- Up to where the history of a text is written, and what the text said there. It follows from the text, so no backup needs it.

create table private.history_marks (
  document_id uuid primary key references public.documents (id) on delete cascade,
  round bigint not null default 1,
  epoch integer not null,
  upto bigint not null,
  snapshot_version bigint not null,
  uids jsonb not null
);
comment on table private.history_marks is 'Up to which update of its log the history of a text is written.';
comment on column private.history_marks.round is 'Rises whenever history is written: of two nodes that read the same, one writes.';
comment on column private.history_marks.uids is 'The passages of the text in their order.';

create table private.history_passages (
  document_id uuid not null references private.history_marks (document_id) on delete cascade,
  uid text not null,
  provisions jsonb not null,
  type text not null,
  level text,
  number text not null,
  words text not null,
  hash text not null,
  primary key (document_id, uid)
);
comment on table private.history_passages is 'What a text said when its history was last written, passage by passage.';
comment on column private.history_passages.hash is 'Of its words, with references by what they name: another number printed there is no edit.';

-- What became of a text since a moment: each passage once, from how it was then to how it is.

create function public.changes_since(document uuid, since timestamptz)
returns table (uid text, provisions jsonb, type text, number text, from_number text, people jsonb, began_at timestamptz, ended_at timestamptz, before text, after text)
language sql stable security invoker set search_path = ''
as $$
  select * from (
    select h.uid, (array_agg(h.provisions order by h.id desc))[1] as provisions, (array_agg(h.type order by h.id desc))[1] as type,
      (array_agg(h.number order by h.id desc))[1] as number,
      coalesce((array_agg(h.from_number order by h.id) filter (where h.from_number <> ''))[1], '') as from_number,
      jsonb_agg(distinct jsonb_build_object('id', h.person_id, 'name', h.person_name, 'agency', h.person_agency)) as people,
      min(h.began_at) as began_at, max(h.ended_at) as ended_at,
      (array_agg(h.before order by h.id))[1] as before, (array_agg(h.after order by h.id desc))[1] as after
    from public.provision_history h
    where h.document_id = document and h.ended_at > since
    group by h.uid
    having bool_or(h.person_id is distinct from auth.uid())
  ) merged
  where merged.before <> merged.after or merged.from_number not in ('', merged.number)
  order by merged.ended_at desc, merged.uid
  limit 500
$$;
comment on function public.changes_since is 'The passages of a text that somebody else than the signed-in person changed since a moment, each once; the last 500.';
revoke execute on function public.changes_since from public, anon;
grant execute on function public.changes_since to authenticated;
