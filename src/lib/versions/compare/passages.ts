import { isLevel, type Level } from '../../text/levels.ts';
import { numberProvisions, type Entry, type Numbering } from '../../documents/numbering/numbering.ts';
import type { JsonNode } from '../../documents/schema/json.ts';
import type { ProfileId } from '../../documents/schema/profiles.ts';
import { isTitle } from '../../exports/title.ts';
import type { Extent, PassageType } from './comparison.ts';
import { piecesOf, textOfPieces, type Piece } from './pieces.ts';

/** What is compared as one: a provision, a paragraph, a field of the header, a row of a table. */
export interface Passage {
	uid: string;
	type: PassageType;
	/** What it may be compared with when no uid says so: text with text, a field with the same field. */
	family: string;
	/** A name that each text has once, such as a field of its first header. */
	name: string | null;
	level: Level | null;
	/** The number that it has itself: `5`, `đ`; '' where it has none. */
	ownNumber: string;
	number: string;
	short: string;
	within: string;
	label: string;
	titled: boolean;
	pieces: Piece[];
	text: string;
	/** Of a row of a table: its cells by the names of their columns. */
	cells: Map<string, Piece[]> | null;
	/** Of a picture: what it shows. */
	picture: string | null;
}

/** A text as it is compared. */
export interface ComparedText {
	passages: Passage[];
	extent: Extent;
}

/** Reads a text as passages. Paragraphs and list items without a word are left out. */
export function readPassages({ content, profile }: { content: JsonNode; profile: ProfileId }): ComparedText {
	const blocks = content.content ?? [];
	const numbering = numberProvisions(blocks, profile);
	const reader = new PassageReader(blocks, numbering);
	for (const [index, block] of blocks.entries()) reader.read(block, index);
	const articles = numbering.entries.filter(({ level }) => level === 'article').length;
	const provisions = numbering.entries.filter(({ level }) => level !== 'appendix').length;
	return { passages: reader.passages, extent: { articles, provisions } };
}

class PassageReader {
	readonly passages: Passage[] = [];
	readonly #blocks: readonly JsonNode[];
	readonly #numbering: Numbering;
	readonly #entries: ReadonlyMap<number, Entry>;
	readonly #frames = new Map<string, number>();
	#around: Entry | null = null;

	constructor(blocks: readonly JsonNode[], numbering: Numbering) {
		this.#blocks = blocks;
		this.#numbering = numbering;
		this.#entries = new Map(numbering.entries.map((entry) => [entry.index, entry]));
	}

	read(block: JsonNode, index: number): void {
		const entry = this.#entries.get(index);
		if (entry) return this.#readNumbered(block, entry, index);
		switch (block.type) {
			case 'documentHeader':
			case 'signature':
				return this.#readFields(block, index);
			case 'table':
				return this.#readTable(block, index);
			case 'image':
				return this.#readPicture(block, uidOf(block, index));
			case 'bulletList':
				return this.#readLines(block, 'list-item', index);
			case 'recipients':
				return this.#readLines(block, 'recipient', index);
			case 'legalBasis':
				return this.#add(block, uidOf(block, index), 'legal-basis', true);
			case 'enactingLine':
				return this.#add(block, uidOf(block, index), 'enacting-line', true);
			default:
				return this.#add(block, uidOf(block, index), 'paragraph');
		}
	}

