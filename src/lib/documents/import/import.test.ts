import {
	AlignmentType,
	Document,
	FootnoteReferenceRun,
	ImageRun,
	LevelFormat,
	Packer,
	Paragraph,
	Table,
	TableCell,
	TableRow,
	TextRun
} from 'docx';
import { describe, expect, test } from 'vitest';
import { jsonToUpdate } from '../schema/body.ts';
import { ImportError, importFile } from './index.server.ts';
import { summary } from '../../../../tests/support/recognised.ts';
import { unzip, zip, zipNames } from './zip.server.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const PICTURE = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64'
);

async function wordFile(): Promise<Uint8Array> {
	const level = (at: number, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => ({
		level: at,
		format,
		text,
		alignment: AlignmentType.LEFT
	});
	const listed = (text: string, at: number) => new Paragraph({ text, numbering: { reference: 'law', level: at } });
	const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });
	const document = new Document({
		numbering: {
			config: [
				{
					reference: 'law',
					levels: [
						level(0, LevelFormat.DECIMAL, 'Điều %1.'),
						level(1, LevelFormat.DECIMAL, '%2.'),
						level(2, LevelFormat.LOWER_LETTER, '%3)'),
						level(3, LevelFormat.BULLET, '•')
					]
				}
			]
		},
		footnotes: { 1: { children: [new Paragraph('Nội dung chú thích.')] } },
		sections: [
			{
				children: [
					new Paragraph({ text: 'QUYẾT NGHỊ:', alignment: AlignmentType.CENTER }),
					listed('Phạm vi', 0),
					listed('Khoản một:', 1),
					listed('Điểm a;', 2),
					listed('Điểm b.', 2),
					listed('Gạch.', 3),
					listed('Khoản hai.', 1),
					listed('Đối tượng', 0),
					new Paragraph({
						children: [
							new TextRun('1. Có '),
							new TextRun({ text: 'đậm', bold: true }),
							new FootnoteReferenceRun(1),
							new TextRun('.')
						]
					}),
					new Table({ rows: [new TableRow({ children: [cell('TT'), cell('Nhiệm vụ')] })] }),
					new Paragraph({
						children: [new ImageRun({ type: 'png', data: PICTURE, transformation: { width: 10, height: 10 } })]
					})
				]
			}
		]
	});
	return new Uint8Array(await Packer.toBuffer(document));
}

describe('Word files', () => {
	test('automatic numbers, notes, tables and pictures come over', async () => {
		const stored: string[] = [];
		const result = await importFile({
			bytes: await wordFile(),
			filename: 'nghi-quyet.docx',
			profile: 'nd30',
			storeImage: async ({ contentType, bytes }) => {
				stored.push(`${contentType} ${bytes.byteLength}`);
				return '/api/files/1';
			}
		});
		expect(summary(result.content)).toEqual([
			'enactingLine|QUYẾT NGHỊ:',
			'article|Phạm vi',
			'clause|Khoản một:',
			'point|Điểm a;',
			'point|Điểm b.',
			'indent|Gạch.',
			'clause|Khoản hai.',
			'article|Đối tượng',
			'clause|Có đậm.',
			'table|TT / Nhiệm vụ',
			'image|'
		]);
		const note = result.content.content?.[8]?.content?.find((child) => child.type === 'footnote');
		expect(note?.attrs?.text).toBe('Nội dung chú thích.');
		expect(result.content.content?.[10]?.attrs?.src).toBe('/api/files/1');
		expect(stored).toEqual([`image/png ${PICTURE.byteLength}`]);
		expect(result.title).toBe('nghi-quyet');
		jsonToUpdate(result.content);
	});

	test('a picture that is not taken is reported', async () => {
		const { content, report } = await importFile({ bytes: await wordFile(), filename: 'a.docx', profile: 'nd30' });
		expect(report.unsure.map(({ reason }) => reason)).toEqual(['picture']);
		jsonToUpdate(content);
	});

	test('archives survive packing, and one that unpacks to too much is refused', async () => {
		const files = unzip(await wordFile(), 10_000_000);
		const packed = zip(files);
		expect(zipNames(packed)).toEqual([...files.keys()]);
		const again = unzip(packed, 10_000_000);
		expect([...again.values()].map((file) => Buffer.from(file).toString('hex'))).toEqual(
			[...files.values()].map((file) => Buffer.from(file).toString('hex'))
		);
		expect(() => unzip(packed, 1000)).toThrow(expect.objectContaining({ problem: 'large' }));
	});
});

