import * as Y from 'yjs';
import { pack } from '../../src/lib/collab/persistence/packed.server.ts';
import { writeLogAnew } from '../../src/lib/collab/persistence/write-log-anew.server.ts';
import { jsonToUpdate } from '../../src/lib/documents/schema/body.ts';
import { newDoc } from '../../src/lib/text/new-doc.ts';
import { visited } from '../sync/support/many-sessions.ts';
import { Person } from '../text/support/person.ts';
import { type Figure, milliseconds, percentile } from './figures.ts';
import { lawText } from './law-text.ts';
import { contentOf, took } from './text-figures.ts';

/** After as many that are not counted. */
const LETTERS = 100;
const VISITS = [0, 1_000, 10_000];

/** What a letter costs in a text that many sessions have visited, at who types it and at a colleague, and after it was written anew. */
export function longLifeFigures(): Figure[] {
	const { text, source } = lawText();
	const first = jsonToUpdate(contentOf(text));
	const figures: Figure[] = [];
	let atFirst = 0;
	const add = (what: string, update: Uint8Array) => {
		const { own, colleague } = lettersIn(update);
		atFirst ||= percentile(colleague, 0.5);
		const ratio = (percentile(colleague, 0.5) / atFirst).toFixed(1);
		figures.push({
			what: `a letter in ${source}, ${what}, p50 own · colleague`,
			value: `${milliseconds(own, 0.5)} · ${milliseconds(colleague, 0.5)} (${ratio} : 1), ${Math.round(update.byteLength / 1024)} kB`
		});
	};
	for (const visits of VISITS) {
		const doc = newDoc();
		Y.applyUpdate(doc, first);
		const names = [...doc.share.keys()].filter((name) => doc.getText(name).length > 0);
		const update = Y.encodeStateAsUpdate(visited(doc, names, visits));
		add(`${visits} visits`, update);
		if (visits < VISITS.at(-1)!) continue;
		let anew = update;
		const ms = took(() => (anew = writeLogAnew(pack([update]))!.bytes));
		add(`written anew in ${Math.round(ms)} ms`, anew);
	}
	return figures;
}

function lettersIn(update: Uint8Array): { own: number[]; colleague: number[] } {
	const [person, other] = [new Person(update), new Person(update)];
	const times = { own: [] as number[], colleague: [] as number[] };
	for (let nth = 0; nth < 2 * LETTERS; nth++) {
		const sent: Uint8Array[] = [];
		const send = (bytes: Uint8Array) => void sent.push(bytes);
		person.cursorIn(Math.floor(person.doc.childCount / 2) + ((nth * 7) % 200), 0);
		person.ydoc.on('update', send);
		const own = took(() => person.type('x'));
		person.ydoc.off('update', send);
		const heard = took(() => sent.forEach((bytes) => other.receive(bytes)));
		if (nth < LETTERS) continue;
		times.own.push(own);
		times.colleague.push(heard);
	}
	person.destroy();
	other.destroy();
	return times;
}
