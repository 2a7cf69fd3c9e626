-- What devices brought of an epoch that is over: it was applied to the kept body and done to the text as it is now.
-- A row without done_at is being handed over, or was when a process ended; the client id of its edit tells whether the
-- text has it. So nothing is done twice, whatever became of the answer.

create table public.document_late_work (
  id bigint generated always as identity primary key,
  document_id uuid not null,
  epoch integer not null,
  person_id uuid references public.people (id) on delete set null,
  live_epoch integer not null,
  client bigint not null,
  bytes bytea,
  begun_at timestamptz not null default now(),
  done_at timestamptz,
  foreign key (document_id, epoch) references public.document_past_bodies (document_id, epoch) on delete cascade
);
comment on table public.document_late_work is 'Late work of devices that came back with an earlier epoch, as Yjs updates of the kept body; goes with that body.';
create unique index on public.document_late_work (document_id, epoch) where done_at is null;
create index on public.document_late_work (document_id, epoch);
alter table public.document_late_work enable row level security;
revoke all on public.document_late_work from anon, authenticated;
