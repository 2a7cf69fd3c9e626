import { isUuid } from '../base/ids.ts';
import type { Sql } from '../server/sql.ts';
import { NO_AGENCY_COLOUR } from '../ui/data/agency-colours.ts';
import type { DocumentRole } from './library/documents.ts';
import { SCHEMA_VERSION } from './schema/schema.ts';

/** What the database says now about one person and one document, for the sync engine. `role: null` means no access; a writer of a text that is read-only is a reader. */
export interface DocumentStanding {
	role: DocumentRole | null;
	/** Rises when a document is deleted or its history is replaced; old offline copies must not come back. */
	epoch: number;
	/** Schema major version of the stored text. */
	schemaVersion: number;
	/** Shown to colleagues; the client cannot choose them. */
	name: string;
	agency: string;
	colour: string;
	/** Narrows `recheck({ workspaceId })`; without it such a recheck asks again for every socket. */
	workspaceId?: string;
}

/** The text of a document has to be brought to the present version before anybody is served. */
export class EarlierVersion extends Error {}

/** System door, because the engine asks about people other than the one of a request. 'missing': no such document, or in the trash. */
export async function standingOf(sql: Sql, documentId: string, personId: string): Promise<DocumentStanding | 'missing'> {
	if (!isUuid(documentId)) return 'missing';
	const [row] = await sql.query<DocumentStanding>(
		`select private.text_role(d.id, $2) as role, d.epoch, d.schema_version as "schemaVersion", d.workspace_id as "workspaceId",
			coalesce(p.full_name, '') as name, coalesce(a.short_name, g.organisation, '') as agency, coalesce(a.colour, $3) as colour
		from public.documents d
		left join public.people p on p.id = $2
		left join public.members m on m.workspace_id = d.workspace_id and m.person_id = $2
		left join public.agencies a on a.id = m.agency_id
		left join public.guests g on g.workspace_id = d.workspace_id and g.person_id = $2
		where d.id = $1 and not exists (select 1 from public.document_trashings t where t.document_id = d.id)`,
		[documentId, personId, NO_AGENCY_COLOUR]
	);
	// An editor of this version would show nothing, and write over it.
	if (row && row.schemaVersion < SCHEMA_VERSION)
		throw new EarlierVersion(`document ${documentId} has a text of version ${row.schemaVersion}`);
	return row ?? 'missing';
}
