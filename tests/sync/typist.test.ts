import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bodyToJson, jsonToUpdate } from '../../src/lib/documents/schema/body.ts';
import { Typist } from '../support/typist.ts';
import { provisions } from '../text/support/person.ts';
import { storedDoc } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

const LEVELS = ['article', 'clause', 'point', 'point', 'clause', 'article', 'clause'];
const START = provisions(LEVELS, (nth) => `Nội dung số ${nth} của văn bản`);
const whole = (nth: number) => `Nội dung số ${nth} của văn bản`;

let served: Served;
const typists: Typist[] = [];

beforeEach(async () => {
	served = await serve();
	served.store.create('paper');
	await served.store.append([{ documentId: 'paper', epoch: 1, bytes: START, personId: null }]);
	served.access.share('paper', { hoa: 'editor', binh: 'editor', lan: 'viewer' });
});

afterEach(async () => {
	await Promise.all(typists.splice(0).map((typist) => typist.close()));
	await served.stop();
});

const address = () => `http://127.0.0.1:${served.port}`;

function typistOf(token: string, options: { documentId?: string; patienceMs?: number } = {}): Typist {
	const typist = new Typist({ url: address(), token, documentId: 'paper', ...options });
	typists.push(typist);
	return typist;
}

async function both(): Promise<[Typist, Typist]> {
	const pair: [Typist, Typist] = [typistOf('hoa'), typistOf('binh')];
	await Promise.all(pair.map(({ ready }) => ready));
	return pair;
}

/** Resolves when both, and what is stored, are the same. */
async function same(a: Typist, b: Typist): Promise<void> {
	await Promise.all([a.saved(), b.saved()]);
	await until('both read the same', () => JSON.stringify(a.read()) === JSON.stringify(b.read()));
	expect(bodyToJson(await storedDoc(served.store, 'paper'))).toEqual(a.read());
}

const texts = (typist: Typist) => typist.outline().map(({ text }) => text);
const levels = (typist: Typist) => typist.outline().map(({ level }) => level);

