import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Conditions } from './conditions.ts';
import { asMarkdown, asText, writeInto } from './report.ts';
import { summarise } from './results.ts';
import type { Row, Sample } from './rows/row.ts';

const ROW: Row = {
	name: 'x',
	title: 'X',
	servers: ['ours', 'hocuspocus', 'y-websocket', 'relay'],
	columns: [
		{ key: 'p99', title: 'p99 ms', digits: 1 },
		{ key: 'sent', title: 'sent', digits: 0 }
	],
	short: ['p99'],
	isComparable: true,
	notes: [],
	loads: []
};
const CONDITIONS = { sentence: 'Then and there.' } as Conditions;

function sample(server: Sample['server'], p99: number, more: Partial<Sample> = {}): Sample {
	return { load: 'l', server, figures: { p99 }, broken: [], doubts: [], ...more };
}

test('runs become medians, in the order of the servers, and a dash where nothing was measured', () => {
	const results = summarise([
		sample('hocuspocus', 9),
		sample('ours', 3),
		sample('ours', 1),
		sample('ours', 2),
		sample('hocuspocus', NaN)
	]);
	expect(results.map(({ server, runs, figures }) => [server, runs, figures.p99])).toEqual([
		['ours', 3, 2],
		['hocuspocus', 2, 9]
	]);
	expect(asText(ROW, results)).toContain('–');
});

test('one broken run breaks the line; one doubtful run of three does not', () => {
	const results = summarise([
		sample('ours', 1, { doubts: ['late'] }),
		sample('ours', 1),
		sample('ours', 1),
		sample('hocuspocus', 1, { broken: ['1 of 2 deliveries'] }),
		sample('hocuspocus', 1),
		sample('y-websocket', 1, { doubts: ['late'] })
	]);
	expect(results.map(({ broken, doubts }) => [broken.length, doubts.length])).toEqual([
		[0, 0],
		[1, 0],
		[0, 1]
	]);
	expect(asText(ROW, results)).toContain('BROKEN: Hocuspocus, l: 1 of 2 deliveries; broken in 1 of 2 runs');
});

test('ours is set against the better peer that works, and not against the relay', () => {
	const table = asMarkdown(
		ROW,
		summarise([sample('ours', 6), sample('hocuspocus', 12), sample('y-websocket', 2, { broken: ['lost'] }), sample('relay', 1)]),
		CONDITIONS
	);
	expect(table).toContain('| l | 6.0 | 12.0 | broken (lost) | 1.0 | 0.50 : 1 |');
	const doubtful = asMarkdown(ROW, summarise([sample('ours', 6, { doubts: ['late'] }), sample('hocuspocus', 12)]), CONDITIONS);
	expect(doubtful).toContain('| l | 6.0 (?) | 12.0 | 0.50 : 1 (?) |');
	expect(
		asMarkdown({ ...ROW, isComparable: false }, summarise([sample('ours', 6), sample('hocuspocus', 12)]), CONDITIONS)
	).not.toContain(': 1');
});

test('a table replaces the one between its marks and touches nothing else', () => {
	const folder = mkdtempSync(join(tmpdir(), 'report-'));
	const file = join(folder, 'a.md');
	writeFileSync(file, 'before\n<!-- bench:sync x -->\nold\n<!-- /bench:sync x -->\nafter\n');
	writeInto(file, ROW, 'new');
	writeInto(file, ROW, 'newer');
	expect(readFileSync(file, 'utf8')).toBe('before\n<!-- bench:sync x -->\nnewer\n<!-- /bench:sync x -->\nafter\n');
	expect(() => writeInto(file, { ...ROW, name: 'y' }, 'new')).toThrow('no place for y');
	rmSync(folder, { recursive: true });
});
