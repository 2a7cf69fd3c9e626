/**
 * A whole engine in a process of its own, over a real database, to be killed. It loads everything, prints `warm`, waits
 * for one line of JSON (an EngineOrder), opens the database, which has its tables, and prints its port once it serves.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { flushCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { createSyncEngine } from '../../../src/lib/collab/engine.server.ts';
import { SqlStore } from '../../../src/lib/collab/persistence/sql-store.server.ts';
import type { UpdateRow, UpdateStore } from '../../../src/lib/collab/persistence/store.server.ts';
import type { Limits } from '../../../src/lib/collab/protocol.ts';
import type { FaultPoint } from '../../../src/lib/collab/rooms/report.server.ts';
import type { Sql } from '../../../src/lib/server/sql.ts';
import { type Database, openDatabase } from './databases.ts';
import { TestAccess } from './test-access.ts';

export interface EngineOrder {
	database: Database;
	documentId: string;
	/** Who may write. */
	people: string[];
	port?: number;
	limits?: Partial<Limits>;
	/** Kill yourself at this passage of this point, counted from 1. */
	kill?: { point: FaultPoint; passage: number };
	/** Say "committed" long before it is: the checker must notice. */
	lies?: boolean;
}

const LIE_MS = 2_000;

flushCompileCache(); // a killed process would leave none, and each start would compile everything anew
process.stdout.write('warm\n');
const [line] = (await once(createInterface(process.stdin), 'line')) as [string];
const order = JSON.parse(line) as EngineOrder;

const sql = await openDatabase(order.database);
await sql.query('insert into documents values ($1, 1) on conflict do nothing', [order.documentId]);

const access = new TestAccess();
access.share(order.documentId, Object.fromEntries(order.people.map((person) => [person, 'editor'])));
const complain = (fields: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
let passages = 0;
const engine = createSyncEngine({
	log: { debug: () => {}, info: () => {}, warn: complain, error: complain },
	store: order.lies ? lying(sql) : new SqlStore(sql),
	access,
	allowedOrigins: [],
	limits: { frameRate: { perSecond: 1e6, burst: 1e6 }, ...order.limits },
	onPoint: (point) => {
		if (point === order.kill?.point && ++passages === order.kill.passage) process.kill(process.pid, 'SIGKILL');
	}
});
const http = createServer();
http.on('upgrade', (request, socket, head) => engine.handleUpgrade(request, socket, head));
http.listen(order.port ?? 0, '127.0.0.1', () => process.stdout.write(`${(http.address() as AddressInfo).port}\n`));

process.on('SIGTERM', async () => {
	http.close();
	await engine.drain();
	await sql.close();
	process.exit(0);
});

function lying(sql: Sql): UpdateStore {
	class LyingStore extends SqlStore {
		override async append(rows: readonly UpdateRow[]): Promise<UpdateRow[]> {
			setTimeout(() => void super.append(rows), LIE_MS);
			return [];
		}
	}
	return new LyingStore(sql);
}
