import type { InferOutput } from 'valibot';
import { camelKeys, type CamelKeys } from '../base/camel-keys.ts';
import type { Client, Row } from '../server/client.ts';
import { written } from '../server/edge/written.ts';
import type { MeChange } from './input.ts';

/** A workspace of the signed-in person, with the place they have in it and what it lets them do. */
export type MyWorkspace = CamelKeys<Row<'workspace_list'>>;

/** The signed-in person's own row. */
export type Profile = CamelKeys<Pick<Row<'people'>, 'id' | 'full_name' | 'position_title' | 'locale' | 'theme' | 'spellcheck'>>;

/** Workspaces of the signed-in person, the one joined first first. */
export async function listMyWorkspaces(client: Client): Promise<MyWorkspace[]> {
	const { data } = await client.from('workspace_list').select('*').order('joined_at').throwOnError();
	return data.map(camelKeys);
}

/** A workspace in which the signed-in person is a guest. */
export interface GuestWorkspace {
	id: string;
	name: string;
	slug: string;
	/** Whom they speak for. */
	organisation: string;
}

/** Workspaces in which the person is a guest, the one joined first first. */
export async function listGuestWorkspaces(client: Client, personId: string): Promise<GuestWorkspace[]> {
	const { data } = await client
		.from('guests')
		.select('organisation, workspaces!inner(id, name, slug)')
		.eq('person_id', personId)
		.order('joined_at')
		.throwOnError();
	return data.map(({ organisation, workspaces }) => ({ ...workspaces, organisation }));
}

/** The workspace at `/slug`; null when the signed-in person does not belong to it. */
export async function findMyWorkspace(client: Client, slug: string): Promise<MyWorkspace | null> {
	const { data } = await client.from('workspace_list').select('*').eq('slug', slug).maybeSingle().throwOnError();
	return data && camelKeys(data);
}

/** The profile of the signed-in person; null for an account that never used an invitation. */
export async function findMyProfile(client: Client, personId: string): Promise<Profile | null> {
	const { data } = await client
		.from('people')
		.select('id, full_name, position_title, locale, theme, spellcheck')
		.eq('id', personId)
		.maybeSingle()
		.throwOnError();
	return data && camelKeys(data);
}

/** Changes what is given of the signed-in person's own name, function, language, theme and spelling checker. */
export async function saveProfile(
	client: Client,
	personId: string,
	{ fullName, positionTitle, locale, theme, spellcheck }: InferOutput<typeof MeChange>
): Promise<void> {
	const profile = { full_name: fullName, position_title: positionTitle, locale, theme, spellcheck };
	await client.from('people').update(profile).eq('id', personId).throwOnError();
}

/** Renames a workspace; its address stays, so that links keep working. @throws Refusal 404, 403 for all but owners */
export async function renameWorkspace(client: Client, id: string, name: string): Promise<void> {
	await written(
		client.from('workspaces').update({ name }).eq('id', id).select('id').throwOnError(),
		client.from('workspaces').select('id').eq('id', id).throwOnError()
	);
}
