import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { refused } from '../../../../tests/support/refused.ts';
import { readInput } from '../../server/edge/input.ts';
import { refusalOf } from '../../server/edge/sqlstate.ts';
import { createLog } from '../../server/log.ts';
import { bodyToJson, jsonToUpdate } from '../schema/body.ts';
import {
	changeDocument,
	createDocument,
	deleteForGood,
	findDocument,
	findOpenDocument,
	recordVisit,
	restoreDocument,
	trashDocument
} from './documents.server.ts';
import { firstText } from './first-text.server.ts';
import { parseFilters } from './filters.ts';
import { standingOf } from '../access.server.ts';
import { countDocuments, listDocuments, listRecentDocuments, listTrash } from './list.server.ts';
import { NewDocument } from './input.ts';
import { createFromTemplate } from './new-document.server.ts';
import { findSharing, listCandidates, share, unshare } from './sharing.server.ts';
import { NAMES, openTestWorkspace, sampleBody, type Name, type TestWorkspace } from '../../../../tests/support/test-workspace.ts';
import { createTextIndex, saveEntry } from './text-index.server.ts';
import { getStanding } from './workspaces.server.ts';

let world: TestWorkspace;
beforeAll(async () => {
	world = await openTestWorkspace();
}, 60_000);
afterAll(() => world.close());

const plain = parseFilters(new URLSearchParams());
const found = (query: string) => ({ ...plain, query });

/** A document of the lead agency, shared so that every name means what it says. */
async function newDocument(title = 'Nghị quyết về chuyển đổi số', ...sentences: string[]): Promise<string> {
	const { id } = await createDocument(
		world,
		{ id: world.people.drafter },
		{
			workspaceId: world.workspaceId,
			title,
			profile: 'nd30',
			kind: 'resolution',
			leadAgencyId: world.agencies.lead,
			first: firstText(sampleBody(...sentences), 'nd30')
		}
	);
	const drafter = world.as('drafter');
	await share(drafter, id, { agencyId: world.agencies.second }, 'editor');
	await share(drafter, id, { agencyId: world.agencies.third }, 'commenter');
	await share(drafter, id, { personId: world.people.viewer }, 'viewer');
	return id;
}

/** Changes a document as somebody who has just looked at it. */
async function change(name: Name, id: string, what: Parameters<typeof changeDocument>[3]): Promise<void> {
	const [{ revision }] = await world.sql.query<{ revision: number }>('select revision from public.documents where id = $1', [id]);
	await changeDocument(world.as(name), id, revision, what);
}

/** What each person gets from the same attempt: 'done' or the status of the refusal. */
async function everyone(attempt: (name: Name) => Promise<unknown>): Promise<Record<Name, 'done' | number>> {
	const outcome = {} as Record<Name, 'done' | number>;
	for (const name of NAMES) {
		outcome[name] = await attempt(name).then(
			() => 'done' as const,
			(error: unknown) => (refusalOf(error) as { status?: number }).status ?? -1
		);
	}
	return outcome;
}

