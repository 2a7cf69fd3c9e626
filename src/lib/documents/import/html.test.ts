import { expect, test } from 'vitest';
import { jsonToUpdate } from '../schema/body.ts';
import { htmlToBlocks } from './html.ts';
import { treeOfDom, type DomNode } from './html-tree.ts';
import { blocksOfTree } from './html-blocks.ts';
import { recognise } from './recognise.ts';
import { summary } from '../../../../tests/support/recognised.ts';

function read(html: string, fragment = false) {
	const result = recognise(htmlToBlocks(html), { profile: 'nd30', fragment });
	jsonToUpdate(result.content);
	return { blocks: result.content.content ?? [], lines: summary(result.content), report: result.report };
}

test('paragraphs, line breaks and white space', () => {
	const { lines } = read('<p>Một\n  hai&nbsp;ba.</p><div>Bốn.<br>Năm.<p>Sáu.</p>Bảy.</div><pre>Tám.\nChín.</pre>');
	expect(lines).toEqual([
		'paragraph|Một hai ba.',
		'paragraph|Bốn. // Năm.',
		'paragraph|Sáu.',
		'paragraph|Bảy.',
		'paragraph|Tám. // Chín.'
	]);
});

test('provisions are recognised, also after a line break; whole bold titles are not marked bold', () => {
	const { lines, blocks } = read(
		'<p style="text-align:center"><b>Chương I<br>QUY ĐỊNH CHUNG</b></p><p><strong>Điều 1. Phạm vi</strong></p><p>1. Một <b>đậm</b>.</p>'
	);
	expect(lines).toEqual(['chapter|QUY ĐỊNH CHUNG', 'article|Phạm vi', 'clause|Một đậm.']);
	expect(blocks[0]?.content).toEqual([{ type: 'text', text: 'QUY ĐỊNH CHUNG' }]);
	expect(blocks[2]?.content?.[1]).toEqual({ type: 'text', text: 'đậm', marks: [{ type: 'bold' }] });
});

test('marks come from tags and styles; other styling is dropped', () => {
	const { blocks } = read(
		'<p><span style="font-weight:700;color:red">A</span><b style="font-weight:normal">B</b><i>C</i><span style="font-style:italic;text-decoration:underline">D</span><del>E</del><sup>2</sup><sub>3</sub></p>'
	);
	const marks = blocks[0]?.content?.map((run) => [run.text, ...(run.marks ?? []).map((mark) => mark.type)].join(' '));
	expect(marks).toEqual(['A bold', 'B', 'C italic', 'D italic underline', 'E strike', '2 superscript', '3 subscript']);
});

test('scripts, styles, comments and hidden text are no content', () => {
	const html =
		'<html><head><title>T</title><style>p{}</style></head><body><!-- c --><script>x</script><p>Một.</p><p style="display:none">ẩn</p></body></html>';
	expect(read(html).lines).toEqual(['paragraph|Một.']);
});

test('a table keeps cells, spans and header cells', () => {
	const { blocks } = read(
		'<table><caption>Bảng 1</caption><thead><tr><th colspan="2">TT</th></tr></thead><tbody><tr><td rowspan="2">1. Một</td><td><p>a</p><p>b</p></td></tr><tr><td></td></tr></tbody></table>'
	);
	expect(blocks.map((block) => block.type)).toEqual(['paragraph', 'table']);
	const rows = blocks[1]?.content ?? [];
	expect(rows[0]?.content?.[0]).toMatchObject({ type: 'tableHeader', attrs: { colspan: 2, rowspan: 1 } });
	expect(rows[1]?.content?.[0]?.content?.[0]?.content).toEqual([{ type: 'text', text: '1. Một' }]);
	expect(rows[1]?.content?.[1]?.content).toHaveLength(2);
	expect(rows[2]?.content?.[0]?.content).toEqual([{ type: 'paragraph' }]);
});

