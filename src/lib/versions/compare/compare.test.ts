import { describe, expect, test } from 'vitest';
import type { JsonNode } from '../../documents/schema/json.ts';
import type { ProfileId } from '../../documents/schema/profiles.ts';
import { block, br, doc, note, reference, t } from '../../../../tests/support/sample-documents.ts';
import { compareContents } from './compare.ts';
import { categoryOf, type Row } from './comparison.ts';

const article = (uid: string, ...content: (JsonNode | string)[]) => block('provision', { uid, level: 'article' }, ...content);
const clause = (uid: string, ...content: (JsonNode | string)[]) => block('provision', { uid, level: 'clause' }, ...content);

function compare(before: JsonNode[], after: JsonNode[], profile: ProfileId = 'vbqppl-187') {
	return compareContents({ content: doc(...before), profile }, { content: doc(...after), profile });
}

/** `kind uid (number → number)`, with what else is said of it. */
function told({ rows }: { rows: Row[] }): string[] {
	return rows.map((row) => {
		const numbers = [row.before?.number, row.after?.number].map((number) => number ?? '∅').join(' → ');
		return [row.kind, row.uid, `(${numbers})`, row.moved && 'moved', row.renumbered && 'renumbered'].filter(Boolean).join(' ');
	});
}

const LAW = [
	article('a1', 'Phạm vi điều chỉnh'),
	clause('c1', 'Nghị quyết này quy định về chuyển đổi số của thành phố.'),
	clause('c2', 'Cơ quan nhà nước thực hiện theo kế hoạch hằng năm đã được phê duyệt.'),
	article('a2', 'Tổ chức thực hiện'),
	clause('c3', 'Ủy ban nhân dân thành phố tổ chức thực hiện Nghị quyết này.')
];