describe('creating', () => {
	test('writes metadata, first text, search text and counts at once', async () => {
		const id = await newDocument('  Nghị quyết\n về dữ liệu ', 'Phạm vi', 'Đối tượng áp dụng');
		const updates = await world.sql.query<{ bytes: Uint8Array; person_id: string }>(
			'select u.bytes, u.person_id from public.document_updates u join public.documents d on d.id = u.document_id and d.epoch = u.epoch where d.id = $1',
			[id]
		);
		expect(updates).toHaveLength(1);
		expect(updates[0]).toMatchObject({ person_id: world.people.drafter });
		const ydoc = new Y.Doc();
		Y.applyUpdate(ydoc, updates[0].bytes);
		expect(bodyToJson(ydoc).content?.map(({ type }) => type)).toEqual(['documentHeader', 'provision', 'provision']);
		expect(await findDocument(world.as('drafter'), id)).toMatchObject({
			title: 'Nghị quyết về dữ liệu',
			role: 'manager',
			state: 'drafting',
			provisionCount: 2,
			wordCount: 16,
			isMine: true,
			isShared: false
		});
		const [{ text }] = await world.sql.query<{ text: string }>('select text from public.document_texts where document_id = $1', [
			id
		]);
		expect(text).toContain('Điều 1. Phạm vi\nĐiều 2. Đối tượng áp dụng');
	});

	test('members lead with their own agency only, secretaries with any, strangers not at all', async () => {
		const attempt = (agency: keyof TestWorkspace['agencies']) => (name: Name) =>
			createDocument(
				world,
				{ id: world.people[name] },
				{
					workspaceId: world.workspaceId,
					title: 'Thử',
					profile: 'nd30',
					kind: 'plan',
					leadAgencyId: world.agencies[agency],
					first: firstText(sampleBody(), 'nd30')
				}
			);
		const before = await world.sql.query(`select 1 from public.documents where title = 'Thử'`);
		expect(await everyone(attempt('lead'))).toEqual({
			owner: 'done',
			secretary: 'done',
			drafter: 'done',
			codrafter: 403,
			reviewer: 403,
			viewer: 403,
			outsider: 403,
			stranger: 403
		});
		expect(await world.sql.query(`select 1 from public.documents where title = 'Thử'`)).toHaveLength(before.length + 3);
		await world.sql.query(`delete from public.documents where title = 'Thử'`);
	});

	test('from a template takes the names of its agency, and only layouts that fit its kind', async () => {
		const standing = await getStanding(world.as('drafter'), null);
		const create = async (input: Record<string, unknown>) =>
			createFromTemplate(world, world.as('drafter'), { id: world.people.drafter }, standing, readInput(NewDocument, input));
		const { id } = await create({ kind: 'plan', profile: 'nd30', title: 'Kế hoạch chuyển đổi số' });
		expect(await findDocument(world.as('drafter'), id)).toMatchObject({
			kind: 'plan',
			leadAgency: { id: world.agencies.lead },
			role: 'manager'
		});
		const [{ opening }] = await world.sql.query<{ opening: unknown }>(
			'select opening from public.document_texts where document_id = $1',
			[id]
		);
		expect(opening).toMatchObject({ agency: 'VĂN PHÒNG ỦY BAN NHÂN DÂN', kind: 'KẾ HOẠCH', subject: 'Chuyển đổi số' });
		await expect(create({ kind: 'plan', profile: 'vbqppl-187', title: 'x' })).rejects.toEqual(refused(422, 'profile'));
		await expect(create({ kind: 'law', profile: 'nd30', title: 'x' })).rejects.toEqual(refused(422, 'kind'));
		await expect(create({ kind: 'plan', profile: 'nd30', title: ' ' })).rejects.toEqual(refused(422, 'title'));
		await expect(create({ kind: 'plan', profile: 'nd30', title: 'x', agencyId: crypto.randomUUID() })).rejects.toEqual(
			refused(422, 'agencyId')
		);
		await expect(create({ kind: 'plan', profile: 'nd30', title: 'x', agencyId: world.agencies.second })).rejects.toEqual(
			refused(403)
		);
	});

	test('an empty title is refused by name, and nothing stays behind', async () => {
		await expect(
			createDocument(
				world,
				{ id: world.people.drafter },
				{
					workspaceId: world.workspaceId,
					title: ' \n',
					profile: 'nd30',
					kind: 'plan',
					leadAgencyId: world.agencies.lead,
					first: firstText(sampleBody(), 'nd30')
				}
			)
		).rejects.toEqual(refused(422, 'title'));
	});
});

