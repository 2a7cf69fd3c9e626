-- Nobody chooses the id or foresees the epoch of a document. Whoever has been offline with one that was deleted brings a
-- copy back under its id and epoch, and would hand it over to whoever had made a document with both.

revoke insert (id) on public.documents, public.agencies from authenticated;

create function private.refuse_deleted_id() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (select 1 from public.document_tombstones where document_id = new.id) then
    raise exception 'a document with this id was deleted for good' using errcode = '23505', constraint = 'documents_not_again';
  end if;
  return new;
end
$$;
create trigger refuse_deleted_id before insert on public.documents for each row execute function private.refuse_deleted_id();

-- The upper half of the range is left for the epochs that follow.
alter table public.documents alter column epoch
  set default ('x' || left(gen_random_uuid()::text, 8))::bit(32)::integer & 1073741823;
comment on column public.documents.epoch is 'Rises when the history of the text is replaced; begins at a random number below 2^30.';
