import type { Sql } from '../server/sql.ts';
import { nameActor } from './name-actor.server.ts';
import { slugOf } from './slugs.ts';

export interface FirstWorkspace {
	workspaceName: string;
	agencyName: string;
	agencyShortName: string;
	agencyCode: string;
	owner: {
		id: string;
		email: string;
		fullName: string;
		positionTitle: string;
		locale: 'vi' | 'en';
		theme: 'light' | 'dark' | 'system';
	};
}

const LOCK = 4_817_220_602;

/** System door, because before the first workspace nobody has a right to see whether there is one. */
export async function hasWorkspace(sql: Sql): Promise<boolean> {
	const [row] = await sql.query('select 1 from public.workspaces limit 1');
	return row !== undefined;
}

/**
 * Makes the first workspace with its first agency and its owner, whose account exists already. Answers its ids and slug,
 * or null when somebody else was quicker. System door, because the rights that policies ask for begin with these rows.
 */
export async function createFirstWorkspace(
	sql: Sql,
	first: FirstWorkspace
): Promise<{ workspaceId: string; agencyId: string; slug: string } | null> {
	const { owner } = first;
	return sql.transaction(async (tx) => {
		await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
		if (await hasWorkspace(tx)) return null;
		await nameActor(tx, owner.id);
		await tx.query(
			`insert into public.people (id, email, full_name, position_title, locale, theme) values ($1, $2, $3, $4, $5, $6)
			on conflict (id) do update set full_name = excluded.full_name, position_title = excluded.position_title, locale = excluded.locale, theme = excluded.theme`,
			[owner.id, owner.email, owner.fullName, owner.positionTitle, owner.locale, owner.theme]
		);
		const slug = slugOf(first.workspaceName);
		const [workspace] = await tx.query<{ id: string }>(
			'insert into public.workspaces (name, slug) values ($1, $2) returning id',
			[first.workspaceName, slug]
		);
		const [agency] = await tx.query<{ id: string }>(
			'insert into public.agencies (workspace_id, name, short_name, code) values ($1, $2, $3, $4) returning id',
			[workspace.id, first.agencyName, first.agencyShortName, first.agencyCode]
		);
		await tx.query(
			`insert into public.members (workspace_id, person_id, agency_id, role, is_head) values ($1, $2, $3, 'owner', true)`,
			[workspace.id, owner.id, agency.id]
		);
		return { workspaceId: workspace.id, agencyId: agency.id, slug };
	});
}
