import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { elementsOf } from '../../schema/table-columns.ts';
import { straighten } from './straight-tables.ts';

/** A table as somebody could write it who has no editor: for each row the attributes of its cells. */
function tableOf(rows: Record<string, unknown>[][]): Y.XmlElement {
	const table = new Y.XmlElement('table');
	new Y.Doc().getXmlFragment('body').insert(0, [table]);
	table.insert(0, rows.map(() => new Y.XmlElement('tableRow')));
	rows.forEach((cells, nth) => {
		const row = table.get(nth) as Y.XmlElement;
		row.insert(0, cells.map(() => new Y.XmlElement('tableCell')));
		cells.forEach((attributes, at) => {
			for (const [name, value] of Object.entries(attributes)) (row.get(at) as Y.XmlElement).setAttribute(name, value as string);
		});
	});
	return table;
}

const widths = (table: Y.XmlElement) => elementsOf(table).map((row) => elementsOf(row).length);

const cells = (count: number, attributes: (nth: number) => Record<string, unknown>) => Array.from({ length: count }, (_, nth) => attributes(nth));

test('[MS10] a table with cells over several columns and rows is filled up at the ends of its rows', () => {
	const table = tableOf([[{ colspan: 2 }, { rowspan: 2 }], [{}], [{}, {}]]);
	straighten(table);
	expect(widths(table)).toEqual([2, 2, 3]);
});

test('[MS10] a table from before columns had names is filled up at the ends of its rows', () => {
	const table = tableOf([[{}], [{}, {}, {}], [{}, {}]]);
	straighten(table);
	expect(widths(table)).toEqual([3, 3, 3]);
});

test('[MS10] cells without a name stay in one column when a row lacks another', () => {
	const table = tableOf([
		[{ _column: 'a' }, {}, { _column: 'b' }],
		[{ _column: 'a' }, {}, { _column: 'b' }, { _column: 'c' }]
	]);
	straighten(table);
	expect(widths(table)).toEqual([4, 4]);
});

test.each([
	['a row of a thousand cells beside one of one', [cells(1000, (nth) => ({ _column: `c${nth}` })), [{ _column: 'c1' }]]],
	['ten thousand names, each in two rows', Array.from({ length: 200 }, (_, row) => cells(100, (nth) => ({ _column: `c${(row >> 1) * 100 + nth}` }))).concat([[{ _column: 'c1' }]])],
	['more cells lacking than people ever leave out', [cells(150, (nth) => ({ _column: `c${nth}` })), ...Array.from({ length: 60 }, () => [{ _column: 'c1' }])]],
	['a cell over a billion columns', [[{ colspan: 1e9 }], [{}]]],
	['spans that are no numbers', [[{ colspan: 'x', rowspan: 2 }, { colspan: 2 }], [{}]]],
	['a cell over endless rows and columns', [[{ colspan: 'Infinity', rowspan: 'Infinity' }], [{}]]]
])('[MS10] %s is left as it is', (_, rows) => {
	const table = tableOf(rows);
	const before = widths(table);
	straighten(table);
	expect(widths(table)).toEqual(before);
});

test.each([['no rows', []], ['rows without cells', [[], []]]])('[MS10] a table with %s goes', (_, rows) => {
	const table = tableOf(rows);
	const body = table.parent as Y.XmlFragment;
	straighten(table);
	expect(body.length).toBe(0);
});

test('[MS10] names of columns that are no texts do no harm', () => {
	const table = tableOf([[{ _column: { a: 1 } }, { _column: 7 }], [{ _column: 7 }]]);
	straighten(table);
	expect(new Set(widths(table)).size).toBe(1);
});
