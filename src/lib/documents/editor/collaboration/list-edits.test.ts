import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { chainCommands, joinBackward, splitBlock } from '@tiptap/pm/commands';
import { liftListItem, sinkListItem, splitListItem } from '@tiptap/pm/schema-list';
import { type Command, TextSelection } from '@tiptap/pm/state';
import { undo } from '@tiptap/y-tiptap';
import { jsonToUpdate } from '../../schema/body.ts';
import { inlineOf, node } from '../../schema/json.ts';
import { documentSchema } from '../../schema/schema.ts';
import { readBody } from './collaboration.ts';
import { type Client, everybodyLeaves, nodeOf, people, settle } from './testing.ts';

afterEach(everybodyLeaves);

const NUMBERS = [0, 1, 2, 3];
const START = jsonToUpdate({
	type: 'doc',
	content: [
		node('bulletList', null, NUMBERS.map((nth) => node('listItem', null, [node('paragraph', null, inlineOf(`Mục số ${nth} trong danh sách`))]))),
		node('paragraph', null, inlineOf('Sau danh sách'))
	]
});
const { listItem } = documentSchema.nodes;
const EDITS: Record<string, Command> = {
	split: chainCommands(splitListItem(listItem), splitBlock),
	join: joinBackward,
	lift: liftListItem(listItem),
	sink: sinkListItem(listItem)
};

/** Puts the cursor into a line, counted with those that are no longer in the list. */
function cursorInLine(client: Client, nth: number, offset: number): void {
	const lines: { start: number; size: number }[] = [];
	client.doc.descendants(({ isTextblock, content }, position) => {
		if (isTextblock) lines.push({ start: position + 1, size: content.size });
		return !isTextblock;
	});
	const { start, size } = lines[nth % lines.length];
	client.dispatch(client.state.tr.setSelection(TextSelection.create(client.doc, start + (offset % (size + 1)))));
}

test('[MS8] what is typed into a line that a colleague splits stays whole when the writer then takes the line out of the list', () => {
	const [splitter, typist] = people(2, 1, START);
	cursorInLine(splitter, 2, 1);
	splitter.run(EDITS.split);
	nodeOf(splitter).sync(splitter);
	cursorInLine(typist, 2, 2);
	typist.type('XYZ');
	nodeOf(typist).sync(typist);
	cursorInLine(typist, 2, 0);
	typist.run(EDITS.lift);
	settle();
	expect(splitter.doc.children.map(({ textContent }) => textContent).slice(1, 3)).toEqual(['M', 'ụXYZc số 2 trong danh sáchMục số 3 trong danh sách']);
});

const action = fc.record({
	who: fc.nat(2),
	kind: fc.constantFrom('type', 'type', 'type', 'undo', 'sync', 'sync', ...Object.keys(EDITS)),
	at: fc.nat(60),
	to: fc.nat(30)
});

test('[MS9] lines that three people split, join, take out and put deeper at once never lose or double a letter', { timeout: 120_000 }, () => {
	fc.assert(
		fc.property(fc.array(action, { maxLength: 20 }), (actions) => {
			const all = people(3, 1, START);
			const letters = new Set<string>();
			actions.forEach(({ who, kind, at, to }, nth) => {
				const client = all[who];
				if (kind === 'sync') return nodeOf(client).sync(client);
				const before = client.text;
				if (kind === 'undo') undo(client.state);
				else cursorInLine(client, at, kind === 'join' ? 0 : to);
				const letter = String.fromCharCode(0xe000 + nth);
				if (kind === 'type') client.type(letter);
				else if (kind in EDITS) client.run(EDITS[kind]);
				if (kind === 'type') letters.add(letter);
				if (kind === 'undo') for (const one of letters) if (before.includes(one) && !client.text.includes(one)) letters.delete(one);
			});
			settle();
			const [{ doc, text, ydoc }] = all;
			for (const client of all) expect(client.doc.toJSON()).toEqual(doc.toJSON());
			expect(doc.toJSON()).toEqual(readBody(ydoc, documentSchema).doc.toJSON());
			expect([...letters, ...NUMBERS.map(String)].filter((letter) => text.split(letter).length !== 2)).toEqual([]);
			everybodyLeaves();
		}),
		{ numRuns: Number(process.env.STRUCTURE_RUNS ?? 100) }
	);
});
