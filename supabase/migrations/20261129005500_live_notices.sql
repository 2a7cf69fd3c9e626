-- What changes is announced after commit to the pages that show it (src/lib/live/SPEC.md): the topic, the kind of thing and its
-- id, never content. Nothing here hangs on document_updates: typing has its own way, and a notice would slow its commit down.

create function private.announce_live(topic text, kind text, id uuid) returns void
language sql set search_path = ''
as $$ select pg_notify('plenum_live', json_build_object('topic', topic, 'kind', kind, 'id', id)::text) $$;
comment on function private.announce_live is 'Tells pages that listen to a topic that something of this kind changed, when the transaction has committed.';
revoke execute on function private.announce_live from public;

-- Everybody in a workspace may listen to it, and not all of them see all of its documents: there the id is the workspace's own.
create function private.announce_document() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  row_now jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  document uuid := coalesce(row_now ->> 'document_id', row_now ->> 'id')::uuid;
  workspace uuid := coalesce(row_now ->> 'workspace_id', (select d.workspace_id from public.documents d where d.id = document)::text)::uuid;
begin
  perform private.announce_live('document:' || document, tg_argv[0], document);
  if workspace is not null then
    perform private.announce_live('workspace:' || workspace, 'documents', workspace);
  end if;
  return null;
end
$$;
create trigger announce_live after insert or update of title, kind, profile, state, lead_agency_id, epoch or delete on public.documents
  for each row execute function private.announce_document('document');
create trigger announce_live after insert or update or delete on public.document_access
  for each row execute function private.announce_document('access');
create trigger announce_live after insert or delete on public.document_trashings
  for each row execute function private.announce_document('trash');

create function private.announce_workspace() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  row_now jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  workspace uuid := coalesce(row_now ->> 'workspace_id', row_now ->> 'id')::uuid;
begin
  perform private.announce_live('workspace:' || workspace, tg_argv[0], workspace);
  if tg_table_name = 'members' then
    perform private.announce_live('person:' || (row_now ->> 'person_id'), tg_argv[0], workspace);
  end if;
  return null;
end
$$;
create trigger announce_live after update of name on public.workspaces for each row execute function private.announce_workspace('workspace');
create trigger announce_live after insert or update or delete on public.agencies for each row execute function private.announce_workspace('agencies');
create trigger announce_live after insert or update or delete on public.members for each row execute function private.announce_workspace('members');
