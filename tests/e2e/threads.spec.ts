import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { Thread } from '../../src/lib/comments/threads.ts';
import { accessToken, importText } from '../load/session.ts';
import { Typist } from '../support/headless-typist.ts';
import type { Person } from '../support/people.ts';

const TEXT = [
	'Điều 1. Phạm vi',
	'1. Nghị quyết này quy định mục tiêu đến năm 2030.',
	'2. Kinh tế số đóng góp tối thiểu 35% tổng sản phẩm.',
	'Điều 2. Hiệu lực',
	'1. Nghị quyết có hiệu lực từ ngày ký.'
].join('\n');

/** Asks /api as one of the sample's people. */
async function programOf(url: string, person: Person) {
	const token = await accessToken(url, person);
	return async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
		const response = await fetch(url + path, {
			method,
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
			body: body && JSON.stringify(body)
		});
		const text = await response.text();
		return { status: response.status, body: (text ? JSON.parse(text) : null) as unknown };
	};
}

test('a reviewer says what is wrong with a provision, and it stays there whatever becomes of the text', async ({ baseURL }) => {
	const url = new URL(baseURL!).origin;
	const [drafter, reviewer, outsider] = await Promise.all(
		(['drafter', 'reviewer', 'outsider'] as const).map((who) => programOf(url, who))
	);
	const token = await accessToken(url, 'drafter');
	const document = await importText(url, token, TEXT, `Nghị quyết ${Date.now()}`);
	const typist = new Typist({ url, token, documentId: document });
	await typist.ready;
	const blocks = typist.outline();
	const clause = blocks.findIndex(({ text }) => text.startsWith('Kinh tế số'));
	const { uid } = blocks[clause];

	// Who does not see the document is told nothing; who is shared it as a commenter comments.
	expect((await reviewer('POST', `/api/documents/${document}/threads`, { body: 'X' })).status).toBe(404);
	const { body: me } = (await reviewer('GET', '/api/me')) as { body: { person: { id: string } } };
	expect((await drafter('PUT', `/api/documents/${document}/access`, { personId: me.person.id, role: 'commenter' })).status).toBe(
		200
	);
	const said = { ranges: [{ uid, quote: 'tối thiểu 35%' }], body: 'Cần nêu nguồn số liệu' };
	const key = { 'idempotency-key': randomUUID() };
	const opened = await reviewer('POST', `/api/documents/${document}/threads`, said, key);
	expect(opened.status).toBe(201);
	const { id } = opened.body as { id: string };
	expect((await reviewer('POST', `/api/documents/${document}/threads`, said, key)).body).toEqual({ id });
	expect((await outsider('GET', `/api/threads/${id}`)).status).toBe(404);
	expect((await outsider('GET', `/api/documents/${document}/threads`)).status).toBe(404);

	const look = async (who = drafter) => (await who('GET', `/api/threads/${id}`)).body as Thread;
	expect(await look()).toMatchObject({
		state: 'open',
		anchor: { uid, state: 'exact', number: 'khoản 2 Điều 1', numberThen: 'khoản 2 Điều 1', quote: 'tối thiểu 35%' },
		comments: [{ author: { id: me.person.id }, body: 'Cần nêu nguồn số liệu', editedAt: null }]
	});

	// Another clause in front of it, words around and behind it, then other words in it, then none.
	typist.split({ block: clause - 1 });
	typist.type({ block: uid, at: 0, text: 'Đến năm 2030, ' });
	await typist.saved();
	expect((await look()).anchor).toMatchObject({ uid, state: 'exact', number: 'khoản 3 Điều 1', numberThen: 'khoản 2 Điều 1' });
	const at = typist
		.outline()
		.find((block) => block.uid === uid)!
		.text.indexOf('35%');
	typist.type({ block: uid, at, text: '3' });
	await typist.saved();
	expect((await look()).anchor).toMatchObject({ uid, state: 'changed' });
	typist.undo();
	typist.deleteBlock({ block: uid });
	await typist.saved();
	const deleted = { uid, state: 'deleted', number: '', numberThen: 'khoản 2 Điều 1' };
	expect((await look()).anchor).toMatchObject({ ...deleted, lastStanding: null });
	typist.undo();
	await typist.saved();
	expect((await look()).anchor).toMatchObject({ uid, state: 'exact' });

	// What was frozen is named by what is deleted after.
	const frozen = await drafter('POST', `/api/documents/${document}/versions`, { label: 'Dự thảo lần 1' });
	expect(frozen.status).toBe(201);
	const { id: versionId } = frozen.body as { id: string };
	typist.deleteBlock({ block: uid });
	await typist.saved();
	expect((await drafter('POST', `/api/documents/${document}/versions`, { label: 'Dự thảo lần 2' })).status).toBe(201);
	const lastStanding = { versionId, label: 'Dự thảo lần 1', number: 'khoản 3 Điều 1' };
	expect((await look()).anchor).toMatchObject({ ...deleted, lastStanding });
	typist.undo();
	await typist.saved();

	// The drafter answers and settles; the reviewer opens it again.
	expect((await drafter('POST', `/api/threads/${id}/comments`, { body: 'Đã bổ sung nguồn' })).status).toBe(201);
	expect((await drafter('POST', `/api/threads/${id}/resolve`, { sentence: 'Đã tiếp thu' })).body).toMatchObject({
		state: 'resolved'
	});
	expect((await drafter('POST', `/api/threads/${id}/resolve`, {})).status).toBe(409);
	expect((await reviewer('POST', `/api/threads/${id}/reopen`, {})).body).toMatchObject({
		state: 'open',
		decisions: [{ kind: 'resolved', sentence: 'Đã tiếp thu' }, { kind: 'reopened' }]
	});
	expect((await reviewer('POST', `/api/threads/${id}/hide`, { reason: 'X' })).status).toBe(403);
	const [, answered] = (await look()).comments;
	expect((await reviewer('PATCH', `/api/comments/${answered.id}`, { body: 'Khác' })).status).toBe(403);
	expect((await drafter('PATCH', `/api/comments/${answered.id}`, { body: 'Đã bổ sung nguồn và năm' })).status).toBe(204);
	const revisions = async (who = reviewer) => await who('GET', `/api/comments/${answered.id}/revisions`);
	expect((await revisions()).body).toMatchObject({ items: [{ body: 'Đã bổ sung nguồn' }], next: null });
	expect((await revisions(outsider)).status).toBe(404);
	expect((await drafter('DELETE', `/api/comments/${answered.id}`)).status).toBe(204);
	expect((await revisions()).body).toMatchObject({ items: [] });
	expect((await look(reviewer)).comments[1]).toMatchObject({ body: '', deletedAt: expect.any(String) });

	const found = async (query: string) =>
		((await drafter('GET', `/api/documents/${document}/threads?${query}`)).body as { total: number }).total;
	expect([
		await found('state=open'),
		await found('state=resolved'),
		await found('q=nguon'),
		await found(`uid=${uid}`),
		await found('q=zzz')
	]).toEqual([1, 0, 1, 1, 0]);
	expect((await reviewer('POST', `/api/documents/${document}/threads`, { uid: 'nowhere', body: 'X' })).status).toBe(422);
	expect((await reviewer('POST', `/api/documents/${document}/threads`, { uid, quote: 'không có', body: 'X' })).status).toBe(201);
	expect((await reviewer('POST', `/api/documents/${document}/threads`, { ranges: [], body: 'Cả văn bản' })).status).toBe(201);

	// From appraisal on nobody writes in the text, the server neither; what is said about it stands on its words.
	const { revision } = (await drafter('GET', `/api/documents/${document}`)).body as { revision: number };
	const moved = await drafter('PATCH', `/api/documents/${document}`, { state: 'appraisal' }, { 'if-match': String(revision) });
	expect(moved.status).toBe(200);
	const last = await reviewer('POST', `/api/documents/${document}/threads`, {
		uid,
		quote: 'tổng sản phẩm',
		body: 'Theo giá nào?'
	});
	expect(last.status).toBe(201);
	const { id: appraised } = last.body as { id: string };
	expect((await drafter('GET', `/api/threads/${appraised}`)).body).toMatchObject({ anchor: { uid, state: 'exact' } });
	expect(JSON.stringify(typist.read())).not.toContain('comment:');
	await typist.close();
});
