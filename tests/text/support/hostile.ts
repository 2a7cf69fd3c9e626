import * as Y from 'yjs';
import { documentSchema } from '../../../src/lib/documents/schema/schema.ts';
import { documentToUpdate } from '../../../src/lib/text/body.ts';

/** Something that somebody with a program of their own writes beside, or into, a normal document. */
export interface Payload {
	write: (doc: Y.Doc) => void;
	/** The server does not let it through (`door.ts`); a reader bears it all the same. */
	isRefused?: true;
	/** How many blocks are shown more than the normal ones; none when not said. */
	blocks?: number;
	/** How many nodes are shown more; not more than two for each block when not said. */
	nodes?: number;
	/** Normal blocks that it aims at: these need not stay as they were. */
	attacks?: readonly string[];
}

export type Payloads = Readonly<Record<string, Payload>>;

/** What are no sizes of a picture, no widths and no truths. */
export const SIZES = [1e9, -1, 0, 0.5, NaN, Infinity, '5', {}, [], true];

/** A document with something of each kind. */
export const NORMAL = documentToUpdate(normalDocument());

/** A place behind all normal ones. */
export function placeIn(parent: unknown, nth = 0): unknown[] {
	const digits = nth.toString().padStart(6, '0');
	return [parent, `zzz${digits.slice(0, 3)}zzz${digits.slice(3)}`];
}

/** Writes an entry of the map, of whatever shape. */
export function entry(doc: Y.Doc, name: string, value: unknown): void {
	doc.getMap('blocks').set(name, value);
}

/** Writes a block that is there, with what else is said of it. */
export function block(doc: Y.Doc, uid: string, more: Record<string, unknown> = {}, nth = 0): void {
	entry(doc, uid, { kind: 'paragraph', place: placeIn(null, nth), is: 1, ...more });
}

/** Writes so many blocks `x0`, `x1` … */
export function blocks(doc: Y.Doc, count: number, more: (nth: number) => Record<string, unknown>): void {
	for (let nth = 0; nth < count; nth++) block(doc, `x${nth}`, more(nth), nth);
}

/** Puts letters, with whatever attributes, at the end of a text. */
export function letters(doc: Y.Doc, name: string, text: string, attributes: Record<string, unknown> = {}): void {
	const into = doc.getText(name);
	into.insert(into.length, text, attributes);
}

/** Puts an element at the end of a text. */
export function element(doc: Y.Doc, name: string, embed: unknown): void {
	const into = doc.getText(name);
	into.insertEmbed(into.length, embed as object);
}

/** Puts any content at the end of a root type, or into an entry of it, also such as Yjs would not make. */
export function content(doc: Y.Doc, name: string, entryName: string | null, is: Y.Item['content']): void {
	const type = doc.get(name) as Y.AbstractType<unknown>;
	let last = entryName === null ? type._start : null;
	while (last?.right) last = last.right;
	const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
	doc.transact((transaction) =>
		new Y.Item(id, last, last && last.lastId, null, null, type, entryName, is).integrate(transaction, 0)
	);
}

/** A table `x0` of rows `r0` … and columns `c0` …, as they are born. */
export function table(doc: Y.Doc, rows: number, columns: number, more: Record<string, unknown> = { is: 1 }): void {
	block(doc, 'x0', { kind: 'table' });
	for (let nth = 0; nth < rows; nth++) entry(doc, `r${nth}`, { kind: 'row', of: 'x0', place: placeIn(null, nth), ...more });
	for (let nth = 0; nth < columns; nth++) entry(doc, `c${nth}`, { kind: 'col', of: 'x0', place: placeIn(null, nth), ...more });
}

function normalDocument() {
	const { nodes, text } = documentSchema;
	const say = (words: string) => text.call(documentSchema, words);
	const item = (uid: string) => nodes.listItem.create(null, nodes.paragraph.create({ uid }, say(`mục ${uid}`)));
	const cell = (col: string, words: string) => nodes.tableCell.create({ col }, nodes.paragraph.create(null, say(words)));
	const footnote = nodes.footnote.create({ uid: 'note', text: 'chú thích' });
	return nodes.doc.create(null, [
		nodes.documentHeader.create({ uid: 'head' }, nodes.headerField.create({ name: 'subject' }, say('Về việc này'))),
		nodes.provision.create({ uid: 'article', level: 'article' }, say('Phạm vi')),
		nodes.provision.create({ uid: 'clause', level: 'clause' }, [say('Khoản có chú thích'), footnote]),
		nodes.paragraph.create({ uid: 'middle', align: 'center' }, say('ở giữa')),
		nodes.bulletList.create(null, [item('line1'), item('line2')]),
		nodes.table.create(
			{ uid: 'table' },
			['row1', 'row2'].map((uid) => nodes.tableRow.create({ uid }, [cell('col1', 'một'), cell('col2', 'hai')]))
		),
		nodes.image.create({ uid: 'image', src: '/api/files/abc', width: 100 }),
		nodes.signature.create({ uid: 'signature' }, nodes.headerField.create({ name: 'signer' }, say('Nguyễn Văn A')))
	]);
}