test('a text: title and kind come from its header', async () => {
	const text =
		'ỦY BAN NHÂN DÂN\nSố: 5/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKẾ HOẠCH\nChuyển đổi số năm 2026\nI. MỤC TIÊU';
	const result = await importFile({ bytes: bytesOf(text), filename: 'x.txt', profile: 'nd30' });
	expect([result.title, result.kind, result.profile]).toEqual(['Kế hoạch chuyển đổi số năm 2026', 'plan', 'nd30']);
	const named = await importFile({ bytes: bytesOf(text), filename: 'x.txt', profile: 'nd30', title: ' Tên khác ' });
	expect(named.title).toBe('Tên khác');
});

test('a page: pictures inside are stored, those from elsewhere are not fetched', async () => {
	const html = `<p>Một.</p><img alt="sơ đồ" src="https://example.test/a.png"><img src="data:image/png;base64,${PICTURE.toString('base64')}">`;
	const { content, report } = await importFile({
		bytes: bytesOf(html),
		filename: 'x.html',
		profile: 'nd30',
		storeImage: async () => '/api/files/7'
	});
	expect(summary(content)).toEqual(['paragraph|Một.', 'paragraph|sơ đồ', 'image|']);
	expect(content.content?.[2]?.attrs?.src).toBe('/api/files/7');
	expect(report.unsure.map(({ reason }) => reason)).toEqual(['picture']);
});

test.each([
	['Vietnamese in UTF-16', Buffer.from('\ufeffĐiều 1. Phạm vi', 'utf16le')],
	['Vietnamese in UTF-8 with a mark', Buffer.from('\ufeffĐiều 1. Phạm vi')],
	['decomposed letters', Buffer.from('Điều 1. Phạm vi'.normalize('NFD'))],
	[
		'Windows-1258',
		Buffer.from([0xd0, 0x69, 0xea, 0xcc, 0x75, 0x20, 0x31, 0x2e, 0x20, 0x50, 0x68, 0x61, 0xf2, 0x6d, 0x20, 0x76, 0x69])
	]
])('%s', async (_name, bytes) => {
	const { content } = await importFile({ bytes, filename: 'x.txt', profile: 'nd30' });
	expect(summary(content)).toEqual(['article|Phạm vi']);
});

test.each([
	['empty', new Uint8Array()],
	['empty', bytesOf(' \n ')],
	['empty', bytesOf('<html><body><script>1</script></body></html>')],
	['old-word', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
	['pdf', bytesOf('%PDF-1.7\n')],
	['rtf', bytesOf('{\\rtf1 abc}')],
	['zip', new Uint8Array(zip(new Map([['a.txt', bytesOf('a')]])))],
	['broken', Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3])],
	['broken', new Uint8Array(zip(new Map([['word/document.xml', bytesOf('<w:document')]])))],
	['unknown', Uint8Array.from({ length: 400 }, (_, index) => (index * 37) % 32)],
	['unknown', PICTURE]
])('%s is refused with its reason', async (problem, bytes) => {
	await expect(importFile({ bytes, filename: 'x.docx', profile: 'nd30' })).rejects.toThrow(ImportError);
	await expect(importFile({ bytes, filename: 'x.docx', profile: 'nd30' })).rejects.toMatchObject({ problem });
});
