-- Versions: the text of a document as it was at a moment, for ever. A manager freezes one ("Dự thảo lần 2"); the system keeps a restore
-- point of each day on which something was changed. Nobody changes a version, whatever their role in the database.

alter table public.workspaces add column time_zone text not null default 'Asia/Ho_Chi_Minh' check (length(time_zone) between 1 and 60);
comment on column public.workspaces.time_zone is 'By which the days of the workspace are counted.';

create table public.document_versions (
  id uuid primary key default gen_random_uuid(),
  document_id uuid not null references public.documents (id) on delete cascade,
  kind text not null check (kind in ('frozen', 'restore-point')),
  number integer not null check (number > 0),
  label text not null default '' check (length(label) <= 200),
  note text not null default '' check (length(note) <= 2000),
  created_by uuid references public.people (id) on delete set null,
  created_by_name text not null default '',
  created_by_title text not null default '',
  created_by_agency text not null default '',
  created_at timestamptz not null default clock_timestamp(),
  content text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  provision_count integer not null default 0,
  word_count integer not null default 0,
  state bytea not null,
  schema_version integer not null check (schema_version > 0),
  docx_file_id uuid unique references public.files (id),
  docx_sha256 text check (docx_sha256 ~ '^[0-9a-f]{64}$'),
  unique (document_id, kind, number),
  check ((kind = 'frozen') = (label <> '')),
  check ((kind = 'frozen') = (docx_file_id is not null)),
  check ((docx_file_id is null) = (docx_sha256 is null))
);
comment on table public.document_versions is 'The text of a document as it was: frozen under a label by a manager, or kept by the system as a restore point.';
comment on column public.document_versions.number is 'Counts the versions of its kind.';
comment on column public.document_versions.content is 'Canonical JSON (RFC 8785, NFC): {content, kind, profile, schemaVersion, title}; pictures by their SHA-256. It is what sha256 is of, byte for byte.';
comment on column public.document_versions.state is 'The same as one Yjs update, with its history.';
comment on column public.document_versions.docx_file_id is 'The Word file, made once when the version was frozen.';
create index on public.document_versions (document_id, created_at desc);
create index on public.document_versions (created_by);
create unique index document_versions_label on public.document_versions (document_id, lower(label)) where kind = 'frozen';

create table public.version_files (
  version_id uuid not null references public.document_versions (id) on delete cascade,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  file_id uuid not null references public.files (id),
  primary key (version_id, sha256)
);
comment on table public.version_files is 'The pictures that a version names. They stay for as long as it does, whatever becomes of the document.';
create index on public.version_files (file_id);

-- Who sees a document sees its versions. Text, pictures and state are handed out by the server, piece by piece.

alter table public.document_versions enable row level security;
alter table public.version_files enable row level security;
revoke all on public.document_versions, public.version_files from anon, authenticated;
grant select (id, document_id, kind, number, label, note, created_by, created_by_name, created_by_title, created_by_agency, created_at, sha256,
  provision_count, word_count, schema_version, docx_sha256) on public.document_versions to authenticated;

create policy "readers of a document see its versions" on public.document_versions for select to authenticated
  using (exists (select 1 from public.documents d where d.id = document_id));

-- What is kept stays as it is

create function private.sign_version() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  select w.name, w.title, w.agency into new.created_by_name, new.created_by_title, new.created_by_agency
    from private.words_of_day(new.created_by, new.document_id) w;
  new.sha256 := encode(sha256(convert_to(new.content, 'UTF8')), 'hex');
  new.docx_sha256 := (select encode(f.sha256, 'hex') from public.files f where f.id = new.docx_file_id);
  return new;
end
$$;
create trigger sign_version before insert on public.document_versions for each row execute function private.sign_version();

create function private.refuse_change_of_version() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' then
    -- An account that is removed empties the link to it, and leaves the words.
    if old.created_by is not null and new.created_by is null and not exists (select 1 from public.people p where p.id = old.created_by) then
      old.created_by := null;
    end if;
    if new is not distinct from old then
      return new;
    end if;
  elsif tg_op = 'DELETE' then
    if not exists (select 1 from public.documents d where d.id = old.document_id) then
      return old;
    end if;
  end if;
  raise exception 'a version stays as it is for as long as its document is there' using errcode = 'PL501';
end
$$;
create trigger refuse_change before update or delete on public.document_versions for each row execute function private.refuse_change_of_version();
create trigger refuse_truncate before truncate on public.document_versions for each statement execute function private.refuse_change_of_version();

create function private.refuse_change_of_version_file() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'DELETE' then
    if not exists (select 1 from public.document_versions v where v.id = old.version_id) then
      return old;
    end if;
  end if;
  raise exception 'a version keeps its pictures' using errcode = 'PL501';
