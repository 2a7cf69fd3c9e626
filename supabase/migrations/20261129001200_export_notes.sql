-- That a document was exported is noted by the server, as it hands the file over. Nobody writes such a note by themselves.

revoke execute on function public.record_export from authenticated;
comment on function public.record_export is 'Notes in the audit trail, for the system, that the present person exports a document, before its bytes are sent; P0002 when they do not see it.';
