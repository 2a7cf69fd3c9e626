import { addColumnBefore, addRowAfter, deleteRow } from '@tiptap/pm/tables';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { readDocument } from '../../src/lib/text/body.ts';
import { Editing } from '../text/support/person.ts';
import { HEADINGS, inCell, LAST_ROW, ROWS, rowsOf, TABLE_START } from './support/table.ts';
import { type Desk, everybodyLeaves, sitDown } from './support/desk.ts';
import { storedDoc } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

const DOCUMENT = 'paper';

let served: Served;
let desks: Desk[];
let hoa: Editing;
let binh: Editing;

beforeEach(async () => {
	served = await serve();
	served.store.create(DOCUMENT);
	await served.store.append([{ documentId: DOCUMENT, epoch: 1, bytes: TABLE_START, personId: null }]);
	served.access.share(DOCUMENT, { hoa: 'editor', binh: 'editor' });
	desks = ['hoa', 'binh'].map((name) => sitDown(served, name, { role: 'editor' }));
	await Promise.all(desks.map(saved));
	[hoa, binh] = desks.map((desk) => new Editing(desk.open.doc));
	desks[0].network.cut();
});

afterEach(async () => {
	hoa.destroy();
	binh.destroy();
	await everybodyLeaves();
	await served.stop();
});

const saved = (desk: Desk) => until('saved', () => desk.open.state.kind === 'saved');

async function comesBack(): Promise<void> {
	await saved(desks[1]);
	desks[0].network.restore();
	desks[0].open.reconnect();
	await until('both see the same', () => hoa.doc.eq(binh.doc));
	await Promise.all(desks.map(saved));
}

test('[MS6] a row written offline has every cell under its heading though a column was put in front of them meanwhile', async () => {
	inCell(hoa, LAST_ROW, addRowAfter);
	['Đôn đốc', 'Ủy ban', 'quý III'].forEach((text, nth) => inCell(hoa, LAST_ROW + 3 + nth, text));
	inCell(binh, 1, addColumnBefore);
	inCell(binh, 1, 'Sản phẩm');
	await comesBack();
	expect(rowsOf(binh)).toEqual([
		[HEADINGS[0], 'Sản phẩm', HEADINGS[1], HEADINGS[2]],
		...ROWS.slice(1).map(([first, ...others]) => [first, '', ...others]),
		['Đôn đốc', '', 'Ủy ban', 'quý III']
	]);
	const stored = readDocument(await storedDoc(served.store, DOCUMENT), documentSchema);
	expect(stored.toJSON()).toEqual(binh.doc.toJSON());
});

test('[MS6] what was written offline into a row that a colleague removed meanwhile stands in the row, alone', async () => {
	inCell(hoa, 3, ' văn bản');
	inCell(binh, 3, deleteRow);
	await comesBack();
	expect(rowsOf(binh)).toEqual([ROWS[0], [' văn bản', '', ''], ROWS[2]]);
});