describe('who may', () => {
	test('see it', async () => {
		const id = await newDocument();
		const roles = await Promise.all(NAMES.map(async (name) => [name, (await findDocument(world.as(name), id))?.role ?? null]));
		expect(Object.fromEntries(roles)).toEqual({
			owner: 'manager',
			secretary: 'manager',
			drafter: 'manager',
			codrafter: 'editor',
			reviewer: 'commenter',
			viewer: 'viewer',
			outsider: null,
			stranger: null
		});
	});

	test('rename it', async () => {
		const id = await newDocument();
		expect(await everyone((name) => change(name, id, { title: `Tên của ${name}` }))).toEqual({
			owner: 'done',
			secretary: 'done',
			drafter: 'done',
			codrafter: 'done',
			reviewer: 403,
			viewer: 403,
			outsider: 404,
			stranger: 404
		});
		expect((await findDocument(world.as('owner'), id))?.title).toBe('Tên của codrafter');
	});

	test('share it', async () => {
		const id = await newDocument();
		expect(await everyone((name) => share(world.as(name), id, { personId: world.people.outsider }, 'viewer'))).toEqual({
			owner: 'done',
			secretary: 'done',
			drafter: 'done',
			codrafter: 403,
			reviewer: 403,
			viewer: 403,
			outsider: 403,
			stranger: 404
		});
		expect(await everyone((name) => unshare(world.as(name), id, { personId: world.people.outsider }))).toMatchObject({
			codrafter: 403,
			viewer: 403,
			stranger: 404,
			drafter: 'done'
		});
		expect(await findDocument(world.as('outsider'), id)).toBeNull();
	});

	test('move it on', async () => {
		const id = await newDocument();
		expect(
			await everyone(async (name) => {
				await change(name, id, { state: 'issued' });
				await change(name, id, { state: 'drafting', reason: 'Thiếu căn cứ' });
			})
		).toEqual({
			owner: 'done',
			secretary: 'done',
			drafter: 'done',
			codrafter: 403,
			reviewer: 403,
			viewer: 403,
			outsider: 404,
			stranger: 404
		});
		expect((await findDocument(world.as('viewer'), id))?.state).toBe('drafting');
		const moves = await world.sql.query<{ state: string; decided_by: string }>(
			'select state, decided_by from public.document_transitions where document_id = $1 order by id',
			[id]
		);
		expect(moves.map(({ state }) => state)).toEqual(['issued', 'drafting', 'issued', 'drafting', 'issued', 'drafting']);
		expect(moves[2].decided_by).toBe(world.people.secretary);
	});

	test('its text is read-only from appraisal on, until it is returned to drafting with a reason', async () => {
		const id = await newDocument();
		const textRole = async () => {
			const standing = await standingOf(world.sql, id, world.people.codrafter);
			return standing === 'missing' ? standing : standing.role;
		};
		expect(await textRole()).toBe('editor');
		await change('drafter', id, { state: 'submitted' });
		expect(await textRole(), 'what the sync engine is told').toBe('commenter');
		expect(await findDocument(world.as('drafter'), id)).toMatchObject({ role: 'manager', canWrite: false, canShare: true });
		await expect(change('drafter', id, { state: 'drafting' })).rejects.toEqual(
			refused(422, 'reason', 'library_error_return_reason')
		);
		await expect(change('drafter', id, { state: 'consulting', reason: 'Thiếu' })).rejects.toEqual(
			refused(409, null, 'library_error_return_elsewhere')
		);
		await change('drafter', id, { state: 'drafting', reason: 'Thiếu căn cứ' });
		expect(await textRole()).toBe('editor');
	});

	test('nobody moves it, or its epoch, past the transitions', async () => {
		const id = await newDocument();
		for (const change of [
			{ state: 'issued' },
			{ epoch: 9 },
			{ workspace_id: crypto.randomUUID() },
			{ edited_at: '2001-01-01T00:00:00Z' }
		]) {
			const { error } = await world.as('drafter').from('documents').update(change).eq('id', id);
			expect(error?.code).toBe('42501');
		}
		expect(await findDocument(world.as('drafter'), id)).toMatchObject({ state: 'drafting' });
	});

	test('hand over the lead', async () => {
		const id = await newDocument();
		await expect(change('codrafter', id, { leadAgencyId: world.agencies.second })).rejects.toEqual(refused(403));
		await change('owner', id, { leadAgencyId: world.agencies.second });
		expect((await findDocument(world.as('codrafter'), id))?.role).toBe('manager');
		expect(await findDocument(world.as('drafter'), id)).toBeNull();
	});

	test('change nothing that somebody else has changed since, and are told how it is now', async () => {
		const id = await newDocument();
		const { revision } = (await findDocument(world.as('drafter'), id))!;
		const both = ['drafter', 'codrafter'] as const;
		const outcomes = await Promise.allSettled(
			both.map((name) => changeDocument(world.as(name), id, revision, { title: `Tên của ${name}` }))
		);
		expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const winner = both[outcomes.findIndex(({ status }) => status === 'fulfilled')];
		const { reason } = outcomes.find((outcome) => outcome.status === 'rejected')!;
		expect(reason).toMatchObject({ status: 409, present: { id, title: `Tên của ${winner}`, revision: revision + 1 } });
		await expect(
			changeDocument(world.as('drafter'), id, revision + 1, { title: 'Sau', leadAgencyId: crypto.randomUUID() })
		).rejects.toEqual(refused(422, 'leadAgencyId'));
		expect((await findDocument(world.as('drafter'), id))?.title, 'all or nothing').toBe(`Tên của ${winner}`);
	});
});

