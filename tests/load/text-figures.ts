import { splitBlock } from '@tiptap/pm/commands';
import * as Y from 'yjs';
import { moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import { recognise } from '../../src/lib/documents/import/recognise.ts';
import { textToBlocks } from '../../src/lib/documents/import/text.ts';
import { jsonToUpdate } from '../../src/lib/documents/schema/body.ts';
import type { JsonNode } from '../../src/lib/documents/schema/json.ts';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { readDocument } from '../../src/lib/text/body.ts';
import { newDoc } from '../../src/lib/text/new-doc.ts';
import { Person } from '../text/support/person.ts';
import { milliseconds, type Figure } from './figures.ts';
import { decreeText, lawText } from './law-text.ts';

/** Of each kind of edit, after as many that are not counted. */
const EDITS = 60;
const READINGS = 5;
/** Provisions of the longest decrees. */
export const DECREE = 9_000;

interface Times {
	own: number[];
	colleague: number[];
}

/** What an edit costs in the text model, without a screen: at who makes it and at a colleague. And how long a text takes to be read. */
export function textFigures(): Figure[] {
	const { text, source } = lawText();
	const law = contentOf(text);
	const person = new Person(jsonToUpdate(law));
	const colleague = new Person(jsonToUpdate(law));
	const middle = () => middleOf(person);
	const timed = (edit: (at: number) => void): Times => {
		const times: Times = { own: [], colleague: [] };
		for (let nth = 0; nth < 2 * EDITS; nth++) {
			const at = middle() + ((nth * 7) % 200) - 100;
			const sent: Uint8Array[] = [];
			const send = (update: Uint8Array) => void sent.push(update);
			person.ydoc.on('update', send);
			const own = took(() => edit(at));
			person.ydoc.off('update', send);
			const heard = took(() => sent.forEach((update) => colleague.receive(update)));
			if (nth < EDITS) continue;
			times.own.push(own);
			times.colleague.push(heard);
		}
		return times;
	};
	const kinds: [string, (at: number) => void][] = [
		['a letter', (at) => (person.cursorIn(at, 5), person.type('x'))],
		['a bold word', (at) => person.mark(at, 2, 8)],
		['a split', (at) => (person.cursorIn(at, 12), person.run(splitBlock))],
		['a join', (at) => person.joinUp(at)],
		['a change of level', (at) => person.setLevel(at, 'point')],
		['a move of a provision with what belongs to it', (at) => person.run(moveSubtree(at, at - 40))]
	];
	const figures = kinds.map(([what, edit]): Figure => {
		const { own, colleague: heard } = timed(edit);
		const value = `${milliseconds(own, 0.5)} / ${milliseconds(own, 0.95)} · ${milliseconds(heard, 0.5)} / ${milliseconds(heard, 0.95)}`;
		return {
			what: `${what} in ${source}, p50 / p95, own · colleague`,
			value,
			aim: what.startsWith('a letter') ? undefined : '5 ms'
		};
	});
	person.destroy();
	colleague.destroy();
	return [...figures, ...readings(source, law), ...readings(`a decree of ${DECREE} provisions`, contentOf(decreeText(DECREE)))];
}

function readings(what: string, content: JsonNode): Figure[] {
	const update = jsonToUpdate(content);
	const apply: number[] = [];
	const read: number[] = [];
	const encode: number[] = [];
	for (let nth = 0; nth < READINGS; nth++) {
		const ydoc = newDoc();
		apply.push(took(() => Y.applyUpdate(ydoc, update)));
		read.push(took(() => readDocument(ydoc, documentSchema)));
		encode.push(took(() => Y.encodeStateAsUpdate(ydoc)));
	}
	return [
		{
			what: `${what}: apply · read · encode`,
			value: [apply, read, encode].map((times) => milliseconds(times, 0.5)).join(' · '),
			aim: 'apply and read under 400 ms'
		}
	];
}

/** A provision in the middle of the text. */
function middleOf({ doc }: Person): number {
	return Math.floor(doc.childCount / 2);
}

export function contentOf(text: string): JsonNode {
	return recognise(textToBlocks(text), { profile: 'nd30' }).content;
}

export function took(run: () => void): number {
	const began = performance.now();
	run();
	return performance.now() - began;
}
