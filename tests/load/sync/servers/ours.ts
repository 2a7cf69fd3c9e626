/** Plenum's engine as the bench runs it: on Postgres, with group commit, and without limits on rates, which peers lack. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccessDoor } from '../../../../src/lib/collab/access.server.ts';
import type { DocumentStanding } from '../../../../src/lib/documents/access.server.ts';
import type { Identity } from '../../../../src/lib/server/sockets/identity.ts';
import { createSyncEngine } from '../../../../src/lib/collab/engine.server.ts';
import { SqlStore } from '../../../../src/lib/collab/persistence/sql-store.server.ts';
import { postgresSql } from '../../../../src/lib/server/backend/postgres-sql.ts';
import { serveBench } from './report-memory.ts';

const UNLIMITED = { perSecond: 1e9, burst: 1e9 };
const { database } = JSON.parse(process.argv[2]) as { database: string };

/** Everybody who says who they are may edit everything. Peers are run without any access control at all. */
const access: AccessDoor = {
	async authenticate(request): Promise<Identity | null> {
		const personId = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
		return personId ? { personId } : null;
	},
	role: async (): Promise<DocumentStanding> => ({
		role: 'editor',
		epoch: 1,
		schemaVersion: 1,
		name: 'Nguyễn Văn A',
		agency: 'Sở Nội vụ',
		colour: '#1f6feb',
		workspaceId: 'bench'
	})
};

const sql = postgresSql(database);
await sql.query('select 1');
const complain = (fields: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
const engine = createSyncEngine({
	log: { debug: () => {}, info: () => {}, warn: complain, error: complain },
	store: new SqlStore(sql),
	access,
	allowedOrigins: [],
	limits: {
		frameRate: UNLIMITED,
		byteRate: UNLIMITED,
		presenceRate: UNLIMITED,
		conflictRate: UNLIMITED,
		connectionsPerDocument: 100_000,
		connectionsPerPerson: 100_000
	}
});
const http = createServer();
http.on('upgrade', (request, socket, head) => engine.handleUpgrade(request, socket, head));
http.listen(0, '127.0.0.1', 4096, () => serveBench((http.address() as AddressInfo).port));