describe('the trash', () => {
	test('and other workspaces have nothing that the editor opens', async () => {
		const id = await newDocument();
		const open = (name: Name, workspaceId = world.workspaceId) => findOpenDocument(world.as(name), workspaceId, id);
		expect(await open('viewer')).toMatchObject({ document: { id, role: 'viewer', canEdit: false }, epoch: expect.any(Number) });
		expect(await open('outsider')).toBeNull();
		expect(await open('drafter', crypto.randomUUID())).toBeNull();
		await trashDocument(world.as('drafter'), id);
		expect(await open('drafter')).toBeNull();
		await deleteForGood(world.as('owner'), id, 'Bỏ');
	});

	test('hides from readers, shows to managers, restores, and deletes for good only from there', async () => {
		const id = await newDocument('Văn bản bỏ đi', 'Nội dung hiếm gặp');
		for (const name of ['codrafter', 'reviewer', 'viewer'] as const)
			await expect(trashDocument(world.as(name), id)).rejects.toEqual(refused(403));
		await expect(trashDocument(world.as('outsider'), id)).rejects.toEqual(refused(404));
		await expect(deleteForGood(world.as('owner'), id, 'Bỏ')).rejects.toEqual(refused(409));

		await trashDocument(world.as('drafter'), id);
		await trashDocument(world.as('drafter'), id);
		expect(await findDocument(world.as('codrafter'), id)).toBeNull();
		expect((await listDocuments(world.as('drafter'), world.workspaceId, found('hiem gap'))).total).toBe(0);
		expect(
			(await listTrash(world.as('drafter'), world.workspaceId)).map((document) => [document.id, document.trashedByName])
		).toEqual([[id, 'Đặng drafter']]);
		expect(await listTrash(world.as('codrafter'), world.workspaceId)).toEqual([]);
		await expect(change('drafter', id, { title: 'Khác' })).rejects.toEqual(refused(403));
		await expect(share(world.as('drafter'), id, { personId: world.people.outsider }, 'viewer')).rejects.toEqual(refused(409));

		await expect(restoreDocument(world.as('codrafter'), id)).rejects.toEqual(refused(404));
		await restoreDocument(world.as('drafter'), id);
		expect((await findDocument(world.as('codrafter'), id))?.role).toBe('editor');

		await trashDocument(world.as('drafter'), id);
		for (const name of ['secretary', 'drafter'] as const)
			await expect(deleteForGood(world.as(name), id, 'Bỏ')).rejects.toEqual(refused(403));
		await expect(deleteForGood(world.as('outsider'), id, 'Bỏ')).rejects.toEqual(refused(404));
		for (const reason of [' ', 'x'.repeat(201)])
			await expect(deleteForGood(world.as('owner'), id, reason)).rejects.toEqual(refused(422));
		expect((await listTrash(world.as('drafter'), world.workspaceId))[0]).toMatchObject({ canDelete: false, keptUntil: null });
		expect((await listTrash(world.as('owner'), world.workspaceId))[0]).toMatchObject({ canDelete: true, keptUntil: null });
		await deleteForGood(world.as('owner'), id, 'Trùng với văn bản khác');
		expect(await findDocument(world.as('owner'), id)).toBeNull();
		expect(await world.sql.query('select 1 from public.document_updates where document_id = $1', [id])).toEqual([]);
		expect(
			await world.sql.query('select deleted_by, deleted_by_name, reason from public.document_tombstones where document_id = $1', [
				id
			])
		).toEqual([{ deleted_by: world.people.owner, deleted_by_name: 'Đặng owner', reason: 'Trùng với văn bản khác' }]);
	});
});

