import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../documents/schema/body.ts';
import type { JsonNode } from '../documents/schema/json.ts';
import { KINDS } from '../documents/schema/kinds.ts';
import { PROFILE_IDS, profileOf } from '../documents/schema/profiles.ts';
import { templateFor } from '../documents/templates/templates.ts';
import { buildOutline } from './build-outline.ts';
import { writeDocx } from './docx.ts';
import { exportDocument } from './export-document.ts';
import * as sample from '../../../tests/support/sample-documents.ts';
import { writeTxt } from './txt.ts';
import { readZip } from './zip-reader.ts';

const { SAMPLES } = sample;

/** The parts of a Word file that the tests look into. */
async function written(input: { title: string; profile: (typeof PROFILE_IDS)[number]; content: JsonNode }) {
	const files = readZip(await writeDocx(buildOutline(input)));
	const part = (name: string) => new TextDecoder().decode(files.get(name));
	const body = part('word/document.xml');
	return { files, part, body, paragraphs: paragraphsOf(body), notes: paragraphsOf(part('word/footnotes.xml')) };
}

/** The text of each paragraph that has some; a line break is a line feed. */
function paragraphsOf(xml: string): string[] {
	return [...xml.matchAll(/<w:p>.*?<\/w:p>|<w:p [^>]*>.*?<\/w:p>/gsu)]
		.map(([paragraph]) =>
			[...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:br\/>/gu)].map(([, text]) => text ?? '\n').join('')
		)
		.map(unescaped)
		.filter((text) => text.trim() !== '');
}

function unescaped(text: string): string {
	const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
	return text.replace(/&(\w+);/gu, (_, name) => entities[name]);
}

function words(text: string): string[] {
	return text.split(/\s+/u).filter(Boolean).toSorted();
}

test.each(SAMPLES)('$profile: the Word file has the words of the printed text, no more and no fewer', async (input) => {
	const { paragraphs, notes } = await written(input);
	const text = writeTxt(buildOutline(input)).replace(/\[\d+\] ?/gu, '');
	expect(words([...paragraphs, ...notes].join(' '))).toEqual(words(text));
});

test.each(PROFILE_IDS.flatMap((profile) => KINDS.map((kind) => ({ profile, kind }))))(
	'$profile, $kind: a new document prints its skeleton whole',
	async ({ profile, kind }) => {
		const agency = profile.startsWith('party') ? 'Thành ủy An Hải' : 'Ủy ban nhân dân thành phố An Hải';
		const input = { title: 'T', profile, content: templateFor(kind, profile, { agency, place: 'An Hải' }) };
		const { paragraphs, notes } = await written(input);
		const printed = paragraphs.join(' ').replace(/\s+/gu, ' ');
		for (const line of plainText(input.content).split('\n')) expect(printed).toContain(line.replace(/\s+/gu, ' ').trim());
		expect(words([...paragraphs, ...notes].join(' '))).toEqual(words(writeTxt(buildOutline(input))));
	}
);

test('numbers and references are written out', async () => {
	const { paragraphs } = await written(SAMPLES[1]);
	expect(paragraphs).toContain('Chương I');
	expect(paragraphs).toContain('Điều 2. Đối tượng áp dụng');
	expect(paragraphs).toContain('b) Tổ chức tư vấn thuộc mạng lưới tư vấn viên.');
	expect(paragraphs.find((text) => text.startsWith('1. Hỗ trợ 50%'))).toContain(
		'quy định tại điểm a khoản 2 Điều 2 Nghị quyết này.'
	);
});

test.each(SAMPLES)('$profile: no paragraph belongs to a Word list', async (input) => {
	const { part, body } = await written(input);
	expect(body).not.toContain('<w:numPr>');
	expect(part('word/styles.xml')).not.toContain('<w:numPr>');
});

