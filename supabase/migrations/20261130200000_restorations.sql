-- Restorations: a text, or one provision of it, became again what a version holds. That is an edit of today, so it can be taken back;
-- what takes it back is kept with it.

create table public.document_restorations (
  id uuid primary key default gen_random_uuid(),
  document_id uuid not null references public.documents (id) on delete cascade,
  version_id uuid not null references public.document_versions (id) on delete cascade,
  uid text check (length(uid) between 1 and 200),
  citation text not null default '' check (length(citation) <= 200),
  restored_by uuid references public.people (id) on delete set null,
  restored_by_name text not null default '',
  restored_by_title text not null default '',
  restored_by_agency text not null default '',
  restored_at timestamptz not null default clock_timestamp(),
  inverse text not null,
  taken_back_by uuid references public.people (id) on delete set null,
  taken_back_by_name text not null default '',
  taken_back_at timestamptz
);
comment on table public.document_restorations is 'A text that became again what a version holds, or one provision of it, by whom and when.';
comment on column public.document_restorations.uid is 'Of the provision; null for the whole text.';
comment on column public.document_restorations.citation is 'How the provision is cited in the version: khoản 2 Điều 5.';
comment on column public.document_restorations.inverse is 'What takes it back, as JSON: the text after and before, as far as they differ.';
create index on public.document_restorations (document_id, restored_at desc);
create index on public.document_restorations (version_id);
create index on public.document_restorations (restored_by);
create index on public.document_restorations (taken_back_by);

-- Who sees a document sees what was restored in it. What takes it back is the server's alone.

alter table public.document_restorations enable row level security;
revoke all on public.document_restorations from anon, authenticated;
grant select (id, document_id, version_id, uid, citation, restored_by, restored_by_name, restored_by_title, restored_by_agency, restored_at,
  taken_back_by, taken_back_by_name, taken_back_at) on public.document_restorations to authenticated;

create policy "readers of a document see what was restored in it" on public.document_restorations for select to authenticated
  using (exists (select 1 from public.documents d where d.id = document_id));

create function private.may_restore(document uuid, uid text, person uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
  select document not in (select private.trashed_document_ids())
    and exists (select 1 from public.documents d where d.id = document and d.state in ('drafting', 'consulting'))
    and coalesce(public.document_role(document, person) in ('manager', case when uid is null then 'manager' else 'editor' end), false)
$$;
comment on function private.may_restore is 'Managers restore a whole text, editors one provision, in a text that may be edited.';
revoke execute on function private.may_restore from public, anon, authenticated;

-- For the server alone, which has done it and knows what takes it back.
create function private.keep_restoration(version uuid, uid text, citation text, person uuid, inverse text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  made uuid;
begin
  insert into public.document_restorations (document_id, version_id, uid, citation, restored_by, restored_by_name, restored_by_title, restored_by_agency, inverse)
    select v.document_id, v.id, keep_restoration.uid, keep_restoration.citation, person, w.name, w.title, w.agency, keep_restoration.inverse
    from public.document_versions v, private.words_of_day(person, v.document_id) w
    where v.id = version and private.may_restore(v.document_id, keep_restoration.uid, person)
    returning id into made;
  if made is null then
    raise exception 'this person does not restore this' using errcode = '42501';
  end if;
  return made;
end
$$;
comment on function private.keep_restoration is 'Writes down that a person restored a version, or one provision of it. 42501 for who may not.';
revoke execute on function private.keep_restoration from public, anon, authenticated;

-- The first who takes it back does; answers what takes it back, null to everybody after.
create function private.claim_take_back(restoration uuid, person uuid) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  claimed text;
begin
  update public.document_restorations r set taken_back_at = clock_timestamp(), taken_back_by = person,
    taken_back_by_name = (select p.full_name from public.people p where p.id = person)
    where r.id = restoration and r.taken_back_at is null and private.may_restore(r.document_id, r.uid, person)
    returning r.inverse into claimed;
  return claimed;
end
$$;
comment on function private.claim_take_back is 'Writes down that a person takes a restoration back, once, and answers what does; null when it was taken back already, or the person may not.';
revoke execute on function private.claim_take_back from public, anon, authenticated;

-- A picture that a version names is shown again at an address of its document; one that the document has lost gets a new one.
create function private.restore_pictures(version uuid, document uuid, person uuid, hashes jsonb) returns table (sha256 text, id uuid)
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.document_files (id, document_id, content_type, file_id, created_by)
    select gen_random_uuid(), document, f.content_type, f.id, person
    from public.version_files v join public.files f on f.id = v.file_id
    where v.version_id = version and v.sha256 in (select jsonb_array_elements_text(hashes))
      and not exists (select 1 from public.document_files d join public.files o on o.id = d.file_id where d.document_id = document and o.sha256 = f.sha256);
  return query select distinct on (encode(f.sha256, 'hex')) encode(f.sha256, 'hex'), d.id
    from public.document_files d join public.files f on f.id = d.file_id
    where d.document_id = document and encode(f.sha256, 'hex') in (select jsonb_array_elements_text(hashes));
end
$$;
comment on function private.restore_pictures is 'The addresses at which a document shows pictures of a version, by their SHA-256.';
revoke execute on function private.restore_pictures from public, anon, authenticated;

create function private.announce_restoration() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.announce_live('document:' || new.document_id, 'restoration', new.id);
  perform private.record_event(d.workspace_id, case tg_op when 'INSERT' then 'reverted' else 'revert_taken_back' end, 'document', d.id, d.title,
      jsonb_build_object('subject', concat_ws(', ', nullif(new.citation, ''), (select nullif(v.label, '') from public.document_versions v where v.id = new.version_id))))
    from public.documents d where d.id = new.document_id;
  return null;
end
$$;
create trigger announce_restoration after insert on public.document_restorations for each row execute function private.announce_restoration();
create trigger announce_take_back after update of taken_back_at on public.document_restorations for each row
  when (old.taken_back_at is null and new.taken_back_at is not null) execute function private.announce_restoration();

-- What one restored is named by my_data() in the next migration, which states it whole.
