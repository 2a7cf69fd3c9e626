-- What was answered to a program that may ask again: when the answer to a POST is lost, the same key gets it once more.

create table private.idempotency_keys (
  person_id uuid not null references public.people (id) on delete cascade,
  route text not null,
  key text not null,
  body_hash text not null,
  answer jsonb not null,
  created_at timestamptz not null default now(),
  primary key (person_id, route, key)
);
comment on table private.idempotency_keys is 'Answers (201) by the Idempotency-Key of the request, written in the transaction of what was made, and kept for a day.';
create index on private.idempotency_keys (created_at);
