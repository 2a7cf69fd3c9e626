import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { actAs } from '../../src/lib/server/act-as.ts';
import { forgetLocalCopies } from '../../src/lib/collab/client/kept-copies.ts';
import { everybodyLeaves, sitDown } from './support/desk.ts';
import { embeddedShelf, putDocument } from '../support/shelf.ts';
import { RawClient, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;

beforeEach(async () => {
	served = await serve();
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor' });
});
afterEach(async () => {
	await everybodyLeaves();
	await forgetLocalCopies('hoa');
	await served.stop();
});

/** Somebody who wrote while the network was away. */
async function writesOffline(text: string) {
	const hoa = sitDown(served, 'hoa', { indexedDb: true });
	await until('saved', () => hoa.open.state.kind === 'saved');
	hoa.network.cut();
	await until('offline', () => hoa.open.state.kind === 'offline');
	hoa.type(text);
	return hoa;
}

test('[EP1] a document that is gone is not brought back by what was written offline', async () => {
	const hoa = await writesOffline('from beyond');
	served.access.documents.delete('paper');
	served.store.remove('paper');
	hoa.network.restore();
	hoa.open.reconnect();
	await until('closed', () => hoa.open.state.kind === 'closed');
	expect(hoa.open.state).toMatchObject({ reason: 'no-document', pending: 1 });
	expect(await served.store.load('paper')).toBeNull();
});

test('[EP1, EP2] what was written offline to an earlier epoch does not reach the next', async () => {
	const hoa = await writesOffline('of the first epoch');
	served.store.create('paper', 2);
	served.access.documents.get('paper')!.epoch = 2;
	hoa.network.restore();
	hoa.open.reconnect();
	await until('closed', () => hoa.open.state.kind === 'closed');
	expect(hoa.open.state).toMatchObject({ reason: 'replaced' });
	const binh = await new RawClient(served.url, 'paper', 'binh', { query: '?epoch=2' }).synced();
	binh.type('second');
	await binh.acked();
	expect(await storedText(served.store, 'paper')).toBe('second');
});

test('[EP3] a page older than the text is turned away before it has sent or got anything', async () => {
	const hoa = await writesOffline('by an old editor');
	served.access.documents.get('paper')!.schemaVersion = 2;
	hoa.network.restore();
	hoa.open.reconnect();
	await until('closed', () => hoa.open.state.kind === 'closed');
	expect(hoa.open.state).toEqual({ kind: 'closed', reason: 'old-schema', pending: 1 });
	expect(await storedText(served.store, 'paper')).toBe('');
	const reloaded = sitDown(served, 'hoa', { indexedDb: true, schemaVersion: 2 });
	await until('the offline work', async () => (await storedText(served.store, 'paper')) === 'by an old editor');
	await until('saved', () => reloaded.open.state.kind === 'saved');
});

test.each([2, 471_131_744, 1_018_709_437, 2 ** 31 - 1])(
	'[EP2, CN4] a page of the epoch before %i is closed 4410, one of that epoch is not',
	async (epoch) => {
		served.store.remove('paper');
		served.store.create('paper', epoch);
		served.access.documents.get('paper')!.epoch = epoch;
		const late = new RawClient(served.url, 'paper', 'hoa', { query: `?schema=1&epoch=${epoch - 1}` });
		expect(await late.end()).toMatchObject({ code: 4410 });
		const present = await new RawClient(served.url, 'paper', 'hoa', { query: `?schema=1&epoch=${epoch}` }).synced();
		expect(present.closed).toBeNull();
	}
);

test.each(['?epoch=', '?epoch=x', '?epoch=-1', '?epoch=1e3', '?epoch=12345678901'])(
	'[EP2, CN4] nor is one that states %s taken to be current',
	async (query) => {
		expect(await new RawClient(served.url, 'paper', 'hoa', { query }).end()).toMatchObject({ code: 4410 });
	}
);

test('[EP5] nobody can make a document under the id of a deleted one, nor foresee the epoch of a new one', async () => {
	const shelf = await embeddedShelf();
	const { sql, workspaceId, agencyId, ownerId, close } = shelf;
	try {
		const id = await putDocument(shelf, []);
		await sql.query('delete from public.documents where id = $1', [id]);
		await expect(putDocument(shelf, [], { id })).rejects.toMatchObject({ constraint: 'documents_not_again' });
		const asOwner = (columns: string, values: string) =>
			sql.transaction((tx) =>
				actAs(tx, ownerId, (door) =>
					door.query<{ epoch: number }>(
						`insert into public.documents (workspace_id, title, profile, kind, lead_agency_id${columns}) values ($1, 'Kế hoạch', 'nd30', 'plan', $2${values}) returning epoch`,
						[workspaceId, agencyId]
					)
				)
			);
		await expect(asOwner(', id', ', gen_random_uuid()')).rejects.toMatchObject({ code: '42501' });
		await expect(asOwner(', epoch', ', 1')).rejects.toMatchObject({ code: '42501' });
		const epochs = [...(await asOwner('', '')), ...(await asOwner('', '')), ...(await asOwner('', ''))].map(({ epoch }) => epoch);
		expect(new Set(epochs).size, epochs.join()).toBe(3);
		expect(Math.max(...epochs)).toBeLessThan(2 ** 30);
	} finally {
		await close();
	}
});