test.each(PROFILE_IDS)('%s: paper, margins, fonts and spacing', async (profile) => {
	const { body, part } = await written({ title: 'T', profile, content: sample.doc(sample.clause('Văn bản')) });
	const { page, font } = profileOf(profile);
	const { top, right, bottom, left } = page.margin;
	const twips = (mm: number) => Math.round((mm * 1440) / 25.4);
	expect(body).toContain('<w:pgSz w:w="11906" w:h="16838" w:orient="portrait"/>');
	expect(body).toContain(
		`<w:pgMar w:top="${twips(top)}" w:right="${twips(right)}" w:bottom="${twips(bottom)}" w:left="${twips(left)}"`
	);
	const styles = part('word/styles.xml');
	const defaults = /<w:docDefaults>.*?<\/w:docDefaults>/su.exec(styles)?.[0] ?? '';
	expect(defaults).toContain('w:ascii="Times New Roman"');
	expect(defaults).toContain('w:hAnsi="Times New Roman"');
	expect(defaults).toContain(`<w:sz w:val="${font.size * 2}"/>`);
	expect(defaults).toContain('w:after="120"');
	expect(defaults).toContain(profile.startsWith('party') ? 'w:line="360" w:lineRule="exact"' : 'w:lineRule="auto"');
	expect(styles).toContain(`w:firstLine="${twips(font.firstLineIndent)}"`);
});

test('the page number stands centred in the head of every page but the first', async () => {
	const { body, part, files } = await written(SAMPLES[1]);
	expect(body.match(/<w:titlePg\/>/gu)).toHaveLength(1);
	const heads = [...files.keys()].filter((name) => /^word\/header\d+\.xml$/u.test(name)).map(part);
	expect(heads.filter((head) => head.includes('PAGE'))).toHaveLength(1);
	expect(heads.filter((head) => !head.includes('<w:t'))).toHaveLength(2);
});

test('tables keep merged cells, head rows and lines; a wide appendix lies across', async () => {
	const { body } = await written(SAMPLES[0]);
	expect(body.match(/<w:tblHeader\/>/gu)).toHaveLength(3);
	expect(body).toContain('<w:gridSpan w:val="2"/>');
	expect(body).toContain('<w:gridSpan w:val="7"/>');
	expect([...body.matchAll(/w:orient="(\w+)"/gu)].map(([, way]) => way)).toEqual(['portrait', 'landscape', 'portrait']);
	const vertical = await written({
		title: 'T',
		profile: 'nd30',
		content: sample.doc(sample.table([['A', 'B'], [{ text: 'hai hàng', span: [1, 2] }, 'x'], ['y']]))
	});
	expect(vertical.body.match(/<w:vMerge w:val="(restart|continue)"\/>/gu)).toHaveLength(2);
});

test('tables never touch another, nor the end of a cell or of the text', async () => {
	const { body } = await written({
		title: 'T',
		profile: 'nd30',
		content: sample.doc(
			sample.table([['A']]),
			sample.table([[sample.table([['B']])]]),
			sample.signature({ signer: 'C' }),
			sample.signature({ signer: 'D' })
		)
	});
	expect(body.match(/<w:tbl>/gu)).toHaveLength(5);
	expect(body).not.toMatch(/<\/w:tbl>(?!<w:p>)/u);
});

test('column widths that somebody set are kept in proportion', async () => {
	const { body } = await written({
		title: 'T',
		profile: 'nd30',
		content: sample.doc(
			sample.table(
				[
					['A', 'B'],
					['a', 'b']
				],
				1,
				[100, 300]
			)
		)
	});
	const [first, second] = [...body.matchAll(/<w:gridCol w:w="(\d+)"\/>/gu)].map(([, width]) => Number(width));
	expect(second / first).toBeCloseTo(3, 1);
	expect(first + second).toBe(9071);
});

test('footnotes are Word footnotes in the order of their places', async () => {
	const { body, notes } = await written({
		title: 'T',
		profile: 'nd30',
		content: sample.doc(
			sample.clause('Một', sample.note('ghi chú một'), ' và hai', sample.note('ghi chú hai')),
			sample.table([['TT'], [sample.p('ô', sample.note('ghi chú ba'))]])
		)
	});
	expect([...body.matchAll(/<w:footnoteReference w:id="(\d+)"\/>/gu)].map(([, id]) => id)).toEqual(['1', '2', '3']);
	expect(notes.map((text) => text.trim())).toEqual(['ghi chú một', 'ghi chú hai', 'ghi chú ba']);
});