describe('two typists on one document', () => {
	test('both type in one provision at the same moment: both texts are there, and stored (WR1)', async () => {
		const [hoa, binh] = await both();
		hoa.type({ block: 2, at: 8, text: ' của Hoa' });
		binh.type({ block: '#2', text: ' của Bình' });
		await same(hoa, binh);
		expect(texts(hoa)[2]).toBe('Nội dung của Hoa số 2 của văn bản của Bình');
	});

	test('one is offline while the other splits, joins and moves: all of it happened (WR1, PL1)', async () => {
		const [hoa, binh] = await both();
		await hoa.offline();
		hoa.type({ block: '#2', at: 8, text: ' HOA' });
		hoa.mark({ block: '#3', from: 0, to: 8, mark: 'bold' });
		hoa.footnote({ block: '#6', at: 3, text: 'chú thích' });
		await expect(hoa.saved()).rejects.toThrow('offline: 3 edits wait');
		const second = binh.split({ block: '#2', at: 4 });
		binh.join({ block: '#4' });
		binh.move({ block: '#5', before: '#0' });
		await binh.saved();
		expect(texts(hoa)[2]).toBe('Nội dung HOA số 2 của văn bản');
		expect(texts(binh).join()).not.toContain('HOA');
		await hoa.online();
		await same(hoa, binh);
		expect(hoa.outline().map(({ uid, text }) => [uid, text])).toEqual([
			['#5', whole(5)],
			['#6', 'Nội\u{fffc} dung số 6 của văn bản'],
			['#0', whole(0)],
			['#1', whole(1)],
			['#2', 'Nội '],
			[second, 'dung HOA số 2 của văn bản'],
			['#3', whole(3) + whole(4)]
		]);
		const line = hoa.read().content!.at(-1)!;
		expect(line.content![0]).toMatchObject({ text: 'Nội dung', marks: [{ type: 'bold' }] });
	});

	test('what is written before the network is cut and after it is back arrives too', async () => {
		const [hoa, binh] = await both();
		for (const word of ['một', 'hai']) {
			await hoa.offline();
			hoa.type({ block: 1, text: ` ${word}` });
			await hoa.online();
			hoa.type({ block: 1, text: '.' });
		}
		await same(hoa, binh);
		expect(texts(binh)[1]).toBe(`${whole(1)} một. hai.`);
	});

	test('one adds a row and the other a column: the cell they share is there, and both type in the table (TA1)', async () => {
		const [hoa, binh] = await both();
		const table = hoa.insertTable({ block: '#1', rows: 2, columns: 2 })!;
		hoa.typeInCell({ block: table, row: 0, column: 0, text: 'Số' });
		hoa.typeInCell({ block: table, row: 1, column: 1, text: 'một' });
		await same(hoa, binh);
		hoa.addRow({ block: table });
		binh.addColumn({ block: table, column: 0, side: 'before' });
		hoa.typeInCell({ block: table, row: 2, column: 0, text: 'dưới' });
		binh.typeInCell({ block: table, row: 0, column: 0, text: 'trái' });
		binh.typeInCell({ block: table, row: 0, column: 1, at: 0, text: 'Tổng ' });
		await same(hoa, binh);
		const { cells, kind } = hoa.outline()[2];
		expect(kind).toBe('table');
		expect(cells).toEqual([
			['trái', 'Tổng Số', ''],
			['', '', 'một'],
			['', 'dưới', '']
		]);
	});

	test('undo takes back one command of one’s own, redo restores it, and a colleague’s work stays (UN1, UN2)', async () => {
		const [hoa, binh] = await both();
		hoa.type({ block: '#1', text: ' một' });
		hoa.type({ block: '#1', text: ' hai' });
		const made = hoa.split({ block: '#2', at: 8 })!;
		await same(hoa, binh);
		binh.type({ block: made, at: 0, text: ' [Bình]' });
		await same(hoa, binh);
		hoa.undo();
		hoa.undo();
		await same(hoa, binh);
		expect(texts(binh).slice(1, 3)).toEqual([`${whole(1)} một`, 'Nội dung [Bình] số 2 của văn bản']);
		hoa.redo();
		await same(hoa, binh);
		expect(texts(binh)[1]).toBe(`${whole(1)} một hai`);
		expect(() => binh.redo()).toThrow('there is nothing to redo');
	});

	test('levels, kinds, marks, line breaks and deletions of one are what the other reads', async () => {
		const [hoa, binh] = await both();
		hoa.levelDown({ block: '#2' });
		hoa.levelUp({ block: '#4' });
		expect(levels(hoa).slice(2, 5)).toEqual(['indent', 'point', 'article']);
		hoa.setLevel({ block: '#6', level: 'point' });
		hoa.setKind({ block: '#1', kind: 'legalBasis' });
		hoa.setKind({ block: '#0', kind: 'paragraph' });
		hoa.setKind({ block: '#0', kind: 'provision' });
		hoa.mark({ block: '#5', from: 0, to: 8, mark: 'italic' });
		hoa.unmark({ block: '#5', from: 4, mark: 'italic' });
		hoa.hardBreak({ block: '#5', at: 8 });
		hoa.delete({ block: '#6', from: 3, to: 8 });
		hoa.delete({ block: '#2', from: 4, toBlock: '#3', to: 9 });
		hoa.deleteBlock({ block: '#4' });
		await same(hoa, binh);
		expect(binh.outline().map(({ uid, kind, level, text }) => [uid, level ?? kind, text])).toEqual([
			['#0', 'article', whole(0)],
			['#1', 'legalBasis', whole(1)],
			['#2', 'indent', 'Nội số 3 của văn bản'],
			['#5', 'article', 'Nội dung\n số 5 của văn bản'],
			['#6', 'point', 'Nội số 6 của văn bản']
		]);
		const [first, second] = binh.read().content![3].content!;
		expect([first.text, first.marks?.[0].type, second.text, second.marks]).toEqual(['Nội ', 'italic', 'dung', undefined]);
	});

	test('lines of lists and recipients, and lines of cells, are named each by itself', async () => {
		const line = (uid: string, text: string) => ({ type: 'paragraph', attrs: { uid }, content: [{ type: 'text', text }] });
		const body = {
			type: 'doc',
			content: [
				line('P', 'mở đầu'),
				{ type: 'bulletList', content: ['L0', 'L1'].map((uid) => ({ type: 'listItem', content: [line(uid, `dòng ${uid}`)] })) },
				{ type: 'recipients', content: [line('R0', 'Như trên;'), line('R1', 'Lưu: VT.')] },
				{
					type: 'table',
					attrs: { uid: 'T' },
					content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [line('', 'trên'), line('', 'dưới')] }] }]
				}
			]
		};
		served.store.create('lists');
		await served.store.append([{ documentId: 'lists', epoch: 1, bytes: jsonToUpdate(body), personId: null }]);
		served.access.share('lists', { hoa: 'editor' });
		const hoa = typistOf('hoa', { documentId: 'lists' });
		await hoa.ready;
		const made = hoa.split({ block: 'L0', at: 4 });
		hoa.type({ block: 2, text: '!' });
		const recipient = hoa.split({ block: 'R0' })!;
		hoa.type({ block: recipient, text: 'Sở Nội vụ;' });
		hoa.join({ block: 'R1' });
		hoa.deleteBlock({ block: 'L1' });
		hoa.typeInCell({ block: 'T', row: 0, column: 0, line: 1, at: 0, text: 'bên ' });
		expect(() => hoa.move({ block: 'L0', before: null })).toThrow('block L0 is a line of a list');
		expect(() => hoa.typeInCell({ block: 'T', row: 0, column: 1, text: 'x' })).toThrow(
			'column must be a whole number from 0 to 0, not 1'
		);
		await hoa.saved();
		expect(hoa.outline().map(({ uid, kind, text }) => [uid, kind, text])).toEqual([
			['P', 'paragraph', 'mở đầu'],
			['L0', 'listItem', 'dòng'],
			[made, 'listItem', ' L0!'],
			['R0', 'recipients', 'Như trên;'],
			[recipient, 'recipients', 'Sở Nội vụ;Lưu: VT.'],
			['T', 'table', 'trên\nbên dưới']
		]);
		expect(bodyToJson(await storedDoc(served.store, 'lists'))).toEqual(hoa.read());
	});

	test('a letter and its tone that are typed apart become one letter', async () => {
		const [hoa, binh] = await both();
		hoa.type({ block: 0, at: 0, text: 'Việt '.normalize('NFD') });
		await same(hoa, binh);
		expect(texts(binh)[0]).toBe(`Việt ${whole(0)}`.normalize('NFC'));
	});

	test('revision counts what was seen, one’s own and others’', async () => {
		const [hoa, binh] = await both();
		const [before, beforeBinh] = [hoa.revision, binh.revision];
		hoa.type({ block: 0, text: 'a' });
		expect(hoa.revision).toBe(before + 1);
		await same(hoa, binh);
		expect(binh.revision).toBe(beforeBinh + 1);
	});
});