	#readNumbered(block: JsonNode, entry: Entry, index: number): void {
		const isAppendix = entry.level === 'appendix';
		const parent = entry.parents.at(-1);
		const level = isLevel(entry.level) ? entry.level : null;
		const pieces = this.#pieces(block, entry.uid);
		const text = textOfPieces(pieces);
		this.#around = entry;
		this.passages.push({
			...this.#plain(entry.uid, isAppendix ? 'appendix' : 'provision', pieces),
			family: isAppendix ? 'appendix' : 'text',
			level,
			ownNumber: `${entry.level} ${entry.number}`,
			number: this.#numbering.citation(entry.uid) ?? entry.short,
			short: entry.short,
			within: parent === undefined ? '' : (this.#numbering.citation(parent) ?? ''),
			label: entry.label,
			titled: isAppendix || isTitle(level!, text, this.#isBelow(index, entry), block.attrs?.titled)
		});
	}

	#isBelow(index: number, { rank }: Entry): boolean {
		const next = this.#blocks[index + 1];
		if (!next) return false;
		if (next.type === 'provision') return (this.#entries.get(index + 1)?.rank ?? 0) > rank;
		return ['paragraph', 'bulletList', 'table', 'image'].includes(next.type);
	}

	/** The fields of the nth header of a text have names of their own, so they are found in any other text. */
	#readFields(block: JsonNode, index: number): void {
		const nth = this.#frames.get(block.type) ?? 0;
		this.#frames.set(block.type, nth + 1);
		for (const field of block.content ?? []) {
			const name = String(field.attrs?.name);
			const pieces = this.#pieces(field, null);
			if (pieces.length === 0) continue;
			this.passages.push({
				...this.#plain(`${uidOf(block, index)}:${name}`, 'field', pieces),
				family: `field ${name}`,
				name: `${block.type} ${nth} ${name}`
			});
		}
	}

	#readTable(table: JsonNode, index: number): void {
		for (const [nth, row] of (table.content ?? []).entries()) {
			const cells = new Map<string, Piece[]>();
			for (const [column, cell] of (row.content ?? []).entries())
				cells.set(String(cell.attrs?.col ?? `#${column}`), this.#pieces(cell, this.#around?.uid ?? null));
			const texts = [...cells.values()].map(textOfPieces);
			this.passages.push({
				...this.#plain(uidOf(row, `${index}/${nth}`), 'table-row', [{ text: texts.join(' | '), target: null }]),
				family: 'row',
				cells
			});
		}
	}

	#readPicture({ attrs }: JsonNode, uid: string): void {
		const alt = typeof attrs?.alt === 'string' && attrs.alt ? `: ${attrs.alt}` : '';
		const picture = String(attrs?.src ?? '');
		this.passages.push({
			...this.#plain(uid, 'picture', [{ text: `[hình ảnh${alt}]`, target: null }]),
			family: 'picture',
			picture
		});
	}

	/** Each text below a list or the recipients is a passage. */
	#readLines(block: JsonNode, type: PassageType, place: number | string): void {
		for (const [nth, inner] of (block.content ?? []).entries()) {
			const here = `${place}/${nth}`;
			if (inner.type === 'listItem' || inner.type === 'bulletList') this.#readLines(inner, type, here);
			else if (inner.type === 'image') this.#readPicture(inner, uidOf(inner, here));
			else this.#add(inner, uidOf(inner, here), type);
		}
	}

	#add(block: JsonNode, uid: string, type: PassageType, titled = false): void {
		const pieces = this.#pieces(block, this.#around?.uid ?? null);
		if (pieces.length > 0) this.passages.push({ ...this.#plain(uid, type, pieces), titled });
	}

	#pieces(block: JsonNode, from: string | null): Piece[] {
		return piecesOf(block, this.#numbering, from);
	}

	#plain(uid: string, type: PassageType, pieces: Piece[]): Passage {
		return {
			uid,
			type,
			family: 'text',
			name: null,
			level: null,
			ownNumber: '',
			number: '',
			short: '',
			within: this.#around ? (this.#numbering.citation(this.#around.uid) ?? '') : '',
			label: '',
			titled: false,
			pieces,
			text: textOfPieces(pieces),
			cells: null,
			picture: null
		};
	}
}

/** A block without a uid, as no text of the model has one, is known by its place. */
function uidOf({ attrs }: JsonNode, place: number | string): string {
	return typeof attrs?.uid === 'string' && attrs.uid ? attrs.uid : `#${place}`;
}
