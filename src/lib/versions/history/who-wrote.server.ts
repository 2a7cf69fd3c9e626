import type { Node } from '@tiptap/pm/model';
import { applyAll } from '../../text/apply.ts';
import type { TextModel } from '../../text/model.ts';
import { movedBetween } from '../../text/three-way.ts';

/** An update of the log: who made it, null for the server itself, and when, in milliseconds since 1970. */
export interface LoggedUpdate {
	bytes: Uint8Array;
	person: string | null;
	at: number;
}

/** Who wrote in a passage last, and from when to when they did. */
export interface Authorship {
	person: string | null;
	first: number;
	last: number;
}

/** A log with more turns of different people is looked at in so many steps; who wrote last in a step counts for it. */
const MOST_STEPS = 400;

/**
 * Applies updates to a text one person's turn after the other, and sees whose changed the words of which block, or moved it.
 * Of several who wrote in the same block it is the last one, and nobody where only the server did.
 */
export function whoWrote(model: TextModel, updates: readonly LoggedUpdate[]): Map<string, Authorship> {
	const found = new Map<string, Authorship>();
	let before = model.node;
	for (const turn of turnsOf(updates)) {
		applyAll(
			model.doc,
			turn.map(({ bytes }) => bytes)
		);
		const after = model.node;
		const { person, at: last } = turn.at(-1)!;
		for (const uid of touched(before, after)) {
			const known = found.get(uid);
			if (person === null && known) continue;
			const first = known && known.person === person ? known.first : turn[0].at;
			found.set(uid, { person, first, last });
		}
		before = after;
	}
	return found;
}

function turnsOf(updates: readonly LoggedUpdate[]): LoggedUpdate[][] {
	const turns: LoggedUpdate[][] = [];
	for (const update of updates) {
		const last = turns.at(-1);
		if (last && last[0].person === update.person) last.push(update);
		else turns.push([update]);
	}
	const together = Math.ceil(turns.length / MOST_STEPS);
	if (together <= 1) return turns;
	return Array.from({ length: Math.ceil(turns.length / together) }, (_, nth) =>
		turns.slice(nth * together, (nth + 1) * together).flat()
	);
}

/** The blocks whose words are others, that came, went, or stand elsewhere. */
function touched(before: Node, after: Node): Set<string> {
	const found = new Set<string>();
	if (before === after) return found;
	const [had, has] = [new Set(before.children), new Set(after.children)];
	const was = wordsOf(before.children.filter((block) => !has.has(block)));
	const is = wordsOf(after.children.filter((block) => !had.has(block)));
	for (const [uid, words] of was) if (is.get(uid) !== words) found.add(uid);
	for (const [uid, words] of is) if (was.get(uid) !== words) found.add(uid);
	for (const uid of movedBetween(uidsOf(before), uidsOf(after))) found.add(uid);
	return found;
}

function uidsOf(doc: Node): string[] {
	return doc.children.map(({ attrs }) => attrs.uid).filter((uid) => typeof uid === 'string');
}

/** The words of each block, and of the fields of headers and the blocks in tables and lists. */
function wordsOf(blocks: readonly Node[]): Map<string, string> {
	const words = new Map<string, string>();
	const visit = (node: Node, around: string) => {
		if (node.isInline) return;
		const { uid, name } = node.attrs;
		const own = typeof uid === 'string' ? uid : typeof name === 'string' ? `${around}:${name}` : around;
		if (own !== around) words.set(own, said(node));
		if (!node.isTextblock) node.forEach((child) => visit(child, own));
	};
	for (const block of blocks) visit(block, '');
	return words;
}

function said(node: Node): string {
	return node.textBetween(0, node.content.size, '\n', (leaf) => `\u0000${leaf.type.name}${JSON.stringify(leaf.attrs)}`);
}