describe('a typist is told what cannot be', () => {
	test('a viewer reads, and is refused every edit', async () => {
		const lan = typistOf('lan');
		await lan.ready;
		expect(levels(lan)).toEqual(LEVELS);
		expect(lan.state).toEqual({ state: 'read-only', role: 'viewer', pending: 0 });
		expect(() => lan.type({ block: 0, text: 'x' })).toThrow('a viewer only reads');
	});

	test('a stranger, and who asks for a document that is not there, hear why', async () => {
		await expect(typistOf('stranger').ready).rejects.toThrow('no-access');
		await expect(typistOf('hoa', { documentId: 'none' }).ready).rejects.toThrow('no-document');
	});

	test('saved rejects while the server does not acknowledge, and resolves when it has', async () => {
		const hoa = typistOf('hoa', { patienceMs: 600 });
		await hoa.ready;
		served.store.hold();
		hoa.type({ block: 0, text: 'x' });
		await expect(hoa.saved()).rejects.toThrow('waited 600 ms in vain until everything is saved; the state is saving');
		served.store.release();
		await hoa.saved();
	});

	test('it takes epoch and profile from the data API, and of another epoch it is refused', async () => {
		const asked: string[] = [];
		let epoch = 1;
		const api = createServer((request, response) => {
			asked.push(`${request.url} ${request.headers.authorization ?? ''} ${String(request.headers.apikey ?? '')}`);
			const host = `http://${request.headers.host}`;
			response.setHeader('content-type', 'application/json');
			if (request.url === '/api/config') response.end(JSON.stringify({ supabaseUrl: host, publishableKey: 'key' }));
			else response.end(JSON.stringify([{ epoch, profile: 'party-2018' }]));
		});
		api.on('upgrade', (request, socket, head) => served.engine.handleUpgrade(request, socket, head));
		await new Promise<void>((listening) => api.listen(0, '127.0.0.1', listening));
		try {
			const url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
			const open = () => {
				const typist = new Typist({ url, token: 'hoa', documentId: 'paper' });
				typists.push(typist);
				return typist;
			};
			const hoa = open();
			await hoa.ready;
			expect(asked).toEqual(['/api/config  ', '/rest/v1/document_list?select=epoch,profile&id=eq.paper Bearer hoa key']);
			// Under a section of the Party stands a clause.
			hoa.setLevel({ block: '#0', level: 'section' });
			hoa.setKind({ block: '#1', kind: 'paragraph' });
			hoa.deleteBlock({ block: '#4' });
			hoa.deleteBlock({ block: '#3' });
			hoa.deleteBlock({ block: '#2' });
			hoa.deleteBlock({ block: '#5' });
			hoa.deleteBlock({ block: '#6' });
			hoa.setKind({ block: '#1', kind: 'provision' });
			expect(levels(hoa)).toEqual(['section', 'clause']);
			epoch = 7;
			await expect(open().ready).rejects.toThrow('replaced');
		} finally {
			await Promise.all(typists.splice(0).map((typist) => typist.close()));
			api.closeAllConnections();
			api.close();
		}
	});
});

