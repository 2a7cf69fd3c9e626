import type { SupabaseClient } from '@supabase/supabase-js';
import type { App } from '../../server/app.ts';
import { Refusal, refusalOf } from '../../server/sqlstate.ts';
import { isKind } from '../schema/kinds.ts';
import { isProfileId } from '../schema/profiles.ts';
import { templateFor } from '../templates/templates.ts';
import { createDocument, isUuid } from './documents.server.ts';
import { firstText } from './first-text.server.ts';
import { profilesFor } from './fitting.ts';
import { subjectOf } from './subject.ts';
import type { Standing } from './workspaces.server.ts';

/**
 * Creates a document from the template of its kind and layout, with the names and codes of its lead agency.
 * @throws Refusal 422 with the field that is wrong (kind, profile, agency, title), 403 for a foreign lead agency
 */
export async function createFromTemplate(
	app: Pick<App, 'sql' | 'files'>,
	supabase: SupabaseClient,
	person: { id: string },
	standing: Standing,
	input: { kind?: unknown; profile?: unknown; title?: unknown; agencyId?: unknown }
): Promise<{ id: string }> {
	const { kind, profile, title } = input;
	if (!isKind(kind)) throw new Refusal(422, 'kind');
	if (!isProfileId(profile) || !profilesFor(kind).includes(profile)) throw new Refusal(422, 'profile');
	if (typeof title !== 'string') throw new Refusal(422, 'title');
	const agency = await getAgency(supabase, standing, input.agencyId ?? standing.agencyId);
	const content = templateFor(kind, profile, {
		agency: agency.name,
		parentAgency: agency.parent?.name ?? null,
		code: agency.code,
		subject: subjectOf(title, kind, profile)
	});
	return createDocument(app, person, {
		workspaceId: standing.id,
		title,
		profile,
		kind,
		leadAgencyId: agency.id,
		first: firstText(content, profile)
	});
}

interface Agency {
	id: string;
	name: string;
	code: string;
	parent: { name: string } | null;
}

async function getAgency(supabase: SupabaseClient, standing: Standing, id: unknown): Promise<Agency> {
	if (!isUuid(id)) throw new Refusal(422, 'agency');
	const { data, error } = await supabase
		.from('agencies')
		.select('id, name, code, parent_id')
		.eq('workspace_id', standing.id)
		.eq('id', id)
		.maybeSingle();
	if (error) throw refusalOf(error);
	if (!data) throw new Refusal(422, 'agency');
	const { parent_id: parentId, ...agency } = data as { id: string; name: string; code: string; parent_id: string | null };
	if (!parentId) return { ...agency, parent: null };
	const { data: parent, error: parentError } = await supabase.from('agencies').select('name').eq('id', parentId).maybeSingle();
	if (parentError) throw refusalOf(parentError);
	return { ...agency, parent };
}
