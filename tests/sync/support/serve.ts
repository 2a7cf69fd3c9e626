import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSyncEngine, type SyncEngine, type SyncEngineOptions } from '../../../src/lib/collab/engine.server.ts';
import type { SyncLog } from '../../../src/lib/collab/rooms/report.server.ts';
import { Sessions } from '../../../src/lib/server/sockets/sessions.ts';
import { FaultyStore } from './faulty-store.ts';
import { TestAccess } from './test-access.ts';

export interface Served {
	engine: SyncEngine;
	sessions: Sessions;
	access: TestAccess;
	store: FaultyStore;
	/** `ws://127.0.0.1:port/collab`, the base of every document's address. */
	url: string;
	port: number;
	/** What the engine wrote at warn and above. */
	complaints: { message: string; fields: object }[];
	stop(): Promise<void>;
}

/** A real engine behind a real HTTP server on a free port. */
export async function serve(options: Partial<SyncEngineOptions> & { port?: number } = {}): Promise<Served> {
	const access = (options.access as TestAccess | undefined) ?? new TestAccess();
	const store = (options.store as FaultyStore | undefined) ?? new FaultyStore();
	const complaints: Served['complaints'] = [];
	const complain = (fields: object, message: string) => void complaints.push({ message, fields });
	const log: SyncLog = { debug: () => {}, info: () => {}, warn: complain, error: complain };
	const sessions = new Sessions({ bus: options.bus, log });
	const engine = createSyncEngine({ allowedOrigins: ['https://plenum.test'], log, sessions, ...options, access, store });
	const http = createServer((_, response) => response.writeHead(404).end());
	http.on('upgrade', (request, socket, head) => engine.handleUpgrade(request, socket, head));
	await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve));
	const { port } = http.address() as AddressInfo;
	return {
		engine,
		sessions,
		access,
		store,
		port,
		url: `ws://127.0.0.1:${port}/collab`,
		complaints,
		async stop() {
			await engine.drain();
			sessions.stop();
			http.closeAllConnections();
			await new Promise((resolve) => http.close(resolve));
		}
	};
}
