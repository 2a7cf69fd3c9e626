import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLive, type Live, type LiveOptions, startLive } from '../../../src/lib/live/live.server.ts';
import type { Sql } from '../../../src/lib/server/sql.ts';
import { Sessions } from '../../../src/lib/server/sockets/sessions.ts';
import type { Shelf } from '../../support/shelf.ts';

/** A workspace in which an owner, a drafter of another agency and a stranger from elsewhere can listen. */
export interface Stage {
	sql: Sql;
	workspaceId: string;
	owner: string;
	drafter: string;
	drafterAgency: string;
	stranger: string;
	/** A document of the owner's agency, which the drafter does not see. */
	newDocument(title?: string): Promise<string>;
	/** Gives the drafter a right on it; null takes it back. */
	share(documentId: string, role: string | null): Promise<void>;
}

export async function setStage({ sql, workspaceId, agencyId, ownerId }: Shelf): Promise<Stage> {
	const newPerson = async () => {
		const id = randomUUID();
		await sql.query('insert into auth.users (id, email) values ($1, $2)', [id, `${id}@plenum.test`]);
		await sql.query('insert into public.people (id, email, full_name) values ($1, $2, $3)', [id, `${id}@plenum.test`, 'Bình']);
		return id;
	};
	const [drafter, stranger, drafterAgency] = [await newPerson(), await newPerson(), randomUUID()];
	await sql.query(
		`insert into public.agencies (id, workspace_id, name, short_name, code) values ($1, $2, 'Sở Nội vụ', 'SNV', 'SNV')`,
		[drafterAgency, workspaceId]
	);
	await sql.query(`insert into public.members (workspace_id, person_id, agency_id, role) values ($1, $2, $3, 'member')`, [
		workspaceId,
		drafter,
		drafterAgency
	]);
	return {
		sql,
		workspaceId,
		owner: ownerId,
		drafter,
		drafterAgency,
		stranger,
		async newDocument(title = 'Nghị quyết') {
			const [{ id }] = await sql.query<{ id: string }>(
				`insert into public.documents (workspace_id, title, profile, kind, lead_agency_id) values ($1, $2, 'nd30', 'resolution', $3) returning id`,
				[workspaceId, title, agencyId]
			);
			return id;
		},
		async share(documentId, role) {
			await sql.query('delete from public.document_access where document_id = $1', [documentId]);
			if (role === null) return;
			await sql.query('insert into public.document_access (workspace_id, document_id, person_id, role) values ($1, $2, $3, $4)', [
				workspaceId,
				documentId,
				drafter,
				role
			]);
		}
	};
}

export interface ServedLive {
	live: Live;
	sessions: Sessions;
	url: string;
	port: number;
	/** What was logged as a warning or worse. */
	complaints: string[];
	stop(): Promise<void>;
}

export type ServeLiveOptions = Partial<LiveOptions> & { port?: number; expiresAt?: () => number | undefined };

/** A real `/live` behind a real HTTP server. `Authorization: Bearer` or the cookie `person=` followed by an id is that person. */
export async function serveLive(
	sql: LiveOptions['sql'],
	{ port: wanted = 0, expiresAt, ...options }: ServeLiveOptions = {}
): Promise<ServedLive> {
	const complaints: string[] = [];
	const complain = (_: object, message: string) => void complaints.push(message);
	const log = { debug: () => {}, info: () => {}, warn: complain, error: complain };
	const sessions = options.sessions ?? new Sessions({ log });
	const live = await startLive({
		sql,
		log,
		sessions,
		allowedOrigins: ['https://plenum.test'],
		async authenticate({ headers }: IncomingMessage) {
			const personId =
				/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? /person=([\w-]+)/.exec(headers.cookie ?? '')?.[1];
			return personId ? { personId, sessionId: `session of ${personId}`, expiresAt: expiresAt?.() } : null;
		},
		...options
	});
	const http = createServer((_, response) => response.writeHead(404).end());
	http.on('upgrade', (request, socket, head) =>
		isLive(request.url) ? live.handleUpgrade(request, socket, head) : socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
	);
	await new Promise<void>((resolve) => http.listen(wanted, '127.0.0.1', resolve));
	const { port } = http.address() as AddressInfo;
	return {
		live,
		sessions,
		url: `ws://127.0.0.1:${port}/live`,
		port,
		complaints,
		async stop() {
			await live.drain();
			sessions.stop();
			http.closeAllConnections();
			await new Promise((resolve) => http.close(resolve));
		}
	};
}
