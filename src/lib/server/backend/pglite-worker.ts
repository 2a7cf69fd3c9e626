import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, type Extensions, type Results } from '@electric-sql/pglite';
import { file_fdw } from '@electric-sql/pglite/contrib/file_fdw';
import { isn } from '@electric-sql/pglite/contrib/isn';
import { ltree } from '@electric-sql/pglite/contrib/ltree';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { packError } from '../carried-error.ts';
import { isDeadly, type Answer, type Call, type DatabasePlace } from './pglite-messages.ts';

// The embedded database, in a thread of its own: whatever a query takes, the process goes on serving.

const BYTEA = 17;
/** From here on a value is handed over instead of copied; for small ones the copy is quicker. */
const HAND_OVER_BYTES = 16_384;

const port = parentPort!;
const say = (answer: Answer, handedOver: ArrayBuffer[] = []) => port.postMessage(answer, handedOver);
const listeners = new Map<number, () => Promise<void>>();

// As in threads/worker.ts: what libraries print here would be lines of the log that are none.
process.stdout.write = process.stderr.write = () => true;
const database = await open(workerData as DatabasePlace);
if (database) {
	port.on('message', (call: Call) => void serve(database, call));
	say({ kind: 'open' });
}

async function open({ folder, extensions }: DatabasePlace): Promise<PGlite | null> {
	try {
		const added: Extensions = {};
		for (const [name, module] of Object.entries(extensions)) added[name] = ((await import(module)) as Extensions)[name];
		return await PGlite.create({
			dataDir: folder ?? undefined,
			extensions: { ...added, isn, ltree, file_fdw, pgcrypto },
			parsers: { ...parsersOfLite(), [BYTEA]: bytesOf },
			serializers: { [BYTEA]: hexOf }
		});
	} catch (error) {
		say({ kind: 'not-open', error: packError(error) });
		return null;
	}
}

async function serve(db: PGlite, call: Call): Promise<void> {
	try {
		if (call.kind === 'query') {
			const result = await db.query<Record<string, unknown>>(call.text, call.params);
			return say(
				{ kind: 'done', id: call.id, result: { rows: result.rows, affectedRows: result.affectedRows } },
				largeBytes(result)
			);
		}
		const result = await carryOut(db, call);
		say({ kind: 'done', id: call.id, result });
	} catch (error) {
		say({ kind: 'failed', id: call.id, error: packError(error) });
		// PGlite would compute for ever at the next call, where Postgres starts again. The process ends the thread.
		if (isDeadly(error)) port.removeAllListeners('message').on('message', () => {});
	}
}

async function carryOut(db: PGlite, call: Exclude<Call, { kind: 'query' }>): Promise<unknown> {
	switch (call.kind) {
		case 'exec':
			return (await db.exec(call.text)).map(({ rows, affectedRows }) => ({ rows, affectedRows }));
		case 'listen':
			listeners.set(
				call.listener,
				await db.listen(call.channel, (payload) => say({ kind: 'notice', listener: call.listener, payload }))
			);
			return null;
		case 'unlisten':
			await listeners.get(call.listener)?.();
			listeners.delete(call.listener);
			return null;
		case 'close':
			await db.close();
			return null;
	}
}

function largeBytes({ rows, fields }: Results<Record<string, unknown>>): ArrayBuffer[] {
	const found = new Set<ArrayBuffer>();
	for (const { name, dataTypeID } of fields) {
		if (dataTypeID !== BYTEA) continue;
		for (const row of rows) {
			const bytes = row[name] as Uint8Array<ArrayBuffer> | null;
			if (bytes && bytes.byteLength >= HAND_OVER_BYTES && bytes.byteLength === bytes.buffer.byteLength) found.add(bytes.buffer);
		}
	}
	return [...found];
}

// PGlite's own way goes byte by byte: for 3 MB its one session is taken for a second.
function hexOf(value: unknown): string {
	if (!(value instanceof Uint8Array)) throw new Error('Invalid input for bytea type');
	return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`;
}

/** A memory of its own, which can be handed over. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array((text.length - 2) / 2);
	Buffer.from(bytes.buffer).write(text.slice(2), 'hex');
	return bytes;
}

/** As @supabase/lite reads values when it opens PGlite itself; its answers depend on them. lite.test.ts compares. */
function parsersOfLite(): Record<number, (text: string) => unknown> {
	const asText = (text: string) => text;
	const wholeNumber = (text: string) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text));
	const decimal = (text: string) => (String(Number(text)) === text && Number.isFinite(Number(text)) ? Number(text) : text);
	const [int8, json, jsonb, numeric] = [20, 114, 3802, 1700];
	const [date, time, timestamp, timestamptz, timetz] = [1082, 1083, 1114, 1184, 1266];
	return {
		[int8]: wholeNumber,
		[json]: JSON.parse,
		[jsonb]: JSON.parse,
		[numeric]: decimal,
		...Object.fromEntries([date, time, timestamp, timestamptz, timetz].map((type) => [type, asText]))
	};
}
