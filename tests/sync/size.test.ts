import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Limits } from '../../src/lib/collab/protocol.ts';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { documentToUpdate } from '../../src/lib/text/body.ts';
import { replaceContent } from '../../src/lib/text/edits.ts';
import { capture, RawClient, storedDoc, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

const BOUND = 4_000;
const NEARLY = 'a'.repeat(BOUND - 200);
const TOO_MUCH = 'b'.repeat(500);

let served: Served;
beforeEach(() => start({ documentBytes: BOUND }));
afterEach(() => served.stop());

async function start(limits: Partial<Limits>): Promise<void> {
	await served?.stop();
	served = await serve({ limits });
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor' });
}

function join(person: string): Promise<RawClient> {
	return new RawClient(served.url, 'paper', person).synced();
}

test('[DS1, AK5] a text that is full takes nothing more, says so, and acknowledges nothing', async () => {
	const hoa = await join('hoa');
	const binh = await join('binh');
	hoa.type(NEARLY);
	await hoa.acked();
	hoa.type(TOO_MUCH);
	await until('the refusal', () => hoa.rejections.length > 0);
	expect(hoa.rejections).toEqual(['size']);
	hoa.askAck();
	await hoa.settled();
	await binh.settled();
	expect(hoa.acks).toEqual([1]);
	expect(binh.text.toString()).toBe(NEARLY);
	expect(await storedText(served.store, 'paper')).toBe(NEARLY);
	expect(served.store.appends).toBe(1);
	// A small one still fits, from somebody else.
	binh.type('!');
	await binh.acked();
	expect(await storedText(served.store, 'paper')).toBe(`${NEARLY}!`);
});

test('[DS1] what only deletes is taken from a full text, an edit of the server that lengthens it is not', async () => {
	const full = new Y.Doc();
	const words = (text: string) => [{ type: 'text', text }];
	Y.applyUpdate(
		full,
		documentToUpdate(
			documentSchema.node('doc', null, [documentSchema.nodes.paragraph.create({ uid: '#0' }, documentSchema.text('xy'))])
		)
	);
	full.getText('test').insert(0, NEARLY);
	const bytes = Y.encodeStateAsUpdate(full);
	await start({ documentBytes: bytes.byteLength });
	const hoa = await join('hoa');
	hoa.sendUpdate(bytes);
	await hoa.acked();
	const binh = await join('binh');
	const edit = (text: string) =>
		served.engine.applyServerEdit('paper', (plan) => void replaceContent(plan, '#0', words(text)), { personId: null });
	await expect(edit('xyz')).rejects.toThrow('too large');
	binh.sendUpdate(capture(binh.doc, () => binh.text.delete(0, 1)));
	await binh.acked();
	await edit('x');
	expect(await storedText(served.store, 'paper')).toBe(NEARLY.slice(1));
	expect((await storedDoc(served.store, 'paper')).getText('#0').toString()).toBe('x');
	// A handshake repeats every deletion one knows of, and the text, which is no news.
	binh.sendUpdate(Y.encodeStateAsUpdate(binh.doc));
	await binh.acked();
	expect([hoa.rejections, binh.rejections]).toEqual([[], []]);
});

test('[DS2] months of typing and deleting do not fill a text', async () => {
	const hoa = await join('hoa');
	let sent = 0;
	for (let nth = 0; nth < 290; nth++) {
		const update = capture(hoa.doc, () =>
			nth % 3 === 2 ? hoa.text.delete(hoa.text.length - 1, 1) : hoa.text.insert(hoa.text.length, 'x')
		);
		sent += update.byteLength;
		hoa.sendUpdate(update);
	}
	await hoa.acked();
	expect(sent).toBeGreaterThan(BOUND);
	expect(hoa.rejections).toEqual([]);
	expect(await storedText(served.store, 'paper')).toBe(hoa.text.toString());
});

test('[DS3] when somebody deletes enough, what was refused is asked for and stored', async () => {
	const hoa = await join('hoa');
	const binh = await join('binh');
	hoa.type(NEARLY);
	await hoa.acked();
	hoa.type(TOO_MUCH);
	await until('the refusal', () => hoa.rejections.length > 0);
	binh.sendUpdate(capture(binh.doc, () => binh.text.delete(0, binh.text.length)));
	await binh.acked();
	await until('the text', () => binh.text.toString() === TOO_MUCH);
	await hoa.acked();
	expect(hoa.rejections).toEqual(['size']);
	expect(await storedText(served.store, 'paper')).toBe(TOO_MUCH);
});

test('[DS1, DS3] a step 2 that does not fit is refused like an update, and not asked for before it fits', async () => {
	const hoa = await join('hoa');
	hoa.type(NEARLY);
	await hoa.acked();
	const large = new RawClient(served.url, 'paper', 'binh');
	large.text.insert(0, TOO_MUCH);
	const small = new RawClient(served.url, 'paper', 'binh');
	small.text.insert(0, 'c'.repeat(300));
	for (const client of [large, small]) await until('the refusal', () => client.rejections.length > 0);
	const asked = (client: RawClient) => client.frames.filter(([kind, step]) => kind === 0 && step === 0).length;
	const before = asked(large);
	hoa.sendUpdate(capture(hoa.doc, () => hoa.text.delete(0, 200)));
	// The same look finds room for the small one.
	await until('the small one', async () => (await storedText(served.store, 'paper')).includes('c'));
	expect(asked(large)).toBe(before);
	hoa.sendUpdate(capture(hoa.doc, () => hoa.text.delete(0, 1_000)));
	await until('the large one', async () => (await storedText(served.store, 'paper')).includes(TOO_MUCH));
	expect([large.rejections, small.rejections]).toEqual([['size'], ['size']]);
	await large.acked();
});

test('[DS4] the operator is warned of a large text once', async () => {
	await start({ documentWarnBytes: 1_000, compactRows: 5, compactPauseMs: 0 });
	const hoa = await join('hoa');
	for (const part of [0, 1, 2]) {
		for (let nth = 0; nth < 20; nth++) hoa.type(`${part}`.repeat(100));
		await hoa.acked();
		await until('a compaction', async () => (await served.store.load('paper'))!.updates.length < 10, 20_000);
	}
	await until('the warning', () => served.complaints.length > 0);
	expect(served.complaints).toMatchObject([{ fields: { documentId: 'paper' } }]);
});