test('a table that lays out the header becomes the header', () => {
	const { lines, report } = read(
		`<table><tr><td><p>SỞ TƯ PHÁP</p><p>Số: 12/KH-STP</p></td><td><p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p>
		<p>Độc lập - Tự do - Hạnh phúc</p><p><i>Hải Phòng, ngày 05 tháng 3 năm 2026</i></p></td></tr></table>
		<p>KẾ HOẠCH</p><p>Chuyển đổi số</p><p>I. MỤC TIÊU</p>
		<table><tr><td><p>Nơi nhận:</p><p>- Như trên;</p></td><td><p>GIÁM ĐỐC</p><p>Nguyễn Văn An</p></td></tr></table>`
	);
	expect(lines).toEqual([
		'documentHeader|SỞ TƯ PHÁP / Số: 12/KH-STP / Hải Phòng, ngày 05 tháng 3 năm 2026 / KẾ HOẠCH / Chuyển đổi số',
		'section roman|MỤC TIÊU',
		'recipients|- Như trên;',
		'signature|GIÁM ĐỐC / Nguyễn Văn An'
	]);
	expect(report.printed).toEqual(['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'Nơi nhận:']);
});

test('numbered lists become provisions, bullets stay a list', () => {
	const { lines, blocks } = read(
		'<p>Điều 1. Một</p><ol><li>Hai.<ol type="a"><li>Ba;</li><li>Bốn.</li></ol></li><li>Năm.</li></ol><ul><li>Sáu<ul><li>Bảy</li></ul></li></ul><ul><li>3. Tám.</li></ul>'
	);
	expect(lines.slice(0, 5)).toEqual(['article|Một', 'clause|Hai.', 'point|Ba;', 'point|Bốn.', 'clause|Năm.']);
	expect(blocks[5]).toMatchObject({ type: 'bulletList' });
	expect(blocks[5]?.content?.[0]?.content?.map((child) => child.type)).toEqual(['paragraph', 'bulletList']);
	expect(lines[6]).toBe('clause|Tám.');
});

test('what Word puts on the clipboard', () => {
	const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
		<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Khoản một:<o:p></o:p></p>
		<p class=MsoListParagraph><span style='mso-list:Ignore'>a)<span>&nbsp;&nbsp; </span></span>Điểm a;</p>
		<p class=MsoListParagraph><span style='font-family:Symbol;mso-list:Ignore'>·<span>&nbsp; </span></span>Gạch.</p>
		<p class=MsoNormal>Có chú thích<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>.</p>
		<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> Nội dung chú thích.</p></div></div>
		<!--EndFragment--></body></html>`;
	const { lines, blocks } = read(html, true);
	expect(lines).toEqual(['clause|Khoản một:', 'point|Điểm a;', 'indent|Gạch.', 'paragraph|Có chú thích.']);
	const note = blocks[3]?.content?.find((child) => child.type === 'footnote');
	expect(note?.attrs?.text).toBe('Nội dung chú thích.');
});

test('pictures stay in their place', () => {
	const { blocks } = read('<p>Trước <img src="/api/files/1" alt="sơ đồ" width="300px"> sau.</p>');
	expect(blocks.map((block) => block.type)).toEqual(['paragraph', 'image', 'paragraph']);
	expect(blocks[1]?.attrs).toEqual({ src: '/api/files/1', alt: 'sơ đồ', width: 300 });
});

test('a tree of the browser gives the same blocks', () => {
	const text = (nodeValue: string): DomNode => ({ nodeType: 3, nodeName: '#text', nodeValue, childNodes: [] });
	const make = (nodeName: string, childNodes: DomNode[], attributes: { name: string; value: string }[] = []): DomNode => ({
		nodeType: 1,
		nodeName,
		nodeValue: null,
		childNodes,
		attributes
	});
	const body = make('BODY', [
		make('P', [make('B', [text('Một')]), text(' hai.')], [{ name: 'ALIGN', value: 'center' }]),
		make('STYLE', [text('p{}')])
	]);
	expect(blocksOfTree(treeOfDom(body))).toEqual(htmlToBlocks('<p align=center><b>Một</b> hai.</p><style>p{}</style>'));
});
