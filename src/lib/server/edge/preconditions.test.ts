import { expect, test } from 'vitest';
import { idempotencyKey, revisionSeen } from './preconditions.ts';
import type { Refusal } from './refusal.ts';

const asking = (headers: Record<string, string>) => new Request('http://plenum.test', { headers });
const statusOf = (work: () => unknown) => {
	try {
		return work();
	} catch (error) {
		return (error as Refusal).status;
	}
};

test.each([
	['"3"', 3],
	['3', 3],
	['W/"12"', 12],
	['*', 422],
	['"x"', 422],
	['"3", "4"', 422],
	['', 422]
])('If-Match %s is the revision (or is refused with) %s', (given, found) => {
	expect(statusOf(() => revisionSeen(asking({ 'if-match': given })))).toBe(found);
});

test('without If-Match nobody changes what several people change', () => {
	expect(statusOf(() => revisionSeen(asking({})))).toBe(428);
});

test('an idempotency key is short and visible, or absent', () => {
	expect(idempotencyKey(asking({}))).toBeNull();
	expect(idempotencyKey(asking({ 'idempotency-key': 'a-1' }))).toBe('a-1');
	for (const key of ['', 'a b', 'x'.repeat(201)])
		expect(statusOf(() => idempotencyKey(asking({ 'idempotency-key': key })))).toBe(422);
});
