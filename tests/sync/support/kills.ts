import { randomUUID } from 'node:crypto';
import type { Limits } from '../../../src/lib/collab/protocol.ts';
import type { FaultPoint } from '../../../src/lib/collab/rooms/report.server.ts';
import type { Database } from './databases.ts';
import type { EnginePool } from './engine-pool.ts';
import { PageWitness, type Witness, WireWitness } from './promises.ts';

const PERSON = '11111111-1111-4111-8111-111111111111';

/** Where a process dies: at a fault point, or whenever it happens to. */
export type Moment = FaultPoint | 'any moment';

/** The most passages of a point that a process survives; it is killed at a random one of them. */
const PASSAGES: Record<FaultPoint, number> = {
	received: 40,
	broadcast: 40,
	committed: 8,
	'before acknowledging': 8,
	'compaction read': 1,
	'compaction merged': 1,
	'compaction committed': 1
};
const WIRE_WRITERS = 2;
const PAGES = 2;
/** A document serves for so many kills; a new one then keeps loading from becoming most of the work. */
const KILLS_PER_DOCUMENT = 12;
/** A process that did not come to its point by then is killed all the same. */
const PATIENCE_MS = 20_000;
const ANY_MOMENT_MS = 250;
/** A log is compacted as soon as it has a few rows. */
const COMPACTS_EARLY: Partial<Limits> = { compactRows: 20, compactPauseMs: 1 };
/** So are those of all other documents, perhaps by several processes at once. */
const COMPACTS_ALL: Partial<Limits> = { ...COMPACTS_EARLY, compactLookMs: 100 };

/** What became of many kills. */
export interface Toll {
	kills: number;
	/** Kills per moment at which the process really died. */
	at: Map<Moment, number>;
	/** Promised markers per document. */
	promised: Map<string, string[]>;
	written: number;
	/** Edits after which a client went on saying "saved". */
	falseWords: string[];
}

export function newToll(): Toll {
	return { kills: 0, at: new Map(), promised: new Map(), written: 0, falseWords: [] };
}

/**
 * Starts an engine, lets two pages and two raw clients write, and has it killed; as often as there are moments. Clients
 * are new each time: one that came back would hand lost edits over again and hide the loss.
 */
export async function killAgainAndAgain(
	pool: EnginePool,
	database: Database,
	moments: readonly Moment[],
	toll: Toll,
	lies = false
): Promise<Toll> {
	let documentId = randomUUID();
	for (const [nth, moment] of moments.entries()) {
		if (nth % KILLS_PER_DOCUMENT === 0) documentId = randomUUID();
		const kill = moment === 'any moment' ? undefined : { point: moment, passage: upTo(PASSAGES[moment]) };
		const limits = moment === 'any moment' ? COMPACTS_ALL : moment.startsWith('compaction') ? COMPACTS_EARLY : {};
		const engine = await pool.take({ database, documentId, people: [PERSON], limits, kill, lies });
		const witnesses = seat(engine.url, documentId, nth);
		let isGone = false;
		const writing = witnesses.map((witness) => witness.write(() => isGone));
		const late = setTimeout(() => engine.child.kill('SIGKILL'), moment === 'any moment' ? upTo(ANY_MOMENT_MS) + 50 : PATIENCE_MS);
		await engine.ended;
		isGone = true;
		const cameToItsPoint = !engine.child.killed;
		clearTimeout(late);
		await Promise.all(writing);
		await Promise.all(witnesses.map((witness) => witness.leave()));

		toll.kills++;
		const at = cameToItsPoint ? moment : 'any moment';
		toll.at.set(at, (toll.at.get(at) ?? 0) + 1);
		const promised = toll.promised.get(documentId) ?? [];
		toll.promised.set(documentId, promised);
		for (const witness of witnesses) {
			promised.push(...witness.promised);
			toll.written += witness.written.length;
			if (witness instanceof PageWitness) toll.falseWords.push(...witness.falseWords);
		}
	}
	return toll;
}

/** The moments in turn, so many in all. */
export function inTurn(moments: readonly Moment[], count: number): Moment[] {
	return Array.from({ length: count }, (_, nth) => moments[nth % moments.length]);
}

/** How many edits were promised in all. */
export function promisedCount(toll: Toll): number {
	return [...toll.promised.values()].reduce((sum, markers) => sum + markers.length, 0);
}

/** What a reader of the test's output wants to know. */
export function figuresOf(toll: Toll): Record<string, unknown> {
	return {
		kills: toll.kills,
		at: Object.fromEntries(toll.at),
		edits: toll.written,
		promised: promisedCount(toll),
		falselySaved: toll.falseWords.length
	};
}

function seat(url: string, documentId: string, nth: number): Witness[] {
	const wire = Array.from({ length: WIRE_WRITERS }, (_, who) => new WireWitness(url, documentId, PERSON, `${nth}.w${who}`));
	const pages = Array.from({ length: PAGES }, (_, who) => new PageWitness(url, documentId, PERSON, `${nth}.p${who}`));
	return [...wire, ...pages];
}

function upTo(most: number): number {
	return 1 + Math.floor(Math.random() * most);
}
