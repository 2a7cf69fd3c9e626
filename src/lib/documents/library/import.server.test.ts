import { refused } from '../../../../tests/support/refused.ts';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { boundedRequest } from '../../server/bounded-request.ts';
import { zip } from '../import/zip.server.ts';
import { addImage, findImage, loadImage } from './files.server.ts';
import { findDocument } from './documents.server.ts';
import { importDocument } from './import.server.ts';
import { parseFilters } from './filters.ts';
import { listDocuments } from './list.server.ts';
import { openTestWorkspace, sampleBody, type Name, type TestWorkspace } from '../../../../tests/support/test-workspace.ts';
import { withUpload } from './upload.server.ts';
import { getStanding } from './workspaces.server.ts';

const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64'
);
const TEXT = `NGHỊ QUYẾT
Về việc thử nghiệm

Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Nghị quyết này quy định việc thử nghiệm.
2. Không áp dụng cho việc khác.
Điều 2. Đối tượng áp dụng
Ủy ban nhân dân các cấp.
`;

let world: TestWorkspace;
beforeAll(async () => {
	world = await openTestWorkspace();
}, 60_000);
afterAll(() => world.close());

function importAs(name: Name, bytes: Uint8Array, fileName: string, title = '', signal?: AbortSignal) {
	const fields = { profile: 'nd30', title, workspace: world.workspaceId, agency: world.agencies.lead };
	return importForm(name, { ...fields, file: new File([bytes as Uint8Array<ArrayBuffer>], fileName) }, signal);
}
function importForm(name: Name, fields: Record<string, string | File>, signal?: AbortSignal) {
	const form = new FormData();
	for (const [key, value] of Object.entries(fields)) form.set(key, value);
	const request = new Request('http://plenum.test/', { method: 'POST', body: form });
	return withUpload(request, (upload) => importDocument(world, world.as(name), { id: world.people[name] }, upload, signal));
}
const text = (value: string) => new TextEncoder().encode(value);

test('a text becomes a document with its structure, its title and a report', async () => {
	const { id, title, report } = await importAs('drafter', text(TEXT), 'nghi-quyet.txt');
	expect(title).toBe('Nghị quyết về việc thử nghiệm');
	expect(report.counts).toMatchObject({ chapter: 1, article: 2, clause: 2 });
	expect(await findDocument(world.as('drafter'), id)).toMatchObject({
		title,
		kind: 'resolution',
		profile: 'nd30',
		role: 'manager',
		provisionCount: 5
	});
	const { documents } = await listDocuments(world.as('drafter'), world.workspaceId, {
		...parseFilters(new URLSearchParams()),
		query: 'uy ban nhan dan cac cap'
	});
	expect(documents.map((document) => document.id)).toEqual([id]);
});

test('pictures of a page are stored with the document and seen by its readers only', async () => {
	const page = `<html><body><p>Điều 1. Có hình</p><p><img alt="Sơ đồ" src="data:image/png;base64,${PNG.toString('base64')}"></p></body></html>`;
	const { id } = await importAs('drafter', text(page), 'trang.html', 'Trang có hình');
	const [file] = await world.sql.query<{ id: string; content_type: string }>(
		'select id, content_type from public.document_files where document_id = $1',
		[id]
	);
	expect(file.content_type).toBe('image/png');
	expect(Buffer.from((await loadImage(world, world.people.drafter, file.id))!.bytes).equals(PNG)).toBe(true);
	expect(await findImage(world, world.people.outsider, file.id)).toBeNull();

	await expect(
		addImage(world, world.people.drafter, { id, workspaceId: world.workspaceId }, text('<svg/>'))
	).rejects.toMatchObject({
		status: 415
	});
	await expect(addImage(world, world.people.outsider, { id, workspaceId: world.workspaceId }, PNG)).rejects.toEqual(refused(403));
	await expect(
		addImage(world, world.people.drafter, { id, workspaceId: world.workspaceId }, new Uint8Array(10 * 1024 * 1024 + 1))
	).rejects.toMatchObject({ status: 413 });
	expect((await addImage(world, world.people.drafter, { id, workspaceId: world.workspaceId }, PNG)).url).toMatch(
		/^\/api\/files\/[0-9a-f-]{36}$/
	);
});

test('a document downloaded as data comes back whole', async () => {
	const content = sampleBody('Phạm vi', 'Đối tượng');
	const { id, title, report } = await importAs(
		'drafter',
		text(JSON.stringify({ title: 'Đã tải xuống', profile: 'party-2026', content })),
		'a.json'
	);
	expect([title, report.counts.article]).toEqual(['Đã tải xuống', 2]);
	expect(await findDocument(world.as('drafter'), id)).toMatchObject({ kind: 'resolution', profile: 'nd30', provisionCount: 2 });
	const strange = { title: 'x', content: { type: 'doc', content: [{ type: 'unheardOf' }] } };
	await expect(importAs('drafter', text(JSON.stringify(strange)), 'a.json')).rejects.toEqual(
		refused(422, 'file', 'library_error_import_broken')
	);
});

