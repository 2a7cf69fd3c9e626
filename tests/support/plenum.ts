import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
	scripts: { start: string; dev: string };
};
const START_MS = 120_000;
const SERVICE_SETTINGS =
	/^(DATABASE_|SUPABASE_|REDIS_URL|ORIGIN|SMTP_URL|MAIL_FROM|SETUP_TOKEN|METRICS_TOKEN|DATA_DIR|PORT|HOST)/;

export interface Plenum {
	url: string;
	port: number;
	/** Everything the process wrote so far. */
	output(): string;
	process: ChildProcess;
	/** Sends the signal and resolves with the exit code when the process is gone. */
	stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts the real process as `npm start` does, on a free port, and resolves when it announces its address.
 * E2E_DEV=1 starts it as `npm run dev`, without a build, while a test is being written.
 */
export async function startPlenum(env: Record<string, string> = {}): Promise<Plenum> {
	const port = Number(env.PORT ?? (await freePort()));
	const [, ...command] = (process.env.E2E_DEV ? scripts.dev : scripts.start).split(' ');
	const child = spawn(process.execPath, command, {
		env: { ...cleanEnvironment(), DATA_DIR: env.DATABASE_URL ? '' : temporaryFolder(), ...env, PORT: String(port) }
	});
	// Whoever ends without stopping it, or while it starts, leaves nothing behind.
	const abandon = () => child.kill('SIGKILL');
	process.once('exit', abandon);
	let output = '';
	const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
	void exited.then(() => process.off('exit', abandon));
	await new Promise<void>((ready, fail) => {
		const timer = setTimeout(() => fail(new Error(`Plenum did not start:\n${output}`)), START_MS);
		const read = (chunk: Buffer) => {
			output += chunk.toString();
			if (/Plenum \d+\.\d+\.\d+: /.test(output)) {
				clearTimeout(timer);
				ready();
			}
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		void exited.then((code) => fail(new Error(`Plenum stopped with ${code}:\n${output}`)));
	});
	return {
		url: `http://localhost:${port}`,
		port,
		output: () => output,
		process: child,
		stop: (signal = 'SIGTERM') => {
			child.kill(signal);
			return exited;
		}
	};
}

/** Runs a command of the process (`sample`, `backup` …) to its end. */
export function runCommand(
	file: string,
	args: string[],
	env: Record<string, string>
): Promise<{ code: number | null; output: string }> {
	const child = spawn(process.execPath, [file, ...args], { env: { ...cleanEnvironment(), ...env } });
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	return new Promise((resolve) => child.once('exit', (code) => resolve({ code, output })));
}

export function temporaryFolder(): string {
	return mkdtempSync(join(tmpdir(), 'plenum-test-'));
}

function freePort(): Promise<number> {
	return new Promise((resolve, fail) => {
		const server = createServer();
		server.once('error', fail);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

// A developer's own settings must not leak into a test's installation.
function cleanEnvironment(): Record<string, string> {
	return Object.fromEntries(
		Object.entries(process.env).filter(([name, value]) => value !== undefined && !SERVICE_SETTINGS.test(name))
	) as Record<string, string>;
}
