import type { InferOutput } from 'valibot';
import type { MyWorkspace } from '../../accounts/workspaces.server.ts';
import type { App } from '../../server/app.ts';
import type { Client } from '../../server/client.ts';
import { Refusal } from '../../server/edge/refusal.ts';
import type { Remember } from '../../server/idempotency.ts';
import { templateFor, type TemplateFacts } from '../templates/templates.ts';
import { createDocument } from './documents.server.ts';
import type { ListedDocument } from './documents.ts';
import { firstText } from './first-text.server.ts';
import { profilesFor } from './fitting.ts';
import type { NewDocument } from './input.ts';
import { subjectOf } from './subject.ts';

/**
 * Creates a document from the template of its kind and layout, with the names and codes of its lead agency.
 * @throws Refusal 422 field `profile` when it does not fit the kind, `agencyId` for one that is not there, 403 for a foreign lead agency
 */
export async function createFromTemplate(
	app: Pick<App, 'sql' | 'files'>,
	supabase: Client,
	person: { id: string },
	standing: Pick<MyWorkspace, 'id' | 'agencyId'>,
	{ kind, profile, title, agencyId }: InferOutput<typeof NewDocument>,
	remember?: Remember<{ id: string }>
): Promise<{ id: string }> {
	if (!profilesFor(kind).includes(profile)) throw new Refusal(422, { field: 'profile', key: 'library_error_profile' });
	const agency = await findAgency(supabase, standing, agencyId ?? standing.agencyId);
	if (!agency) throw new Refusal(422, { field: 'agencyId', key: 'library_error_agency' });
	const content = templateFor(kind, profile, factsOf(agency, subjectOf(title, kind, profile)));
	const made = {
		workspaceId: standing.id,
		title,
		profile,
		kind,
		leadAgencyId: agency.id,
		first: firstText(content, profile)
	};
	return createDocument(app, person, made, remember);
}

/** What the template of a document's kind would be filled with now, for a part of the frame that is put in later. */
export async function findTemplateFacts(
	supabase: Client,
	{ workspaceId, leadAgency, title, kind, profile }: ListedDocument
): Promise<TemplateFacts> {
	const subject = subjectOf(title, kind, profile);
	const agency = await findAgency(supabase, { id: workspaceId }, leadAgency.id);
	// A guest does not see the agencies, only whose document it is.
	return agency ? factsOf(agency, subject) : { agency: leadAgency.name, subject };
}

function factsOf(agency: Agency, subject: string | null): TemplateFacts {
	return { agency: agency.name, parentAgency: agency.parent?.name ?? null, code: agency.code, subject };
}

interface Agency {
	id: string;
	name: string;
	code: string;
	parent: { name: string } | null;
}

async function findAgency(supabase: Client, { id: workspaceId }: Pick<MyWorkspace, 'id'>, id: string): Promise<Agency | null> {
	const { data } = await supabase
		.from('agencies')
		.select('id, name, code, parent_id')
		.eq('workspace_id', workspaceId)
		.eq('id', id)
		.maybeSingle()
		.throwOnError();
	if (!data) return null;
	const { parent_id: parentId, ...agency } = data;
	if (!parentId) return { ...agency, parent: null };
	const { data: parent } = await supabase.from('agencies').select('name').eq('id', parentId).maybeSingle().throwOnError();
	return { ...agency, parent };
}