describe('what becomes of passages', () => {
	test('a text is the same as itself', () => {
		const { rows, counts } = compare(LAW, LAW);
		expect(rows.map(categoryOf)).toEqual(['same', 'same', 'same', 'same', 'same']);
		expect(counts).toMatchObject({ same: 5, changed: 0, renumbered: 0 });
	});

	test('an article put in front renumbers the others and changes none of them', () => {
		const after = [article('new', 'Giải thích từ ngữ'), ...LAW];
		expect(told(compare(LAW, after))).toEqual([
			'new new (∅ → Điều 1)',
			'same a1 (Điều 1 → Điều 2) renumbered',
			'same c1 (khoản 1 Điều 1 → khoản 1 Điều 2)',
			'same c2 (khoản 2 Điều 1 → khoản 2 Điều 2)',
			'same a2 (Điều 2 → Điều 3) renumbered',
			'same c3 (khoản 1 Điều 2 → khoản 1 Điều 3)'
		]);
	});

	test('what was deleted stands behind what it stood behind, with no number of the later text', () => {
		expect(told(compare(LAW, LAW.toSpliced(1, 1)))).toEqual([
			'same a1 (Điều 1 → Điều 1)',
			'deleted c1 (khoản 1 Điều 1 → ∅)',
			'same c2 (khoản 2 Điều 1 → khoản 1 Điều 1) renumbered',
			'same a2 (Điều 2 → Điều 2)',
			'same c3 (khoản 1 Điều 2 → khoản 1 Điều 2)'
		]);
	});

	test('of two that changed places one moved', () => {
		const { counts } = compare(LAW, [LAW[0], LAW[2], LAW[1], LAW[3], LAW[4]]);
		expect(counts).toMatchObject({ moved: 1, renumbered: 1, changed: 0, same: 3 });
	});

	test('a provision that was cut in two is one row, with both numbers and only the cut', () => {
		const [first, second] = ['Cơ quan nhà nước thực hiện', 'theo kế hoạch hằng năm đã được phê duyệt.'];
		const { rows } = compare(LAW, LAW.toSpliced(2, 1, clause('c2', first), clause('c2b', second)));
		const row = rows.find(({ kind }) => kind === 'split')!;
		expect(rows).toHaveLength(5);
		expect(row.after).toMatchObject({ number: 'khoản 2 và khoản 3 Điều 1', text: `${first}\n${second}` });
		expect(row.after!.parts!.map(({ uid, label }) => [uid, label])).toEqual([
			['c2', '2.'],
			['c2b', '3.']
		]);
		expect(row.words).toEqual([
			['same', first],
			['removed', ' '],
			['added', '\n'],
			['same', second]
		]);
	});

	test('a provision that went into the one in front of it is one row', () => {
		const joined = clause(
			'c1',
			'Nghị quyết này quy định về chuyển đổi số của thành phố. Cơ quan nhà nước thực hiện theo kế hoạch hằng năm đã được phê duyệt.'
		);
		const { rows, counts } = compare(LAW, LAW.toSpliced(1, 2, joined));
		expect(counts).toMatchObject({ joined: 1, deleted: 0, changed: 0 });
		expect(rows.find(({ kind }) => kind === 'joined')!.before!.number).toBe('khoản 1 và khoản 2 Điều 1');
	});

	test('without uids in common, what is the same, alike, and between the same neighbours belongs together', () => {
		const other: JsonNode[] = LAW.map((node, nth) => ({ ...node, attrs: { ...node.attrs, uid: `other${nth}` } }));
		other[2] = clause('other2', 'Cơ quan nhà nước thực hiện theo chương trình hằng năm đã được phê duyệt.');
		other[3] = article('other3', 'Trách nhiệm tổ chức thực hiện');
		expect(told(compare(LAW, other)).map((row) => row.replace(/ \(.*/, ''))).toEqual([
			'same other0',
			'same other1',
			'changed other2',
			'changed other3',
			'same other4'
		]);
	});

	test('what is the same is found wherever it stands, among many that are nearly the same', () => {
		const clauses = Array.from({ length: 12 }, (_, nth) => clause(`c${nth}`, `Sở ${nth} chịu trách nhiệm phối hợp thực hiện`));
		const turned = clauses.toReversed().map((node, nth) => ({ ...node, attrs: { ...node.attrs, uid: `other${nth}` } }));
		expect(compare(clauses, turned).counts).toMatchObject({ same: 0, moved: 11, renumbered: 1, new: 0, deleted: 0, changed: 0 });
	});

	test('what was written anew in the place of another is new, and the other deleted', () => {
		const after = LAW.toSpliced(2, 1, clause('x', 'Hội đồng nhân dân giám sát kết quả hai lần trong năm.'));
		expect(compare(LAW, after).counts).toMatchObject({ new: 1, deleted: 1, changed: 0 });
	});
});

describe('what is compared', () => {
	const words = (before: JsonNode[], after: JsonNode[]) => compare(before, after).rows.find(({ kind }) => kind !== 'same')?.words;

	test('bold letters and another alignment are no change', () => {
		expect(words([clause('c', 'Điều khoản thi hành')], [clause('c', t('Điều khoản ', 'bold'), 'thi hành')])).toBeUndefined();
	});

	test('a reference that prints another number of the same provision is no change, and is told', () => {
		const referring = clause('r', 'Thực hiện theo ', reference('a1', 'Điều 1'), ' của Nghị quyết này.');
		const { rows, counts } = compare([...LAW, referring], [article('new', 'Giải thích từ ngữ'), ...LAW, referring]);
		expect(counts.changed).toBe(0);
		expect(rows.at(-1)!.words).toEqual([
			['same', 'Thực hiện theo '],
			['renumbered', 'Điều 1', 'Điều 2'],
			['same', ' của Nghị quyết này.']
		]);
	});

	test('a reference to another provision is a change', () => {
		const referring = (to: string) => [
			...LAW,
			article('a3', 'Hiệu lực'),
			clause('r', 'Thực hiện theo ', reference(to, ''), ' nói trên.')
		];
		expect(words(referring('a1'), referring('a2'))).toEqual([
			['same', 'Thực hiện theo '],
			['removed', 'Điều 1'],
			['added', 'Điều 2'],
			['same', ' nói trên.']
		]);
	});

	test('a typed citation that became a reference is the same words', () => {
		const around = (citation: JsonNode | string) => [
			...LAW,
			article('a3', 'Hiệu lực'),
			clause('r', 'Thực hiện theo ', citation, '.')
		];
		expect(words(around('khoản 1 Điều 1'), around(reference('c1', '')))).toBeUndefined();
	});

	test('the text of a footnote is compared in brackets', () => {
		expect(words([clause('c', 'Mức lương', note('Năm 2025'))], [clause('c', 'Mức lương', note('Năm 2026'))])).toEqual([
			['same', 'Mức lương ['],
			['removed', 'Năm 2025'],
			['added', 'Năm 2026'],
			['same', ']']
		]);
	});

	test('spaces beside one another count as one, a line break does not', () => {
		expect(words([clause('c', 'Một  dòng')], [clause('c', ' Một dòng ')])).toBeUndefined();
		expect(words([clause('c', 'Một dòng')], [clause('c', 'Một', br(), 'dòng')])).toBeDefined();
	});

	test('fields of a header are found in any text by their names', () => {
		const header = (uid: string, symbol: string) =>
			block(
				'documentHeader',
				{ uid },
				block('headerField', { name: 'agency' }, 'HỘI ĐỒNG NHÂN DÂN'),
				block('headerField', { name: 'symbol' }, symbol)
			);
		const { rows } = compare([header('h1', '05/NQ-HĐND')], [header('h2', '06/NQ-HĐND')]);
		expect(rows.map(({ kind, uid }) => [kind, uid])).toEqual([
			['same', 'h2:agency'],
			['changed', 'h2:symbol']
		]);
	});

	test('bases, the enacting line, list items, recipients and appendices are passages', () => {
		const all = (word: string) => [
			block('legalBasis', { uid: 'b' }, `Căn cứ Luật ${word}`),
			block('enactingLine', { uid: 'e' }, `QUYẾT NGHỊ ${word}`),
			block('bulletList', {}, block('listItem', {}, block('paragraph', { uid: 'l' }, `Dòng thứ ${word}`))),
			block('recipients', {}, block('paragraph', { uid: 'n' }, `Ủy ban ${word}`)),
			block('appendix', { uid: 'p', kind: 'appendix' }, `Danh mục ${word}`)
		];
		const { rows } = compare(all('một'), all('hai'));
		expect(rows.map(({ kind, after }) => [kind, after!.type])).toEqual([
			['changed', 'legal-basis'],
			['changed', 'enacting-line'],
			['changed', 'list-item'],
			['changed', 'recipient'],
			['changed', 'appendix']
		]);
	});

	test('another picture is a change, though its words are the same', () => {
		const picture = (src: string) => block('image', { uid: 'i', src, alt: 'Sơ đồ' });
		expect(words([picture('sha256:a')], [picture('sha256:b')])?.map(([op]) => op)).toEqual(['removed', 'added']);
	});
});

describe('tables', () => {
	const cell = (col: string, text: string) => block('tableCell', { col }, block('paragraph', {}, text));
	const row = (uid: string, ...texts: string[]) => block('tableRow', { uid }, ...texts.map((text, nth) => cell(`k${nth}`, text)));
	const table = (...rows: JsonNode[]) => block('table', { uid: 't' }, ...rows);

	test('each row is a passage, compared cell by cell', () => {
		const { rows } = compare(
			[table(row('r1', '1', 'Tỷ lệ hồ sơ trực tuyến', '85%'), row('r2', '2', 'Số xã có trạm', '90'))],
			[
				table(
					row('r1', '1', 'Tỷ lệ hồ sơ trực tuyến', '95%'),
					row('r3', '2', 'Trung tâm dữ liệu vùng', '1'),
					row('r2', '3', 'Số xã có trạm', '90')
				)
			]
		);
		expect(rows.map(({ kind, uid }) => `${kind} ${uid}`)).toEqual(['changed r1', 'new r3', 'changed r2']);
		expect(rows[0].cells!.map(({ words }) => words)).toEqual([
			[['same', '1']],
			[['same', 'Tỷ lệ hồ sơ trực tuyến']],
			[
				['removed', '85%'],
				['added', '95%']
			]
		]);
		expect(rows[0].after!.text).toBe('1 | Tỷ lệ hồ sơ trực tuyến | 95%');
	});

	test('a column that came in is a cell that was added in each row', () => {
		const wider = block('tableRow', { uid: 'r1' }, cell('k0', '1'), cell('new', 'Sở Tài chính'), cell('k1', 'Chỉ tiêu'));
		const [{ cells }] = compare([table(row('r1', '1', 'Chỉ tiêu'))], [table(wider)]).rows;
		expect(cells!.map(({ words }) => words)).toEqual([[['same', '1']], [['added', 'Sở Tài chính']], [['same', 'Chỉ tiêu']]]);
	});
});
