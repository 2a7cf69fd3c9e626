import { createHash } from 'node:crypto';
import { numberProvisions } from '../../documents/numbering/numbering.ts';
import type { ComparedContent } from '../compare/compare.ts';
import type { PassageType } from '../compare/comparison.ts';
import { type Passage, readPassages } from '../compare/passages.ts';
import type { Piece } from '../compare/pieces.ts';

/** A passage as the history remembers it between two looks at a text. */
export interface KnownPassage {
	uid: string;
	type: PassageType;
	level: string | null;
	/** As it is cited; of what has no number, the provision in which it stands. */
	number: string;
	/** Of its words, with references by what they name: another number printed there is no edit. */
	hash: string;
}

/** The same with its words, as it is written down. */
export interface WordedPassage extends KnownPassage {
	/** Uids of the provisions in which it stands, the widest first, and its own. */
	provisions: string[];
	words: string;
}

/** What is longer is cut: the whole is in the versions. */
const MOST_LETTERS = 20_000;
const LONGEST_UID = 200;
const HASH_LENGTH = 16;

/** The passages of a text that have words, in their order. */
export function wordedPassages({ content, profile }: ComparedContent): WordedPassage[] {
	const { byUid } = numberProvisions(content.content ?? [], profile);
	const found = new Map<string, WordedPassage>();
	let around: string[] = [];
	for (const passage of readPassages({ content, profile }).passages) {
		const entry = byUid.get(passage.uid);
		if (entry) around = [...entry.parents, entry.uid];
		const { uid, type, level, text } = passage;
		if (text === '' || found.has(uid) || uid.length > LONGEST_UID) continue;
		found.set(uid, {
			uid,
			type,
			level,
			number: passage.number || passage.within,
			provisions: entry ? around : [...around, uid],
			words: cut(text),
			hash: hashOf(passage)
		});
	}
	return [...found.values()];
}

function cut(text: string): string {
	return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text;
}

function hashOf({ pieces, cells }: Passage): string {
	const said = cells ? [...cells.values()].map(keyOf).join('\u0001') : keyOf(pieces);
	return createHash('sha256').update(said).digest('base64').slice(0, HASH_LENGTH);
}

function keyOf(pieces: readonly Piece[]): string {
	return pieces.map(({ text, target }) => (target === null ? text : `\u0000${target}\u0000`)).join('');
}