test('marks become direct formatting', async () => {
	const marks = ['bold', 'italic', 'underline', 'strike', 'superscript', 'subscript'];
	const { body } = await written({
		title: 'T',
		profile: 'nd30',
		content: sample.doc(sample.p(...marks.map((mark) => sample.t(mark, mark))))
	});
	const run = (text: string) => new RegExp(`<w:r><w:rPr>((?:(?!</w:r>).)*)</w:rPr><w:t[^>]*>${text}</w:t>`, 'u').exec(body)?.[1];
	expect(run('bold')).toContain('<w:b/>');
	expect(run('italic')).toContain('<w:i/>');
	expect(run('underline')).toContain('<w:u w:val="single"/>');
	expect(run('strike')).toContain('<w:strike/>');
	expect(run('superscript')).toContain('<w:vertAlign w:val="superscript"/>');
	expect(run('subscript')).toContain('<w:vertAlign w:val="subscript"/>');
});

test('pictures come from the document or from the caller; one that is gone leaves its description', async () => {
	const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
	const image = (src: string) => sample.block('image', { src, alt: 'Sơ đồ & ảnh', width: 400 });
	const content = sample.doc(image(`data:image/png;base64,${pixel}`), image('/files/1'), image('/files/gone'));
	const { bytes } = await exportDocument({
		title: 'T',
		profile: 'nd30',
		format: 'docx',
		content,
		loadImage: async (src) =>
			src === '/files/1' ? { bytes: new Uint8Array(Buffer.from(pixel, 'base64')), contentType: 'image/png' } : null
	});
	const files = readZip(bytes);
	const body = new TextDecoder().decode(files.get('word/document.xml'));
	expect(body.match(/<pic:pic /gu)).toHaveLength(2);
	expect(body).toContain('descr="Sơ đồ &amp; ảnh"');
	expect(paragraphsOf(body)).toEqual(['[Sơ đồ & ảnh]']);
});

test.each(SAMPLES.filter(({ profile }) => profile.startsWith('party')))('$profile: the Party form', async (input) => {
	const { body, paragraphs } = await written(input);
	expect(paragraphs.slice(0, 8)).toEqual([
		'THÀNH ỦY AN HẢI',
		'*',
		'ĐẢNG CỘNG SẢN VIỆT NAM',
		'Số 03-NQ/TU',
		'An Hải, ngày 05 tháng 02 năm 2026',
		'NGHỊ QUYẾT',
		'về chuyển đổi số thành phố An Hải đến năm 2030, tầm nhìn đến năm 2045',
		'-----'
	]);
	expect(paragraphs).toContain('- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;');
	expect(paragraphs).toContain('I- Tình hình');
	expect(body).not.toContain('CỘNG HÒA');
	expect(body).toMatch(/<w:u w:val="single"\/><\/w:rPr><w:t[^>]*>Nơi nhận:/u);
});

