import { createHmac } from 'node:crypto';
import { resolve } from 'node:path';
import { bearerClient } from '../../src/lib/accounts/session.server.ts';
import type { Session } from '../../src/lib/server/backend/exclusive-pglite.ts';
import { openEmbedded } from '../../src/lib/server/backend/lite.ts';
import { applyMigrations } from '../../src/lib/server/backend/migrations.ts';
import { readSettings } from '../../src/lib/server/backend/settings.ts';
import type { Client } from '../../src/lib/server/client.ts';
import { Files } from '../../src/lib/server/files/files.ts';
import { RowsHome } from '../../src/lib/server/files/rows-home.ts';
import type { Sql } from '../../src/lib/server/sql.ts';
import type { JsonNode } from '../../src/lib/documents/schema/json.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../supabase/migrations');

/** The people of the test workspace, by what they are to a document that agency `lead` leads. */
export const NAMES = ['owner', 'secretary', 'drafter', 'codrafter', 'reviewer', 'viewer', 'outsider', 'stranger'] as const;
export type Name = (typeof NAMES)[number];

export interface TestWorkspace {
	sql: Sql;
	files: Files;
	/** The session beneath `sql` and the clients, for whoever measures it. */
	database: Session;
	workspaceId: string;
	agencies: Record<'lead' | 'second' | 'third' | 'fourth', string>;
	people: Record<Name, string>;
	/** supabase-js as that person, under row level security. */
	as(name: Name): Client;
	close(): Promise<void>;
}

/** A real embedded backend in memory with a workspace of four agencies. `stranger` belongs to another workspace. For tests. */
export async function openTestWorkspace(): Promise<TestWorkspace> {
	const { sql, database, startBackend, close } = await openEmbedded(null);
	const settings = await readSettings(sql);
	const backend = await startBackend(settings);
	await applyMigrations(sql, MIGRATIONS);

	const newId = () => crypto.randomUUID();
	const [workspaceId, elsewhereId] = [newId(), newId()];
	await sql.query(
		`insert into public.workspaces (id, name, slug) values ($1, 'Thành phố mẫu', 'mau'), ($2, 'Nơi khác', 'noi-khac')`,
		[workspaceId, elsewhereId]
	);
	const agencies = { lead: newId(), second: newId(), third: newId(), fourth: newId() };
	const elsewhereAgency = newId();
	const addAgency = (id: string, workspace: string, name: string, shortName: string) =>
		sql.query('insert into public.agencies (id, workspace_id, name, short_name, code) values ($1, $2, $3, $4, $4)', [
			id,
			workspace,
			name,
			shortName
		]);
	await addAgency(agencies.lead, workspaceId, 'Văn phòng Ủy ban nhân dân', 'VP');
	await addAgency(agencies.second, workspaceId, 'Sở Khoa học và Công nghệ', 'SKHCN');
	await addAgency(agencies.third, workspaceId, 'Sở Nội vụ', 'SNV');
	await addAgency(agencies.fourth, workspaceId, 'Sở Tài chính', 'STC');
	await addAgency(elsewhereAgency, elsewhereId, 'Cơ quan khác', 'CQK');

	const places: Record<Name, [workspace: string, agency: string, role: string]> = {
		owner: [workspaceId, agencies.fourth, 'owner'],
		secretary: [workspaceId, agencies.fourth, 'secretary'],
		drafter: [workspaceId, agencies.lead, 'member'],
		codrafter: [workspaceId, agencies.second, 'member'],
		reviewer: [workspaceId, agencies.third, 'member'],
		viewer: [workspaceId, agencies.fourth, 'member'],
		outsider: [workspaceId, agencies.fourth, 'member'],
		stranger: [elsewhereId, elsewhereAgency, 'owner']
	};
	const people = {} as Record<Name, string>;
	const clients = {} as Record<Name, Client>;
	for (const name of NAMES) {
		const account = await backend.createAccount(`${name}@sample.test`, 'mat-khau-thu-nghiem');
		if (typeof account === 'string') throw new Error(`no account for ${name}: ${account}`);
		people[name] = account.id;
		const [workspace, agency, role] = places[name];
		await sql.query('insert into public.people (id, email, full_name) values ($1, $2, $3)', [
			account.id,
			`${name}@sample.test`,
			`Đặng ${name}`
		]);
		await sql.query('insert into public.members (workspace_id, person_id, agency_id, role) values ($1, $2, $3, $4)', [
			workspace,
			account.id,
			agency,
			role
		]);
		clients[name] = bearerClient(backend, accessToken(settings.jwtSecret, account.id));
	}
	return {
		sql,
		files: new Files(sql, new RowsHome(sql)),
		database,
		workspaceId,
		agencies,
		people,
		as: (name) => clients[name],
		close
	};
}

/** A small resolution. */
export function sampleBody(...sentences: string[]): JsonNode {
	const field = (name: string, text: string): JsonNode => ({
		type: 'headerField',
		attrs: { name },
		content: [{ type: 'text', text }]
	});
	const article = (text: string): JsonNode => ({
		type: 'provision',
		attrs: { level: 'article' },
		content: [{ type: 'text', text }]
	});
	return {
		type: 'doc',
		content: [
			{
				type: 'documentHeader',
				content: [field('agency', 'HỘI ĐỒNG NHÂN DÂN'), field('kind', 'NGHỊ QUYẾT'), field('subject', 'Về chuyển đổi số')]
			},
			...sentences.map(article)
		]
	};
}

function accessToken(secret: string, personId: string): string {
	const now = Math.floor(Date.now() / 1000);
	const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const head = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: personId, role: 'authenticated', aud: 'authenticated', iat: now, exp: now + 3600 })}`;
	return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}
