/** Who is named in a comment: `@[name](person:ID)` or `@[name](agency:ID)`, as the database reads it. */
export interface Mention {
	type: 'person' | 'agency';
	id: string;
	name: string;
}

/** A comment in pieces: words as they are, and names. */
export type Piece = string | Mention;

const MENTION = /@\[([^\]\n]{1,200})\]\((person|agency):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)/g;

/** The pieces of what a comment says. */
export function piecesOf(body: string): Piece[] {
	const pieces: Piece[] = [];
	let from = 0;
	for (const found of body.matchAll(MENTION)) {
		if (found.index > from) pieces.push(body.slice(from, found.index));
		const [whole, name, type, id] = found;
		pieces.push({ type: type as Mention['type'], id, name });
		from = found.index + whole.length;
	}
	if (from < body.length) pieces.push(body.slice(from));
	return pieces;
}

/** How a comment reads in a field: `@name` for each mention, which `toBody` turns back. */
export function toWords(body: string): { words: string; mentions: Mention[] } {
	const pieces = piecesOf(body);
	return {
		words: pieces.map((piece) => (typeof piece === 'string' ? piece : `@${piece.name}`)).join(''),
		mentions: pieces.filter((piece) => typeof piece !== 'string')
	};
}

/** What is sent of the words in a field: the names in it that were chosen are mentions, the longest first. */
export function toBody(words: string, mentions: readonly Mention[]): string {
	const chosen = new Map(mentions.map((mention) => [`@${plain(mention.name)}`, mention]));
	if (chosen.size === 0) return words;
	const names = [...chosen.keys()].sort((a, b) => b.length - a.length);
	const any = new RegExp(names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
	return words.replace(any, (name) => {
		const { type, id } = chosen.get(name)!;
		return `@[${name.slice(1)}](${type}:${id})`;
	});
}

/** A name as a mention can carry it. */
export function plain(name: string): string {
	return name
		.replace(/[[\]\n]/g, ' ')
		.trim()
		.slice(0, 200);
}

/** The beginning of a name that is being typed in front of the caret; null when none is. */
export function nameBeingTyped(words: string, caret: number): { from: number; query: string } | null {
	const found = /(?:^|[\s(])@([^\s@][^@\n]{0,40}|)$/.exec(words.slice(0, caret));
	if (!found) return null;
	return { from: caret - found[1].length - 1, query: found[1] };
}