/** What no XML file may hold. */
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|&(?!\w+;|#)/u;
const MARKS = ['bold', 'italic', 'underline', 'strike', 'superscript', 'subscript', 'comment'];
const nasty = fc.constantFrom('', ' & < > " \' ', '\u0001\u000b', '\ud800', ' ]]> ', '…', 'ủy ban', '\t', ' .');

/** Documents of every node, each text with a word of its own, so that a lost, doubled or moved one shows. */
function documents(): fc.Arbitrary<JsonNode> {
	const inline = fc.array(
		fc.oneof(
			{
				weight: 5,
				arbitrary: fc.tuple(nasty, fc.subarray(MARKS)).map(([text, marks]) => sample.t(`@${text}`, ...marks))
			},
			{ weight: 1, arbitrary: fc.constant(sample.br()) },
			{ weight: 1, arbitrary: nasty.map((text) => sample.note(`@${text}`)) },
			{ weight: 1, arbitrary: fc.constant(sample.reference('nowhere', '@\u0007')) }
		),
		{ maxLength: 4 }
	);
	const of = (type: string, attrs: Record<string, fc.Arbitrary<unknown>> = {}) =>
		fc.tuple(inline, fc.record(attrs)).map(([content, made]) => ({ type, attrs: made, content }));
	const levels = fc.constantFrom('part', 'chapter', 'section', 'subsection', 'article', 'clause', 'point', 'indent', 'odd');
	const field = of('headerField', { name: fc.constantFrom('agency', 'symbol', 'kind', 'subject', 'signer', 'odd') });
	const { block } = fc.letrec<{ block: JsonNode }>((tie) => {
		const blocks = fc.array(tie('block'), { maxLength: 3, minLength: 1 });
		const cell = fc.tuple(blocks, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.boolean());
		const row = fc.array(
			cell.map(([content, colspan, rowspan, head]) => ({
				type: head ? 'tableHeader' : 'tableCell',
				attrs: { colspan, rowspan, colwidth: null },
				content
			})),
			{ maxLength: 3 }
		);
		return {
			block: fc.oneof(
				{ maxDepth: 3, depthSize: 'small' },
				of('paragraph', { align: fc.constantFrom(null, 'left', 'center', 'right', 'justify', 'odd') }),
				of('provision', {
					level: levels,
					mark: fc.constantFrom(null, 'roman'),
					number: fc.constantFrom(null, '5a')
				}),
				of('legalBasis'),
				of('enactingLine'),
				of('appendix', { kind: fc.constantFrom('appendix', 'attachment', null) }),
				of('newerTextBlock'),
				fc.array(field, { minLength: 1, maxLength: 5 }).map((content) => ({ type: 'documentHeader', content })),
				fc.array(field, { minLength: 1, maxLength: 4 }).map((content) => ({ type: 'signature', content })),
				fc.array(of('paragraph'), { minLength: 1, maxLength: 3 }).map((content) => ({ type: 'recipients', content })),
				fc.array(blocks, { minLength: 1, maxLength: 3 }).map((items) => ({
					type: 'bulletList',
					content: items.map((content) => ({ type: 'listItem', content }))
				})),
				fc.array(row, { maxLength: 3 }).map((rows) => ({
					type: 'table',
					content: rows.map((content) => ({ type: 'tableRow', content }))
				})),
				blocks.map((content) => ({ type: 'newerContainer', content }))
			)
		};
	});
	return fc.array(block, { maxLength: 6 }).map((content) => withWords({ type: 'doc', content }));
}

/** Puts a word that occurs once in the place of each `@`. */
function withWords(document: JsonNode): JsonNode {
	let count = 0;
	return JSON.parse(JSON.stringify(document).replace(/"@/gu, () => `"Từ${++count}x`)) as JsonNode;
}

test('whatever a document holds, each of its words is in the Word file, the text and the page', async () => {
	await fc.assert(
		fc.asyncProperty(documents(), fc.constantFrom(...PROFILE_IDS), async (content, profile) => {
			const wanted = [...JSON.stringify(content).matchAll(/Từ\d+x/gu)].map(([word]) => word).toSorted();
			const { paragraphs, notes, files } = await written({ title: 'T\u0001', profile, content });
			const texts = await Promise.all(
				(['txt', 'html'] as const).map(async (format) =>
					new TextDecoder().decode((await exportDocument({ title: 'T', profile, content, format })).bytes)
				)
			);
			for (const bytes of files.values()) expect(new TextDecoder().decode(bytes)).not.toMatch(NOT_XML);
			for (const text of [[...paragraphs, ...notes].join('\n'), ...texts]) {
				const found = new Set(text.match(/Từ\d+x/gu));
				expect([...found].toSorted()).toEqual(wanted);
			}
		}),
		{ numRuns: 60 }
	);
}, 60_000);