describe('finding', () => {
	test('folds diacritics in titles and full text, old and new tone places alike', async () => {
		await world.sql.query('delete from public.documents');
		const inTitle = await newDocument('Quy chế làm việc của Uỷ ban nhân dân');
		const inText = await newDocument(
			'Kế hoạch số 7',
			'Giao Ủy ban nhân dân thành phố chủ trì, báo cáo theo Công văn số 05/NQ-HĐND'
		);
		const search = async (query: string, name: Name = 'drafter') =>
			(await listDocuments(world.as(name), world.workspaceId, found(query))).documents;
		expect((await search('uy ban nhan')).map(({ id }) => id)).toEqual([inTitle, inText]);
		expect((await search('ỦY BAN NHÂN')).map(({ id }) => id)).toEqual([inTitle, inText]);
		expect((await search('chủ trì uy ban')).map(({ id }) => id)).toEqual([inText]);
		expect((await search('05/NQ-HĐND')).map(({ id }) => id)).toEqual([inText]);
		expect((await search('uy ban nhan', 'viewer')).map(({ id }) => id)).toEqual([inTitle, inText]);
		expect((await search('uy ban nhan', 'outsider')).map(({ id }) => id)).toEqual([]);
		expect((await search('uy ban nhan', 'stranger')).map(({ id }) => id)).toEqual([]);
		expect((await search(`'); drop table x; --`)).map(({ id }) => id)).toEqual([]);
		expect((await search('uy ban nhan'))[1].snippet).toContain('Giao Ủy ban nhân dân thành phố');
	});

	test('filters by mine and shared, counts them, and sorts titles as Vietnamese does', async () => {
		await world.sql.query('delete from public.documents');
		for (const title of ['Đề án', 'Dự thảo', 'Ấn phẩm', 'An toàn', 'Kế hoạch 10', 'Kế hoạch 9']) await newDocument(title);
		const byTitle = await listDocuments(world.as('drafter'), world.workspaceId, {
			...plain,
			sort: { key: 'title', direction: 'ascending' }
		});
		expect(byTitle.documents.map(({ title }) => title)).toEqual([
			'An toàn',
			'Ấn phẩm',
			'Dự thảo',
			'Đề án',
			'Kế hoạch 9',
			'Kế hoạch 10'
		]);
		expect((await listDocuments(world.as('drafter'), world.workspaceId, { ...plain, view: 'shared' })).total).toBe(0);
		expect((await listDocuments(world.as('viewer'), world.workspaceId, { ...plain, view: 'shared' })).total).toBe(6);
		expect((await listDocuments(world.as('viewer'), world.workspaceId, { ...plain, view: 'mine' })).total).toBe(0);
		await change('owner', byTitle.documents[0].id, { state: 'issued' });
		expect(await countDocuments(world.as('drafter'), world.workspaceId)).toEqual({
			total: 6,
			mine: 6,
			shared: 0,
			drafting: 5,
			consulting: 0,
			appraisal: 0,
			submitted: 0,
			adopted: 0,
			issued: 1,
			trashed: 0
		});
		expect(await countDocuments(world.as('outsider'), world.workspaceId)).toMatchObject({ total: 0 });
		const page = await listDocuments(world.as('drafter'), world.workspaceId, { ...plain, shown: 2 });
		expect([page.documents.length, page.total]).toEqual([2, 6]);
		const behind = await listDocuments(world.as('drafter'), world.workspaceId, { ...plain, shown: 200 }, 2);
		expect(new Set([...page.documents, ...behind.documents].map(({ id }) => id)).size, 'the pieces are the whole').toBe(6);
	});

	test('recent documents are those one opened, with their opening lines and agencies', async () => {
		const first = await newDocument('Mở trước', 'Câu đầu tiên của văn bản');
		await newDocument('Không mở');
		await recordVisit(world.as('viewer'), first);
		await recordVisit(world.as('viewer'), first);
		await expect(recordVisit(world.as('outsider'), first)).rejects.toEqual(refused(403));
		const [recent] = await listRecentDocuments(world.as('viewer'), world.workspaceId);
		expect(recent).toMatchObject({
			id: first,
			opening: { kind: 'NGHỊ QUYẾT', subject: 'Về chuyển đổi số', lines: ['Điều 1. Câu đầu tiên của văn bản'] }
		});
		expect(recent.agencies.map(({ shortName }) => shortName)).toEqual(['VP', 'SKHCN', 'SNV']);
	});

	test('who has opened few sees what was edited last beside it, each once', async () => {
		const opened = await newDocument('Đã mở');
		const edited = [await newDocument('Sửa trước'), await newDocument('Sửa sau')];
		await recordVisit(world.as('secretary'), opened);
		const recent = await listRecentDocuments(world.as('secretary'), world.workspaceId, 3);
		expect(recent.map(({ id }) => id)).toEqual([opened, ...edited.toReversed()]);
	});
});