test.each([
	['an empty file', text(' \n'), 422, 'library_error_import_empty'],
	['a PDF named .docx', text('%PDF-1.7 …'), 415, 'library_error_import_pdf'],
	['an old Word file', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), 415, 'library_error_import_old_word'],
	['a picture', Uint8Array.from(PNG), 415, 'library_error_wrong_type'],
	['half a Word file', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 1, 2, 3), 422, 'library_error_import_broken']
] as const)('%s is refused and leaves nothing behind', async (_, bytes, status, key) => {
	const before = await world.sql.query('select 1 from public.documents');
	await expect(importAs('drafter', bytes, 'van-ban.docx')).rejects.toEqual(refused(status, 'file', key));
	expect(await world.sql.query('select 1 from public.documents')).toHaveLength(before.length);
});

test('who may not create the document may not import it', async () => {
	await expect(importAs('codrafter', text(TEXT), 'a.txt')).rejects.toEqual(refused(403));
	await expect(importAs('stranger', text(TEXT), 'a.txt')).rejects.toMatchObject({ status: 404, field: 'workspace' });
});

test('the text may come as a field, for the agency of the person', async () => {
	const { id } = await importForm('codrafter', { profile: 'nd30', file: TEXT });
	expect(await findDocument(world.as('codrafter'), id)).toMatchObject({
		leadAgency: { id: world.agencies.second },
		provisionCount: 5
	});
});

test.each([
	['no layout', { file: TEXT }, 'profile'],
	['an unknown layout', { file: TEXT, profile: 'a4' }, 'profile'],
	['no file', { profile: 'nd30' }, 'file'],
	[
		'fields without end',
		{ file: TEXT, profile: 'nd30', ...Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, ''])) },
		'file'
	]
])('a form with %s is refused', async (_, fields, field) => {
	await expect(importForm('drafter', fields as Record<string, string>)).rejects.toMatchObject({ status: 422, field });
});

const page = (body: string) => text(`<html><body>${body}</body></html>`);
const data = (content: object[]) => text(JSON.stringify({ title: 'x', content: { type: 'doc', content } }));
test.each([
	[
		'more lines than 20,000',
		text(Array.from({ length: 20_001 }, (_, index) => `Điều ${index + 1}. Một dòng`).join('\n')),
		'a.txt'
	],
	['more than a million and a half characters', text('ế'.repeat(1_500_001)), 'a.txt'],
	['more paragraphs in Word', wordFile('<w:p><w:r><w:t>a</w:t></w:r></w:p>'.repeat(20_001)), 'a.docx'],
	['more cells in Word', wordFile(`<w:tbl><w:tr>${'<w:tc></w:tc>'.repeat(20_001)}</w:tr></w:tbl>`), 'a.docx'],
	['more cells in a page', page(`<table><tr>${'<td>a'.repeat(20_001)}</table>`), 'a.html'],
	['more tags in a page', page('<i>'.repeat(500_001)), 'a.html'],
	['a page that is nested too deeply', page(`${'<div>'.repeat(101)}a`), 'a.html'],
	['more paragraphs in data', data(Array.from({ length: 20_001 }, () => ({ type: 'paragraph' }))), 'a.json'],
	[
		'data that is nested too deeply',
		text(`{"title":"x","content":{"type":"doc","content":${'[{"type":"a","content":'.repeat(101)}[]${'}]'.repeat(101)}}}`),
		'a.json'
	]
])('a file with %s is refused', async (_, bytes, fileName) => {
	await expect(importAs('drafter', bytes, fileName)).rejects.toEqual(refused(413, 'file', 'library_error_import_large'));
});

test('an upload is gone from the disk when its work is over, and one that is cut is never worked on', async () => {
	const form = (bytes: number) =>
		new Request('http://plenum.test/', {
			method: 'POST',
			body: 'a'.repeat(bytes),
			headers: { 'content-type': 'multipart/form-data; boundary=b' }
		});
	const path = await withUpload(form(10), async (upload) => {
		expect(readFileSync(upload.path, 'utf8')).toBe('a'.repeat(10));
		return upload.path;
	});
	expect(existsSync(path)).toBe(false);
	const work = vi.fn();
	await expect(withUpload(boundedRequest(form(11), 10), work)).rejects.toMatchObject({
		name: 'Refusal',
		status: 413,
		field: 'file'
	});
	expect(work).not.toHaveBeenCalled();
	await expect(
		withUpload(
			new Request('http://plenum.test/', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }),
			work
		)
	).rejects.toMatchObject({ status: 422 });
});

test('work that is stopped creates nothing', async () => {
	const before = await world.sql.query('select 1 from public.documents');
	const abort = new AbortController();
	const work = importAs('drafter', text(TEXT), 'a.txt', undefined, abort.signal);
	abort.abort(new Error('stopped'));
	await expect(work).rejects.toThrow('stopped');
	expect(await world.sql.query('select 1 from public.documents')).toHaveLength(before.length);
});

test('without a name the workspace is the only one, else the last one', async () => {
	expect(await getStanding(world.as('drafter'), null)).toMatchObject({
		slug: 'mau',
		agencyId: world.agencies.lead,
		canChooseLead: false
	});
	expect(await getStanding(world.as('owner'), world.workspaceId)).toMatchObject({
		slug: 'mau',
		canChooseLead: true
	});
	await expect(getStanding(world.as('stranger'), 'mau')).rejects.toMatchObject({ status: 404 });
});

/** A Word file with nothing but this in its body. */
function wordFile(body: string): Uint8Array {
	const document = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
	return zip(new Map([['word/document.xml', text(document)]]));
}
