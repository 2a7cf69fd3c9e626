/**
 * An engine over a store in memory, in a process of its own, for hostile clients to attack. The test asks it over IPC
 * what it remembers; run it with --expose-gc.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSyncEngine } from '../../../src/lib/collab/engine.server.ts';
import { MemoryStore } from '../../../src/lib/collab/persistence/memory-store.server.ts';
import type { Limits, Role } from '../../../src/lib/collab/protocol.ts';
import { TestAccess } from './test-access.ts';

export type Question =
	/** Makes a document known with these people. */
	| { ask: 'share'; documentId: string; roles: Record<string, Role> }
	| { ask: 'role'; documentId: string; person: string; role: Role }
	/** The whole log: snapshot and rows, as base64. */
	| { ask: 'log'; documentId: string }
	/** Bytes in use after everything that can be collected was. */
	| { ask: 'memory' }
	| { ask: 'stats' };

const access = new TestAccess();
const store = new MemoryStore();
const complaints: Record<string, number> = {};
const complain = (_: object, message: string) => void (complaints[message] = (complaints[message] ?? 0) + 1);
const engine = createSyncEngine({
	log: { debug: () => {}, info: () => {}, warn: complain, error: complain },
	store,
	access,
	allowedOrigins: ['https://plenum.test'],
	limits: JSON.parse(process.argv[2]) as Partial<Limits>
});
const http = createServer((_, response) => response.writeHead(404).end());
http.on('upgrade', (request, socket, head) => engine.handleUpgrade(request, socket, head));
http.listen(0, '127.0.0.1', () => process.send!({ port: (http.address() as AddressInfo).port }));

process.on('message', async ({ id, question }: { id: number; question: Question }) => {
	process.send!({ id, answer: await answer(question) });
});
process.on('disconnect', () => process.exit(0));

async function answer(question: Question): Promise<unknown> {
	switch (question.ask) {
		case 'share':
			store.create(question.documentId);
			return void access.share(question.documentId, question.roles);
		case 'role':
			access.setRole(question.documentId, question.person, question.role);
			return engine.recheck({ documentId: question.documentId });
		case 'log': {
			const { snapshot, updates } = (await store.load(question.documentId))!;
			const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
			return { snapshot: snapshot && text(snapshot), updates: updates.map(text) };
		}
		case 'memory':
			for (let nth = 0; nth < 3; nth++) {
				globalThis.gc!();
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
			return process.memoryUsage();
		case 'stats':
			return { ...engine.stats(), complaints };
	}
}
