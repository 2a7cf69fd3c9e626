import * as Y from 'yjs';

/** Name of the list, beside the body, in which is noted which letters were written anew, and as which. */
const MOVES = 'moves';
/** Old ones are forgotten: of text that was moved by somebody who was away for longer, both copies stay. */
export const MOVES_MAX = 500;
/** A note of more runs than this is not made: a text of so many hands would cost more to note than to correct. */
const RUNS_MAX = 2_000;
/** So many runs are kept in all, some hundred kilobytes. */
const RUNS_KEPT = 20_000;

/** So many letters in a row: Yjs id of the first as it was, clock of the first as it is now, and how many. */
export type Run = [client: number, clock: number, now: number, length: number];

/** What one change wrote anew. All that it wrote has the client id `client` and clocks from `since` on. */
export interface Move {
	client: number;
	since: number;
	runs: Run[];
	/** Per client id of those with letters in the blocks: the clock up to which the author of the change knew their work. */
	knows?: Record<string, number>;
}

/** A letter that was, and the clock of the same letter written anew by this client. */
export interface Moved {
	from: { client: number; clock: number };
	now: number;
}

/**
 * Notes, in the transaction that deletes letters and writes them anew elsewhere, that they are the same letters. An update
 * does not carry that, and without it two who do this to the same letters at the same moment double them.
 * `writers` are the client ids of all letters in the blocks, when others' letters between them are to go along (`goAlong`).
 */
export function noteMove(ydoc: Y.Doc, since: number, moved: readonly Moved[], writers?: Iterable<number>): void {
	const runs: Run[] = [];
	for (const { from, now } of moved) {
		const last = runs.at(-1);
		if (last && last[0] === from.client && last[1] + last[3] === from.clock && last[2] + last[3] === now) last[3]++;
		else runs.push([from.client, from.clock, now, 1]);
	}
	if (runs.length === 0 || runs.length > RUNS_MAX) return;
	const moves = ydoc.getArray<unknown>(MOVES);
	const knows = writers && Object.fromEntries(Array.from(writers, (client) => [client, Y.getState(ydoc.store, client)]));
	moves.push([{ client: ydoc.clientID, since, runs, ...(knows && { knows }) }]);
	const forgotten = tooMany(moves.toArray());
	if (forgotten > 0) moves.delete(0, forgotten);
}

/** The moves that are noted. Others may have sent anything, so what is no note, or too much, is left out. */
export function movesOf(ydoc: Y.Doc): Move[] {
	if (!ydoc.share.has(MOVES)) return [];
	const moves = ydoc.getArray<unknown>(MOVES).toArray();
	return moves.slice(tooMany(moves)).filter(isMove);
}

/** The moves that are noted but for those already seen, which all of them are from now on. */
export function newMoves(ydoc: Y.Doc, seen: WeakSet<Move>): Move[] {
	const moves = movesOf(ydoc).filter((move) => !seen.has(move));
	for (const move of moves) seen.add(move);
	return moves;
}

/** True when the transaction changed the list of moves. Does not make the list. */
export function changesMoves({ doc, changed }: Y.Transaction): boolean {
	const moves = doc.share.get(MOVES);
	return moves !== undefined && changed.has(moves as never);
}

/** How many of the notes, the oldest, are more than are kept. */
function tooMany(notes: readonly unknown[]): number {
	let spare = RUNS_KEPT;
	const last = notes.findLastIndex((note) => (spare -= (note as Partial<Move> | null)?.runs?.length ?? 1) < 0);
	return Math.max(last + 1, notes.length - MOVES_MAX);
}

function isMove(note: unknown): note is Move {
	const { client, since, runs } = (note ?? {}) as Partial<Move>;
	if (!isCount(client) || !isCount(since) || !Array.isArray(runs) || runs.length > RUNS_MAX) return false;
	return runs.every((run) => Array.isArray(run) && run.length === 4 && run.every(isCount) && run[2] >= since);
}

function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0;
}