describe('sharing', () => {
	test('lists who has access, agencies first, and changes a role in place', async () => {
		const id = await newDocument();
		await share(world.as('drafter'), id, { personId: world.people.viewer }, 'editor');
		const sharing = await findSharing(world.as('reviewer'), id);
		expect(sharing.entries.map(({ subject, role }) => [subject.type, subject.name, role])).toEqual([
			['agency', 'Sở Khoa học và Công nghệ', 'editor'],
			['agency', 'Sở Nội vụ', 'commenter'],
			['person', 'Đặng viewer', 'editor']
		]);
		expect([sharing.canShare, sharing.leadAgency.name]).toEqual([false, 'Văn phòng Ủy ban nhân dân']);
		await expect(findSharing(world.as('outsider'), id)).rejects.toEqual(refused(404));
	});

	test('offers whoever has no access yet, found without diacritics', async () => {
		const id = await newDocument();
		const names = async (query: string) => (await listCandidates(world.as('drafter'), id, query)).map(({ name }) => name);
		expect(await names('so tai')).toEqual(['Sở Tài chính', 'Đặng outsider']);
		expect(await names('dang out')).toEqual(['Đặng outsider']);
		expect(await names('noi vu')).toEqual(['Đặng reviewer']);
	});

	test('somebody of another workspace cannot be given access, nor the lead agency a lesser role', async () => {
		const id = await newDocument();
		await expect(share(world.as('drafter'), id, { personId: world.people.stranger }, 'viewer')).rejects.toEqual(
			refused(422, 'personId')
		);
		await expect(share(world.as('drafter'), id, { agencyId: world.agencies.lead }, 'viewer')).rejects.toEqual(
			refused(409, 'agencyId')
		);
	});

	test('is announced to live connections', async () => {
		const notices: unknown[] = [];
		const stop = await world.sql.listen('plenum_access', (payload) => notices.push(JSON.parse(payload)));
		const id = await newDocument();
		await unshare(world.as('drafter'), id, { agencyId: world.agencies.second });
		await change('drafter', id, { state: 'appraisal' });
		// Three shares, the version of the text's schema, one right less, and a text that is read-only now.
		await expect.poll(() => notices.length).toBe(6);
		expect(notices.at(-1)).toEqual({ documentId: id });
		await stop();
	});
});

