import { expect, test } from 'vitest';
import type { JsonNode } from '../../documents/schema/json.ts';
import { block, doc } from '../../../../tests/support/sample-documents.ts';
import { readZip } from '../../exports/zip-reader.ts';
import { compareContents } from './compare.ts';
import { writeRevisions } from './write-revisions.ts';

const article = (uid: string, text: string) => block('provision', { uid, level: 'article', titled: true }, text);
const clause = (uid: string, text: string) => block('provision', { uid, level: 'clause' }, text);
const row = (uid: string, ...texts: string[]) =>
	block('tableRow', { uid }, ...texts.map((text, nth) => block('tableCell', { col: `k${nth}` }, block('paragraph', {}, text))));

const BEFORE = [
	article('a1', 'Thời hạn'),
	clause('c1', 'Thời hạn không quá 36 tháng.'),
	clause('c2', 'Bãi bỏ các quy định trước đây.'),
	clause('c3', 'Cơ quan chủ trì chuẩn bị nội dung và mời các bên liên quan tham gia ý kiến.'),
	block('table', { uid: 't' }, row('r1', 'Hồ sơ trực tuyến', '85%'), row('r2', 'Trạm phát sóng', '90'))
];
const AFTER = [
	article('a1', 'Thời hạn'),
	clause('c1', 'Thời hạn không quá 24 tháng.'),
	clause('c3', 'Cơ quan chủ trì chuẩn bị nội dung'),
	clause('c4', 'và mời các bên liên quan tham gia ý kiến.'),
	clause('n', 'Hết thời hạn thì báo cáo.'),
	block('table', { uid: 't' }, row('r1', 'Hồ sơ trực tuyến', '95%'), row('r3', 'Trung tâm dữ liệu', '1'))
];

async function documentXml(before: JsonNode[], after: JsonNode[]): Promise<string> {
	const { rows } = compareContents({ content: doc(...before), profile: 'nd30' }, { content: doc(...after), profile: 'nd30' });
	return new TextDecoder().decode(
		readZip(await writeRevisions(rows, 'nd30', 'Nghị quyết', 'Văn phòng <UBND>')).get('word/document.xml')
	);
}

/** What Word shows when all revisions are accepted, or rejected: the text of each paragraph. */
function resolved(xml: string, taken: 'accepted' | 'rejected'): string[] {
	const [gone, mark] = taken === 'accepted' ? ['del', 'w:del '] : ['ins', 'w:ins '];
	const rows = xml.replace(/<w:tr>(?:(?!<\/w:tr>).)*<\/w:tr>/gs, (own) =>
		new RegExp(`<w:trPr>(?:(?!</w:trPr>).)*<${mark}`, 's').test(own) ? '' : own
	);
	const paragraphs = [...rows.matchAll(/<w:p>(.*?)<\/w:p>/gs)].map(([, inner]) => ({
		text: [
			...inner
				.replace(new RegExp(`<w:${gone} [^>]*[^/]>.*?</w:${gone}>`, 'gs'), '')
				.matchAll(/<w:(?:t|delText)(?: [^>]*)?>([^<]*)</g)
		]
			.map(([, text]) => text)
			.join(''),
		// A paragraph whose mark goes is one with the next.
		goesOn: new RegExp(`<w:pPr>(?:(?!</w:pPr>).)*<w:rPr>(?:(?!</w:rPr>).)*<${mark}`, 's').test(inner)
	}));
	const found: string[] = [];
	let open = '';
	for (const { text, goesOn } of paragraphs) {
		open += text;
		if (goesOn) continue;
		if (open) found.push(open);
		open = '';
	}
	return found;
}

test('accepted, Word’s revisions leave the later text, rejected the earlier one', async () => {
	const xml = await documentXml(BEFORE, AFTER);
	expect(resolved(xml, 'accepted')).toEqual([
		'Điều 1. Thời hạn',
		'1. Thời hạn không quá 24 tháng.',
		'2. Cơ quan chủ trì chuẩn bị nội dung',
		'3. và mời các bên liên quan tham gia ý kiến.',
		'4. Hết thời hạn thì báo cáo.',
		'Hồ sơ trực tuyến',
		'95%',
		'Trung tâm dữ liệu',
		'1'
	]);
	expect(resolved(xml, 'rejected')).toEqual([
		'Điều 1. Thời hạn',
		'1. Thời hạn không quá 36 tháng.',
		'2. Bãi bỏ các quy định trước đây.',
		'3. Cơ quan chủ trì chuẩn bị nội dung và mời các bên liên quan tham gia ý kiến.',
		'Hồ sơ trực tuyến',
		'85%',
		'Trạm phát sóng',
		'90'
	]);
});

test('each revision has an id of its own, its author and a date', async () => {
	const xml = await documentXml(BEFORE, AFTER);
	const revisions = [...xml.matchAll(/<w:(?:ins|del) ([^>]*)>/g)].map(([, attributes]) => attributes);
	expect(revisions.length).toBeGreaterThan(8);
	for (const attributes of revisions)
		expect(attributes).toMatch(
			/w:author="Văn phòng &lt;UBND(&gt;|>)".*w:date="\d{4}-|w:date="\d{4}-.*w:author="Văn phòng &lt;UBND/
		);
	const ids = revisions.map((attributes) => /w:id="(\d+)"/.exec(attributes)![1]);
	expect(new Set(ids).size).toBe(ids.length);
});

test('two texts that are the same have none', async () => {
	expect(await documentXml(BEFORE, BEFORE)).not.toMatch(/<w:(ins|del) /);
});
