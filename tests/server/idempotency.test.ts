import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetAnswers, once } from '../../src/lib/server/idempotency.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/test-workspace.ts';

let world: TestWorkspace;
beforeAll(async () => {
	world = await openTestWorkspace();
	await world.sql.script('create table private.made (id uuid primary key default gen_random_uuid(), name text)');
});
afterAll(() => world?.close());

/** Makes a thing, as a route would; answers its id. */
const make = (key: string | null, name: string, personId = world.people.drafter) =>
	once<{ id: string }>(world.sql, { personId, route: '/api/things', key, input: { name } }, (remember) =>
		world.sql.transaction(async (tx) => {
			const [made] = await tx.query<{ id: string }>('insert into private.made (name) values ($1) returning id', [name]);
			await remember(tx, made);
			return made;
		})
	);
const countOf = async (name: string) =>
	(await world.sql.query<{ n: number }>('select count(*)::int as n from private.made where name = $1', [name]))[0].n;

test('the same key makes a thing once and gets the same answer, however often and at once', async () => {
	const all = await Promise.all(Array.from({ length: 5 }, () => make('first', 'one')));
	const later = await make('first', 'one');
	expect(new Set([...all, later].map(({ id }) => id)).size).toBe(1);
	expect(await countOf('one')).toBe(1);
});

test('another input with the same key is refused and makes nothing', async () => {
	await make('second', 'two');
	await expect(make('second', 'other')).rejects.toMatchObject({ status: 422, field: 'Idempotency-Key' });
	expect(await countOf('other')).toBe(0);
});

test('a key is its person’s own, and without one each request is done', async () => {
	const [mine, theirs] = [await make('third', 'three'), await make('third', 'three', world.people.owner)];
	expect(mine.id).not.toBe(theirs.id);
	await make(null, 'three');
	expect(await countOf('three')).toBe(3);
});

test('what failed is done when it is asked for again', async () => {
	const attempt = { personId: world.people.drafter, route: '/api/things', key: 'fourth', input: {} };
	await expect(once(world.sql, attempt, () => Promise.reject(new Error('down')))).rejects.toThrow('down');
	expect(await once(world.sql, attempt, async () => ({ id: 'done' }))).toEqual({ id: 'done' });
});

test('after a day a key may be used for something new', async () => {
	const { id } = await make('fifth', 'five');
	const age = () =>
		world.sql.query(`update private.idempotency_keys set created_at = now() - interval '25 hours' where key = 'fifth'`);
	await age();
	const again = await make('fifth', 'six');
	expect(again.id).not.toBe(id);
	await age();
	await forgetAnswers(world.sql);
	expect(await world.sql.query(`select 1 from private.idempotency_keys where key = 'fifth'`)).toEqual([]);
});