/** The program as a process, and its answers one by one. */
function program(...args: string[]) {
	const child = spawn(process.execPath, ['tests/support/typist.ts', ...args]);
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	let complaints = '';
	child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
	const ended = once(child, 'close').then(([code]) => ({ code: code as number, complaints }));
	return {
		child,
		ended,
		async ask(line: object | string): Promise<Record<string, unknown>> {
			child.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
			const { value } = (await lines.next()) as { value: string };
			return JSON.parse(value) as Record<string, unknown>;
		}
	};
}

describe('the program', () => {
	let running: ReturnType<typeof program>[] = [];
	const start = (...args: string[]) => {
		const started = program(...args);
		running.push(started);
		return started;
	};
	const startAs = (token: string) => start('--url', address(), '--token', token, '--document', 'paper');

	afterEach(() => {
		for (const { child } of running) child.kill();
		running = [];
	});

	test('it does what lines of JSON say, answers each, and shows what a colleague does', async () => {
		const hoa = startAs('hoa');
		const binh = typistOf('binh');
		await binh.ready;
		const typed = await hoa.ask({ do: 'type', block: 2, at: 8, text: ' mới' });
		expect(typed).toEqual({ ok: true, revision: expect.any(Number) as number });
		const split = await hoa.ask({ do: 'split', block: '#4', at: 8 });
		expect(split).toEqual({ ok: true, revision: (typed.revision as number) + 1, uid: expect.any(String) as string });
		expect(await hoa.ask({ do: 'saved' })).toMatchObject({ ok: true });
		await until(
			'the colleague reads it',
			() => texts(binh)[2] === 'Nội dung mới số 2 của văn bản' && texts(binh)[4] === 'Nội dung'
		);
		binh.type({ block: split.uid as string, text: ' của Bình' });
		await binh.saved();
		await until(
			'it shows the colleague’s work',
			async () => ((await hoa.ask({ do: 'outline' })).blocks as { text: string }[])[5].text === ' số 4 của văn bản của Bình'
		);
		expect((await hoa.ask({ do: 'read' })).document).toEqual(binh.read());
		expect(await hoa.ask({ do: 'offline' })).toMatchObject({ ok: true });
		expect(await hoa.ask({ do: 'undo' })).toMatchObject({ ok: true });
		expect(await hoa.ask({ do: 'state' })).toMatchObject({ ok: true, state: 'not-saved', role: 'editor', pending: 1 });
		expect(await hoa.ask({ do: 'online' })).toMatchObject({ ok: true });
		await until('the colleague reads the undo', () => texts(binh)[4] === `${whole(4)} của Bình`);
		hoa.child.stdin.end();
		expect(await hoa.ended).toEqual({ code: 0, complaints: '' });
	});

	test('bad lines are answered with what is wrong, change nothing and end nothing', async () => {
		const hoa = startAs('hoa');
		const { document, revision } = await hoa.ask({ do: 'read' });
		const bad: [object | string, string][] = [
			['{"do":', 'not JSON: {"do":'],
			['7', 'a command is an object with the name of what to do in "do"'],
			['null', 'a command is an object with the name of what to do in "do"'],
			[{ do: 'dance' }, 'no command is called dance; there are type, mark'],
			[{ do: 'constructor' }, 'no command is called constructor'],
			[{ do: 'close' }, 'no command is called close'],
			[{ do: 'type', text: 'x' }, 'type needs a block'],
			[{ do: 'type', block: 2, offset: 4, text: 'x' }, 'type has no field offset; it has block, at, text'],
			[{ do: 'type', block: 70, text: 'x' }, 'there is no block 70: the document has 7'],
			[{ do: 'type', block: 'gone', text: 'x' }, 'there is no block gone'],
			[{ do: 'type', block: { uid: '#2' }, text: 'x' }, 'a block is named by its uid or its number'],
			[{ do: 'type', block: 2, at: 99, text: 'x' }, 'at must be a whole number from 0 to 25, not 99'],
			[{ do: 'type', block: 2, at: -1, text: 'x' }, 'at must be a whole number from 0 to 25, not -1'],
			[{ do: 'type', block: 2 }, 'text must be a text'],
			[{ do: 'type', block: 2, text: 'a\nb' }, 'text has a line end'],
			[{ do: 'mark', block: 2, mark: 'loud' }, 'mark must be one of bold'],
			[{ do: 'delete', block: 2, from: 4, to: 4 }, 'there is nothing between the two places'],
			[{ do: 'join', block: 0 }, 'the first block has none above'],
			[{ do: 'move', block: 0, before: 1 }, 'the block cannot be moved there'],
			[{ do: 'setLevel', block: 0, level: 'verse' }, 'level must be one of part'],
			[{ do: 'addRow', block: 0 }, 'block #0 is a provision, not a table'],
			[{ do: 'insertTable', block: 0, rows: 0, columns: 2 }, 'rows must be a whole number from 1 to 50, not 0'],
			[{ do: 'undo' }, 'there is nothing to undo']
		];
		for (const [line, message] of bad) {
			const answer = await hoa.ask(line);
			expect(answer, JSON.stringify(line)).toEqual({ ok: false, message: expect.stringContaining(message) as string });
		}
		expect(await hoa.ask({ do: 'read' })).toEqual({ ok: true, document, revision });
		hoa.child.stdin.end('\n  \n');
		expect(await hoa.ended).toEqual({ code: 0, complaints: '' });
	});

	test('commands that are written all at once are all answered, in order, and saved before it leaves', async () => {
		const hoa = startAs('hoa');
		let output = '';
		hoa.child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
		const commands = Array.from({ length: 40 }, (_one, nth) =>
			JSON.stringify(nth % 2 ? { do: 'type', block: 1, text: `${nth},` } : { do: 'none' })
		);
		hoa.child.stdin.end(commands.join('\n'));
		expect((await hoa.ended).code).toBe(0);
		const answers = output
			.trim()
			.split('\n')
			.map((line) => (JSON.parse(line) as { ok: boolean }).ok);
		expect(answers).toEqual(Array.from({ length: 40 }, (_one, nth) => nth % 2 === 1));
		const stored = bodyToJson(await storedDoc(served.store, 'paper'));
		const typed = Array.from({ length: 20 }, (_one, nth) => `${nth * 2 + 1},`).join('');
		expect(stored.content![1].content).toEqual([{ type: 'text', text: whole(1) + typed }]);
	});

	test('it says why it cannot open a document, to each command, and ends with 1', async () => {
		const stranger = startAs('stranger');
		const refused = { ok: false, message: 'the server closed the document: no-access' };
		expect(await stranger.ask({ do: 'read' })).toEqual(refused);
		expect(await stranger.ask({ do: 'type', block: 0, text: 'x' })).toEqual(refused);
		stranger.child.stdin.end();
		expect(await stranger.ended).toEqual({ code: 1, complaints: `${refused.message}\n` });
	});

	test('what could not be saved at the end is said, with exit code 1', async () => {
		const hoa = startAs('hoa');
		await hoa.ask({ do: 'offline' });
		await hoa.ask({ do: 'type', block: 0, text: 'lost' });
		hoa.child.stdin.end();
		expect(await hoa.ended).toEqual({ code: 1, complaints: 'offline: 1 edits wait for the network\n' });
	});

	test('started without what it needs it says how, with exit code 2', async () => {
		for (const args of [
			['--url', 'http://127.0.0.1'],
			['--speed', '9']
		]) {
			const { code, complaints } = await start(...args).ended;
			expect(code).toBe(2);
			expect(complaints).toMatch(/^usage: /);
		}
	});
});
