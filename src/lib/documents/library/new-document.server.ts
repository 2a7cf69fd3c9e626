import type { InferOutput } from 'valibot';
import type { MyWorkspace } from '../../accounts/workspaces.server.ts';
import type { App } from '../../server/app.ts';
import type { Client } from '../../server/client.ts';
import { Refusal } from '../../server/edge/refusal.ts';
import type { Remember } from '../../server/idempotency.ts';
import { templateFor } from '../templates/templates.ts';
import { createDocument } from './documents.server.ts';
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
	const agency = await getAgency(supabase, standing, agencyId ?? standing.agencyId);
	const content = templateFor(kind, profile, {
		agency: agency.name,
		parentAgency: agency.parent?.name ?? null,
		code: agency.code,
		subject: subjectOf(title, kind, profile)
	});
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

interface Agency {
	id: string;
	name: string;
	code: string;
	parent: { name: string } | null;
}

async function getAgency(supabase: Client, { id: workspaceId }: Pick<MyWorkspace, 'id'>, id: string): Promise<Agency> {
	const { data } = await supabase
		.from('agencies')
		.select('id, name, code, parent_id')
		.eq('workspace_id', workspaceId)
		.eq('id', id)
		.maybeSingle()
		.throwOnError();
	if (!data) throw new Refusal(422, { field: 'agencyId', key: 'library_error_agency' });
	const { parent_id: parentId, ...agency } = data;
	if (!parentId) return { ...agency, parent: null };
	const { data: parent } = await supabase.from('agencies').select('name').eq('id', parentId).maybeSingle().throwOnError();
	return { ...agency, parent };
}