end
$$;
create trigger refuse_change before update or delete on public.version_files for each row execute function private.refuse_change_of_version_file();
create trigger refuse_truncate before truncate on public.version_files for each statement execute function private.refuse_change_of_version_file();

-- For the server alone, which has read the text: nobody else can say what it is.
create function private.keep_version(document uuid, kind text, label text, note text, person uuid, content text, provisions integer, words integer,
  state bytea, schema_version integer, docx_file uuid, pictures jsonb, out id uuid, out number integer, out sha256 text)
language plpgsql security definer set search_path = ''
as $$
begin
  -- Of two who freeze at once, the second waits and gets the number behind.
  perform 1 from public.documents d where d.id = document for no key update;
  if not found then
    raise exception 'no such document' using errcode = 'P0002';
  end if;
  if kind = 'frozen' and public.document_role(document, person) is distinct from 'manager' then
    raise exception 'managers freeze a document' using errcode = '42501';
  end if;
  if document in (select private.trashed_document_ids()) then
    raise exception 'what lies in the trash is not frozen' using errcode = '55000';
  end if;
  if (select count(*) from public.document_versions v where v.document_id = document) >= 10000 then
    raise exception 'a document has at most 10000 versions' using errcode = '55000';
  end if;
  insert into public.document_versions as v (document_id, kind, number, label, note, created_by, content, sha256, provision_count, word_count, state, schema_version, docx_file_id)
    values (document, keep_version.kind,
      (select coalesce(max(f.number), 0) + 1 from public.document_versions f where f.document_id = document and f.kind = keep_version.kind),
      keep_version.label, keep_version.note, person, keep_version.content, '', provisions, words, keep_version.state, keep_version.schema_version, docx_file)
    returning v.id, v.number, v.sha256 into keep_version.id, keep_version.number, keep_version.sha256;
  insert into public.version_files (version_id, sha256, file_id)
    select distinct on (encode(f.sha256, 'hex')) keep_version.id, encode(f.sha256, 'hex'), f.id
    from jsonb_array_elements_text(pictures) picture join public.files f on f.id = picture::uuid;
end
$$;
comment on function private.keep_version is 'Keeps a version of a document. P0002 when there is none, 42501 when the person does not manage it, 55000 in the trash, 23505 (document_versions_label) when another is called so.';
revoke execute on function private.keep_version from public, anon, authenticated;

create or replace function private.last_official_act(document uuid) returns timestamptz
language sql stable security definer set search_path = ''
as $$
  select greatest(
    (select max(decided_at) from public.document_transitions where document_id = document and state in ('submitted', 'adopted', 'issued')),
    (select max(v.created_at) from public.document_versions v where v.document_id = document and v.kind = 'frozen'))
$$;

-- Pages and owners hear of it

create function private.announce_version() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.announce_live('document:' || new.document_id, 'version', new.id);
  if new.kind = 'frozen' then
    perform private.record_event(d.workspace_id, 'frozen', 'document', d.id, d.title, jsonb_build_object('subject', new.label))
      from public.documents d where d.id = new.document_id;
  end if;
  return null;
end
$$;
create trigger announce_version after insert on public.document_versions for each row execute function private.announce_version();

-- All about me: also what one froze.

