import { documentSchema } from '../../documents/schema/schema.ts';
import type { JsonNode } from '../../documents/schema/json.ts';
import type { ProfileId } from '../../documents/schema/profiles.ts';
import { applyAll } from '../../text/apply.ts';
import { TextModel } from '../../text/model.ts';
import { newDoc } from '../../text/new-doc.ts';
import { movedBetween } from '../../text/three-way.ts';
import { type KnownPassage, type WordedPassage, wordedPassages } from './known-passages.server.ts';
import { type Authorship, type LoggedUpdate, whoWrote } from './who-wrote.server.ts';

/** What became of a text since its history was last written. */
export interface Stretch {
	profile: ProfileId;
	/** The text as it was then, as far as the log still tells it apart. */
	before: Uint8Array[];
	/** What was written since. */
	updates: LoggedUpdate[];
	/** Nothing of that is in `before`, as it is when the log was compacted meanwhile. */
	isWhole: boolean;
	/** What the text said then, in its order. */
	known: KnownPassage[];
	/** Who wrote in the text last, for what the log does not tell any more. */
	otherwise: Authorship;
}

/** A passage that was changed; its wording before is in the database. */
export interface PassageEdit extends Authorship, Omit<WordedPassage, 'hash' | 'level'> {
	from: string;
}

export interface ReadStretch {
	/** The passages in their order. */
	uids: string[];
	/** Those to be remembered otherwise than they are. */
	kept: WordedPassage[];
	gone: string[];
	edits: PassageEdit[];
}

/** Reads what was edited in a text, passage by passage. For a thread: a long text takes a third of a second. */
export function readStretch({ profile, before, updates, isWhole, known, otherwise }: Stretch): ReadStretch {
	const doc = newDoc();
	applyAll(doc, before);
	const model = new TextModel(doc, documentSchema);
	const authors = isWhole ? soleAuthor(updates) : null;
	const written = authors ? new Map<string, Authorship>() : whoWrote(model, updates);
	if (authors)
		applyAll(
			doc,
			updates.map(({ bytes }) => bytes)
		);
	const now = wordedPassages({ content: model.node.toJSON() as JsonNode, profile });
	model.destroy();
	doc.destroy();
	return compareKnown(known, now, (uid) => written.get(uid) ?? authors ?? otherwise);
}

/** Who made all updates, if it was one person. */
function soleAuthor(updates: readonly LoggedUpdate[]): Authorship | null {
	if (updates.length === 0) return null;
	const { person } = updates[0];
	if (updates.some((update) => update.person !== person)) return null;
	return { person, first: updates[0].at, last: updates.at(-1)!.at };
}

/** What became of the passages of a text, and whose doing it is. */
export function compareKnown(
	known: readonly KnownPassage[],
	now: readonly WordedPassage[],
	by: (uid: string) => Authorship
): ReadStretch {
	const was = new Map(known.map((passage) => [passage.uid, passage]));
	const is = new Set(now.map(({ uid }) => uid));
	const uids = now.map(({ uid }) => uid);
	const moved = movedBetween(
		known.map(({ uid }) => uid),
		uids
	);
	const kept: WordedPassage[] = [];
	const edits: PassageEdit[] = [];
	for (const passage of now) {
		const old = was.get(passage.uid);
		const from = old && hasMoved(passage, old, moved) ? old.number : '';
		if (!isSame(old, passage)) kept.push(passage);
		const { hash, level, ...edit } = passage;
		if (old?.hash !== hash || (from !== '' && from !== passage.number)) edits.push({ ...edit, from, ...by(passage.uid) });
	}
	const gone = known.filter(({ uid }) => !is.has(uid));
	for (const { uid, type, number } of gone) edits.push({ uid, type, number, provisions: [], words: '', from: '', ...by(uid) });
	return { uids, kept, gone: gone.map(({ uid }) => uid), edits };
}

/** What stands in something that was moved has moved with it and is not told of. */
function hasMoved({ uid, level, provisions }: WordedPassage, old: KnownPassage, moved: ReadonlySet<string>): boolean {
	if (provisions.some((around) => around !== uid && moved.has(around))) return false;
	return moved.has(uid) || (level !== null && old.level !== null && level !== old.level);
}

function isSame(old: KnownPassage | undefined, { hash, number, type, level }: WordedPassage): boolean {
	return old?.hash === hash && old.number === number && old.type === type && old.level === level;
}