describe('the search text', () => {
	const log = createLog('silent');

	test('follows edits and, after a crash, catches up', async () => {
		const id = await newDocument('Theo dõi', 'Lời cũ');
		let body = sampleBody('Lời mới toanh');
		const index = createTextIndex(world.sql, log, async () => [jsonToUpdate(body)]);
		const textOf = async () =>
			(await world.sql.query<{ text: string }>('select text from public.document_texts where document_id = $1', [id]))[0].text;
		expect(await findDocument(world.as('drafter'), id)).toMatchObject({ editedBy: null });
		await world.sql.query('insert into public.document_updates (document_id, epoch, bytes, person_id) values ($1, 1, $2, $3)', [
			id,
			new Uint8Array([0, 0]),
			world.people.codrafter
		]);
		index.edited(id);
		index.edited(id);
		await index.flush();
		expect(await textOf()).toContain('Điều 1. Lời mới toanh');
		expect((await findDocument(world.as('drafter'), id))?.editedBy).toBe(
			(
				await world.sql.query<{ name: string }>('select full_name as name from public.people where id = $1', [
					world.people.codrafter
				])
			)[0].name
		);
		expect((await findDocument(world.as('drafter'), id))?.provisionCount).toBe(1);

		body = sampleBody('Một', 'Hai');
		await world.sql.query('update public.documents set edited_at = clock_timestamp() where id = $1', [id]);
		await index.catchUp();
		expect(await textOf()).toContain('Điều 2. Hai');
	});

	test('holds the words of the whole text, however it writes and folds them', async () => {
		const many = Array.from({ length: 30_000 }, (_, nth) => `chữ${nth}x1e5`);
		const id = await newDocument('Dài', 'ĐẤU THẦU Uỷ', many.join(' '), `Đoạn cuối ${'z'.repeat(3000)}`);
		const hits = async (query: string) =>
			(await listDocuments(world.as('drafter'), world.workspaceId, found(query))).documents.map((document) => document.id);
		for (const query of ['đau thầu uy', 'CHU29999', 'chữ12345x1e5 cuôi', 'z'.repeat(200)])
			expect(await hits(query)).toEqual([id]);
		expect(await hits('chữ12345 cuoix')).toEqual([]);
		const [{ isFolded }] = await world.sql.query<{ isFolded: boolean }>(
			`select s.folded = private.fold_text(t.text) as "isFolded" from private.document_search s join public.document_texts t using (document_id) where document_id = $1`,
			[id]
		);
		expect(isFolded, 'as the database folds what is asked for').toBe(true);
	});

	test('is made again where it is missing, as after a restore, and what is older does not replace it', async () => {
		const id = await newDocument('Khôi phục', 'Câu có từ bướcngoặt');
		const hits = async () => (await listDocuments(world.as('drafter'), world.workspaceId, found('buocngoat'))).total;
		await world.sql.query('delete from private.document_search where document_id = $1', [id]);
		expect(await hits()).toBe(0);
		const index = createTextIndex(world.sql, log, async () => [jsonToUpdate(sampleBody('Câu có từ bướcngoặt'))]);
		await index.catchUp();
		expect(await hits()).toBe(1);
		await saveEntry(world.sql, id, firstText(sampleBody('Trước đó'), 'nd30').entry, '2020-01-01T00:00:00Z');
		expect(await hits()).toBe(1);
	});

	test('survives a body that cannot be read and a document that is gone', async () => {
		const id = await newDocument('Hỏng');
		const index = createTextIndex(world.sql, log, () => Promise.reject(new Error('no body')));
		index.edited(id);
		index.edited(crypto.randomUUID());
		await index.flush();
		expect((await findDocument(world.as('drafter'), id))?.title).toBe('Hỏng');
	});
});
