-- A text of a newer schema version is announced as one of a new epoch is: open pages of the older version must stop before they
-- write into what they do not understand.
drop trigger announce_access on public.documents;
create trigger announce_access after update of lead_agency_id, epoch, schema_version or delete on public.documents for each row execute function private.announce_access();
