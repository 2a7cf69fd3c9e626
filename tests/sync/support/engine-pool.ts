import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EngineOrder } from './engine-process.ts';

const PROCESS = join(import.meta.dirname, 'engine-process.ts');

/** An engine that serves in a process of its own. */
export interface EngineProcess {
	child: ChildProcess;
	port: number;
	url: string;
	/** How it ended: an exit code, or the signal that killed it. */
	ended: Promise<{ code: number | null; signal: string | null }>;
}

/**
 * Engine processes to be killed. A few are started ahead and have loaded all their code, so that a kill costs little
 * more than opening the database.
 */
export class EnginePool {
	readonly #cache = mkdtempSync(join(tmpdir(), 'plenum-compiled-'));
	readonly #warm: Starting[] = [];
	readonly #all = new Set<ChildProcess>();
	#size: number;

	constructor(size: number) {
		this.#size = size;
		this.#refill();
	}

	/** An engine that serves what the order says. */
	async take(order: EngineOrder): Promise<EngineProcess> {
		const { child, lines, ended } = this.#warm.shift() ?? this.#start();
		this.#refill();
		await nextLine(lines, ended);
		child.stdin!.write(`${JSON.stringify(order)}\n`);
		const port = Number(await nextLine(lines, ended));
		return { child, port, url: `ws://127.0.0.1:${port}/collab`, ended };
	}

	async close(): Promise<void> {
		this.#size = 0;
		const children = [...this.#all];
		for (const child of children) child.kill('SIGKILL');
		await Promise.all(
			children.filter((child) => child.exitCode === null && child.signalCode === null).map((child) => once(child, 'exit'))
		);
		rmSync(this.#cache, { recursive: true, force: true });
	}

	#refill(): void {
		while (this.#warm.length < this.#size) this.#warm.push(this.#start());
	}

	#start(): Starting {
		const child = spawn(process.execPath, [PROCESS], {
			stdio: ['pipe', 'pipe', 'inherit'],
			env: { ...process.env, NODE_COMPILE_CACHE: this.#cache }
		});
		this.#all.add(child);
		child.stdin.on('error', () => {});
		const ended = once(child, 'exit').then(([code, signal]) => {
			this.#all.delete(child);
			return { code, signal };
		});
		return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator](), ended };
	}
}

interface Starting {
	child: ChildProcess;
	lines: AsyncIterator<string>;
	ended: EngineProcess['ended'];
}

async function nextLine(lines: AsyncIterator<string>, ended: Promise<unknown>): Promise<string> {
	const line = await Promise.race([lines.next(), ended.then(() => ({ done: true, value: '' }))]);
	if (line.done) throw new Error('the engine process ended before it served');
	return line.value as string;
}
