import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { StoredBody } from '../../../src/lib/collab/persistence/store.server.ts';
import type { SyncStats } from '../../../src/lib/collab/engine.server.ts';
import type { Limits, Role } from '../../../src/lib/collab/protocol.ts';
import type { Question } from './hostile-process.ts';

const PROCESS = join(import.meta.dirname, 'hostile-process.ts');

/** The engine under attack, in a process of its own. */
export class HostileEngine {
	readonly port: number;
	readonly url: string;
	readonly #child: ReturnType<typeof fork>;
	readonly #answers = new Map<number, (answer: unknown) => void>();
	#asked = 0;
	/** How the process ended; null while it lives. */
	ended: { code: number | null; signal: string | null } | null = null;

	private constructor(child: ReturnType<typeof fork>, port: number) {
		this.#child = child;
		this.port = port;
		this.url = `ws://127.0.0.1:${port}/collab`;
		child.on('message', ({ id, answer }: { id: number; answer: unknown }) => {
			this.#answers.get(id)?.(answer);
			this.#answers.delete(id);
		});
		child.on('exit', (code, signal) => {
			this.ended = { code, signal };
			for (const give of this.#answers.values()) give(undefined);
		});
	}

	static async start(limits: Partial<Limits>): Promise<HostileEngine> {
		const child = fork(PROCESS, [JSON.stringify(limits)], { execArgv: ['--expose-gc'] });
		const died = once(child, 'exit').then(() => Promise.reject(new Error('the engine process ended before it served')));
		const [{ port }] = (await Promise.race([once(child, 'message'), died])) as [{ port: number }];
		return new HostileEngine(child, port);
	}

	share(documentId: string, roles: Record<string, Role>): Promise<void> {
		return this.#ask({ ask: 'share', documentId, roles });
	}

	setRole(documentId: string, person: string, role: Role): Promise<void> {
		return this.#ask({ ask: 'role', documentId, person, role });
	}

	/** Bytes in use after everything that can be collected was. */
	memory(): Promise<NodeJS.MemoryUsage> {
		return this.#ask({ ask: 'memory' });
	}

	stats(): Promise<SyncStats & { complaints: Record<string, number> }> {
		return this.#ask({ ask: 'stats' });
	}

	/** The stored log of a document, as a store answers. */
	async load(documentId: string): Promise<StoredBody> {
		const { snapshot, updates } = await this.#ask<{ snapshot: string | null; updates: string[] }>({ ask: 'log', documentId });
		const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
		return { epoch: 1, snapshot: snapshot === null ? null : bytes(snapshot), stateVector: null, updates: updates.map(bytes) };
	}

	async stop(): Promise<void> {
		if (this.ended) return;
		this.#child.kill('SIGKILL');
		await once(this.#child, 'exit');
	}

	#ask<T>(question: Question): Promise<T> {
		const id = ++this.#asked;
		return new Promise((resolve, reject) => {
			if (this.ended) return reject(new Error(`the engine process is gone: ${JSON.stringify(this.ended)}`));
			this.#answers.set(id, (answer) => {
				if (this.ended) reject(new Error(`the engine process died: ${JSON.stringify(this.ended)}`));
				else resolve(answer as T);
			});
			this.#child.send({ id, question });
		});
	}
}