create or replace function public.my_data() returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'person', (select to_jsonb(p) from public.people p where p.id = auth.uid()),
    'memberships', (select coalesce(jsonb_agg(jsonb_build_object('workspace', w.name, 'agency', a.name, 'role', m.role, 'isHead', m.is_head, 'joinedAt', m.joined_at)), '[]')
      from public.members m join public.workspaces w on w.id = m.workspace_id join public.agencies a on a.id = m.agency_id where m.person_id = auth.uid()),
    'guest', (select coalesce(jsonb_agg(jsonb_build_object('workspace', w.name, 'organisation', g.organisation, 'joinedAt', g.joined_at)), '[]')
      from public.guests g join public.workspaces w on w.id = g.workspace_id where g.person_id = auth.uid()),
    'access', (select coalesce(jsonb_agg(jsonb_build_object('documentId', a.document_id, 'role', a.role, 'grantedAt', a.granted_at)), '[]')
      from public.document_access a where auth.uid() in (a.person_id, a.guest_id)),
    'documentsBegun', (select coalesce(jsonb_agg(jsonb_build_object('documentId', d.id, 'title', d.title, 'createdAt', d.created_at)), '[]')
      from public.documents d where d.created_by = auth.uid()),
    'visits', (select coalesce(jsonb_agg(jsonb_build_object('documentId', v.document_id, 'visitedAt', v.visited_at)), '[]')
      from public.document_visits v where v.person_id = auth.uid()),
    'edits', (select coalesce(jsonb_agg(jsonb_build_object('documentId', e.document_id, 'updates', e.updates, 'firstAt', e.first_at, 'lastAt', e.last_at)), '[]')
      from (select document_id, count(*) as updates, min(created_at) as first_at, max(created_at) as last_at
        from public.document_updates where person_id = auth.uid() group by document_id) e),
    'decisions', (select coalesce(jsonb_agg(jsonb_build_object('documentId', t.document_id, 'state', t.state, 'decidedAt', t.decided_at,
        'name', t.decided_by_name, 'function', t.decided_by_title, 'agency', t.decided_by_agency)), '[]')
      from public.document_transitions t where t.decided_by = auth.uid()),
    'invitations', (select coalesce(jsonb_agg(jsonb_build_object('role', i.role, 'email', i.email, 'made', i.created_by is not distinct from auth.uid(), 'createdAt', i.created_at, 'acceptedAt', i.accepted_at)), '[]')
      from public.invitations i where auth.uid() in (i.created_by, i.accepted_by)),
    'sessions', (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from public.my_sessions() s),
    'trail', (select coalesce(jsonb_agg(jsonb_build_object('verb', e.verb, 'object', e.object_type, 'label', e.object_label, 'details', e.details, 'happenedAt', e.happened_at) order by e.id), '[]')
      from public.audit_events e where e.person_id = auth.uid() or e.object_id = auth.uid()),
    'lateWork', (select coalesce(jsonb_agg(jsonb_build_object('documentId', l.document_id, 'begunAt', l.begun_at)), '[]')
      from public.document_late_work l where l.person_id = auth.uid()),
    'trashed', (select coalesce(jsonb_agg(jsonb_build_object('documentId', t.document_id, 'trashedAt', t.trashed_at)), '[]')
      from public.document_trashings t where t.trashed_by = auth.uid()),
    'files', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'bytes', f.size_bytes, 'createdAt', f.created_at)), '[]')
      from public.files f where f.created_by = auth.uid()),
    'images', (select coalesce(jsonb_agg(jsonb_build_object('documentId', i.document_id, 'createdAt', i.created_at)), '[]')
      from public.document_files i where i.created_by = auth.uid()),
    'passwordResets', (select coalesce(jsonb_agg(jsonb_build_object('requestedAt', r.requested_at, 'usedAt', r.used_at, 'offered', r.offered_by is not distinct from auth.uid())), '[]')
      from public.password_resets r where auth.uid() in (r.person_id, r.offered_by)),
    'exports', (select coalesce(jsonb_agg(jsonb_build_object('documentId', x.document_id, 'format', x.format, 'askedAt', x.asked_at, 'fetchedAt', x.fetched_at)), '[]')
      from public.exports x where x.asked_by = auth.uid()),
    'notices', (select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'documentId', n.document_id, 'madeAt', n.made_at, 'readAt', n.read_at)), '[]')
      from public.notices n where n.person_id = auth.uid()),
    'noticeChoices', (select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'channel', c.channel)), '[]')
      from public.notice_choices c where c.person_id = auth.uid()),
    'threads', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'documentId', t.document_id, 'openedAt', t.opened_at, 'opened', t.opened_by is not distinct from auth.uid())), '[]')
      from public.threads t where auth.uid() in (t.opened_by, t.assignee_id)),
    'comments', (select coalesce(jsonb_agg(jsonb_build_object('threadId', c.thread_id, 'body', c.body, 'createdAt', c.created_at, 'editedAt', c.edited_at, 'deletedAt', c.deleted_at,
        'name', c.author_name, 'function', c.author_title, 'agency', c.author_agency)), '[]')
      from public.comments c where c.author_id = auth.uid()),
    'threadDecisions', (select coalesce(jsonb_agg(jsonb_build_object('threadId', d.thread_id, 'kind', d.kind, 'sentence', d.sentence, 'decidedAt', d.decided_at)), '[]')
      from public.thread_decisions d where auth.uid() in (d.decided_by, d.assignee_id)),
    'versions', (select coalesce(jsonb_agg(jsonb_build_object('documentId', f.document_id, 'kind', f.kind, 'label', f.label, 'note', f.note, 'createdAt', f.created_at,
        'name', f.created_by_name, 'function', f.created_by_title, 'agency', f.created_by_agency)), '[]')
      from public.document_versions f where f.created_by = auth.uid()),
    'accessTokens', (select coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'scope', k.scope, 'createdAt', k.created_at, 'expiresAt', k.expires_at,
        'lastUsedAt', k.last_used_at, 'revokedAt', k.revoked_at)), '[]')
      from public.access_tokens k where k.person_id = auth.uid()),
    'mails', (select coalesce(jsonb_agg(jsonb_build_object('template', o.template, 'state', o.state, 'address', o.address, 'createdAt', o.created_at, 'endedAt', o.ended_at)), '[]')
      from public.outbox o where o.person_id = auth.uid() or lower(o.address) = (select lower(p.email) from public.people p where p.id = auth.uid()))
  ) where auth.uid() is not null
$$;
