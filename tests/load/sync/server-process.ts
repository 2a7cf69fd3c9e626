import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, parse } from 'node:path';

const START_MS = 20_000;
const ANSWER_MS = 30_000;
/** Unit of /proc/stat. */
const TICK_MS = 10;

export interface Memory {
	rss: number;
	/** JavaScript heap and buffers together. */
	used: number;
}

/** Cores for the server and for the load generator; null when they cannot be kept apart here. */
export const CORES = findCores();

/** Keeps this process, the load generator, on its core. */
export function pinGenerator(): void {
	if (CORES) spawnSync('taskset', ['-a', '-p', '-c', CORES.generator, String(process.pid)]);
}

/** A server under test: a process of its own, on a core of its own where the system can do that. */
export class ServerProcess {
	/** Where servers leave a CPU profile when they are stopped; null when none is wanted. */
	static profiles: string | null = null;
	readonly port: number;
	readonly #child: ChildProcess;
	readonly #complaints: () => string;

	private constructor(child: ChildProcess, port: number, complaints: () => string) {
		this.#child = child;
		this.port = port;
		this.#complaints = complaints;
	}

	/** Starts `script` with its settings; resolves when it listens. Rejects with what it wrote when it does not. */
	static async start(script: string, settings: object): Promise<ServerProcess> {
		const profile = ServerProcess.profiles
			? ['--cpu-prof', `--cpu-prof-dir=${join(ServerProcess.profiles, nameOf(script))}`]
			: [];
		// As many helpers of V8 as there are cores to spare, as `npm start` has it: four of them on one core stop what they help.
		const command = [process.execPath, '--expose-gc', '--v8-pool-size=0', ...profile, script, JSON.stringify(settings)];
		const pinned = CORES ? ['taskset', '-c', CORES.server, ...command] : command;
		const child = spawn(pinned[0], pinned.slice(1), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
		let tail = '';
		child.stderr!.on('data', (text: Buffer) => (tail = (tail + text.toString()).slice(-4000)));
		try {
			const { port } = await answer<{ port: number }>(child, START_MS, () => tail);
			return new ServerProcess(child, port, () => tail);
		} catch (error) {
			child.kill('SIGKILL');
			throw error;
		}
	}

	/** CPU time of all threads so far, in milliseconds; NaN where the system does not tell. */
	cpuMs(): number {
		try {
			const tasks = readdirSync(`/proc/${this.#child.pid}/task`);
			return (
				tasks.reduce(
					(sum, task) => sum + Number(readFileSync(`/proc/${this.#child.pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]),
					0
				) / 1e6
			);
		} catch {
			return NaN;
		}
	}

	/** Time in milliseconds that its core was busy so far, with whatever; NaN when it has no core of its own. */
	coreBusyMs(): number {
		if (!CORES) return NaN;
		const ticks = new RegExp(`^cpu${CORES.server} (.*)$`, 'm')
			.exec(readFileSync('/proc/stat', 'utf8'))![1]
			.split(' ')
			.map(Number);
		const [user, nice, system, , , interrupts, softInterrupts, stolen] = ticks;
		return (user + nice + system + interrupts + softInterrupts + stolen) * TICK_MS;
	}

	/** The most memory it ever held, in bytes; NaN where the system does not tell. */
	peakBytes(): number {
		try {
			return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.#child.pid}/status`, 'utf8'))?.[1]) * 1024;
		} catch {
			return NaN;
		}
	}

	/** What it holds after its garbage was collected, in bytes. */
	memory(): Promise<Memory> {
		this.#child.send('memory');
		return answer<Memory>(this.#child, ANSWER_MS, this.#complaints);
	}

	/** True when the process has ended by itself. */
	get hasDied(): boolean {
		return this.#child.exitCode !== null || this.#child.signalCode !== null;
	}

	/** The last lines it wrote to standard error. */
	get complaints(): string {
		return this.#complaints();
	}

	/** Resolves when the process has ended by itself. */
	async ended(): Promise<void> {
		if (!this.hasDied) await new Promise((resolve) => this.#child.once('exit', resolve));
	}

	/** Ends it at once; what it had not stored is nobody's concern here. */
	async stop(): Promise<void> {
		if (this.hasDied) return;
		const gone = this.ended();
		// A killed process writes no profile; one that loses its parent ends in an orderly way.
		if (ServerProcess.profiles) this.#child.disconnect();
		else this.#child.kill('SIGKILL');
		await gone;
	}
}

function answer<T>(child: ChildProcess, withinMs: number, complaints: () => string): Promise<T> {
	return new Promise((resolve, reject) => {
		const fail = (reason: string) => {
			clearTimeout(timer);
			child.off('message', heard);
			child.off('exit', exited);
			reject(new Error(`${reason}\n${complaints()}`));
		};
		const heard = (message: unknown) => {
			clearTimeout(timer);
			child.off('exit', exited);
			resolve(message as T);
		};
		const exited = (code: number | null) => fail(`the server ended with ${code}`);
		const timer = setTimeout(() => fail('the server did not answer'), withinMs);
		child.once('message', heard);
		child.once('exit', exited);
	});
}

/** `ours` for servers/ours.ts, `hocuspocus` for peers/hocuspocus/server.js. */
function nameOf(script: string): string {
	const { name, dir } = parse(script);
	return name === 'server' ? basename(dir) : name;
}

function findCores(): { server: string; generator: string } | null {
	if (process.platform !== 'linux' || spawnSync('taskset', ['--version']).status !== 0) return null;
	const allowed = /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
	const cores = allowed.split(',').flatMap((part) => {
		const [first, last = first] = part.split('-').map(Number);
		return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
	});
	return cores.length >= 2 ? { server: cores[0], generator: cores[1] } : null;
}
