import { EditorState, TextSelection, type Command } from '@tiptap/pm/state';
import { inlineOf, node, type JsonNode } from '../../src/lib/documents/schema/json.ts';
import { isLevel } from '../../src/lib/text/levels.ts';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';

/**
 * A state from lines `article#a: Phạm vi`, `roman: …`, `paragraph: …`, `legalBasis#x: …`; `|` is the cursor, two of them
 * the selection; `#a` the uid, `=5a` an explicit number (`clause=2a#c: …`).
 */
export function stateOf(...lines: string[]): EditorState {
	const content = lines.map(blockOf);
	const doc = documentSchema.nodeFromJSON({ type: 'doc', content });
	const places: number[] = [];
	doc.descendants((child, position) => {
		for (const match of child.isText ? (child.text ?? '').matchAll(/\|/g) : []) places.push(position + match.index);
	});
	const state = EditorState.create({ doc });
	const transaction = state.tr;
	for (const place of places.toReversed()) transaction.delete(place, place + 1);
	const [anchor = 1, head = anchor + 1] = places;
	const selection = TextSelection.create(transaction.doc, anchor, places.length > 1 ? head - 1 : anchor);
	return EditorState.create({ doc: transaction.doc, selection });
}

/** The lines of a state; new uids are written `#new`, so pass those known. */
export function linesOf(state: EditorState, known: readonly string[] = []): string[] {
	const { from, to, empty } = state.selection;
	const lines: string[] = [];
	state.doc.forEach((block, offset) => {
		const start = offset + 1;
		const end = offset + block.nodeSize - 1;
		let text = block.textBetween(0, block.content.size, '/', (leaf) => String(leaf.attrs.text ?? ''));
		if (!empty && to >= start && to <= end) text = `${text.slice(0, to - start)}|${text.slice(to - start)}`;
		if (from >= start && from <= end) text = `${text.slice(0, from - start)}|${text.slice(from - start)}`;
		const { level, mark, number, uid } = block.attrs;
		const word = level ? (mark === 'roman' ? 'roman' : level) : block.type.name;
		const shownUid = uid ? `#${known.includes(uid) ? uid : 'new'}` : '';
		lines.push(`${word}${number ? `=${number}` : ''}${known.length ? shownUid : ''}: ${text}`.trimEnd());
	});
	return lines;
}

/** The state after a command; null when the command does not apply. */
export function after(state: EditorState, command: Command): EditorState | null {
	let next: EditorState | null = null;
	const applies = command(state, (transaction) => (next = state.apply(transaction)));
	if (command(state) !== applies) throw new Error('a command without dispatch must answer the same');
	return applies ? (next ?? state) : null;
}

function blockOf(line: string): JsonNode {
	const [, word = '', number, uid, text = ''] = /^(\w+)(?:=([^#:]+))?(?:#(\w+))?:\s?(.*)$/.exec(line) ?? [];
	const content = inlineOf(text);
	if (word === 'roman' || isLevel(word)) {
		const attrs = { uid: uid ?? null, level: word === 'roman' ? 'section' : word, number: number ?? null };
		return node('provision', word === 'roman' ? { ...attrs, mark: 'roman' } : attrs, content);
	}
	if (word === 'signature') return node('signature', null, [node('headerField', { name: 'signer' }, content)]);
	if (word === 'documentHeader') return node(word, null, [node('headerField', { name: 'subject' }, content)]);
	if (word === 'recipients') return node(word, null, [node('paragraph', null, content)]);
	const attrs = word === 'legalBasis' || word === 'appendix' ? { uid: uid ?? null } : null;
	return node(word, attrs, content);
}
